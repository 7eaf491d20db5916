import fc from 'fast-check';
import type { ReportedCheck } from '../../../chaincode/pledges/application.ts';
import { type Instant, knownInstant, plusMs } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  type ModelAnswer,
  type ModelApplication,
  parts,
  preparedRevision,
  resumedAt,
} from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf } from '../scene/numbers.ts';
import { knownAs, knownContract, namedBy } from '../scene/plans.ts';
import { minutesOn } from '../scene/setting.ts';
import {
  called,
  notOfSystems,
  notRegistrar,
  ofRegistrar,
  type Play,
  rarely,
  seldom,
  someone,
  type Which,
  which,
} from './play.ts';

type Name = ReportedCheck['check'];
type Source = ReportedCheck['source'];
type Answer = { readonly name: Name; readonly source: Source };

/** What is looked at before a registration and who knows it (PL-10), in the words of the ledger. */
const ofRegistration: readonly Answer[] = [
  { name: 'FORM_COMPLETE', source: 'EGKN' },
  { name: 'PAYMENT', source: 'EGKN' },
  { name: 'MARRIAGE', source: 'ZAGS' },
  { name: 'SIGNATURES', source: 'EGKN' },
  { name: 'PERSON_NUMBERS', source: 'GBD_FL' },
  { name: 'PERSON_NUMBERS', source: 'GBD_UL' },
  { name: 'PROPERTY_EXISTS', source: 'EGKN' },
  { name: 'RIGHTS_AND_CHARACTERISTICS', source: 'EGKN' },
  { name: 'NO_EXCLUDING_ENCUMBRANCE', source: 'EGKN' },
  { name: 'NOT_IN_TERRORISM_LIST', source: 'FT_LIST' },
];

/** What is looked at before a termination (TR-2). */
const ofTermination: readonly Answer[] = [
  { name: 'RIGHTS_AND_CHARACTERISTICS', source: 'EGKN' },
  { name: 'PERSON_NUMBERS', source: 'EGKN' },
  { name: 'PAYMENT', source: 'EGKN' },
];

function answersTo({ plan }: ModelApplication): readonly Answer[] {
  return plan.kind === 'TERMINATION' ? ofTermination : ofRegistration;
}

/** Under what the model keeps an answer. */
export function answerOf(name: Name, source: Source): string {
  return `${name} by ${source}`;
}

/** The checks that a source which has to answer did not, or not well the last time. */
export function missingAnswers(application: ModelApplication): readonly Name[] {
  const hasPersons = parts(application).some(({ natural }) => natural);
  const personal: readonly Source[] = ['GBD_FL', 'ZAGS'];
  return answersTo(application)
    .filter(({ name, source }) => {
      const last = application.answers.get(answerOf(name, source));
      if (last === undefined) return hasPersons || !personal.includes(source);
      return !last.isMet && !isPast(application, name, last);
    })
    .map(({ name }) => name);
}

/** What can have changed while nobody looked: the home, whose it is, and who is on the list. */
const renewed: readonly Name[] = [
  'NO_EXCLUDING_ENCUMBRANCE',
  'NOT_IN_TERRORISM_LIST',
  'RIGHTS_AND_CHARACTERISTICS',
];

function isPast(application: ModelApplication, name: Name, { at }: ModelAnswer): boolean {
  const resumed = resumedAt(application);
  return resumed !== undefined && renewed.includes(name) && at < resumed;
}

/** The checks whose last answer is of before the resumption, and has to be given anew. */
export function pastAnswers(application: ModelApplication): readonly Name[] {
  return answersTo(application)
    .filter(({ name, source }) => {
      const last = application.answers.get(answerOf(name, source));
      return last !== undefined && isPast(application, name, last);
    })
    .map(({ name }) => name);
}

/** An encumbrance that EGKN reported last and an officer has to look at. */
export function toConsider(application: ModelApplication): string | undefined {
  const name = 'NO_EXCLUDING_ENCUMBRANCE';
  const last = application.answers.get(answerOf(name, 'EGKN'));
  return last === undefined || isPast(application, name, last) ? undefined : last.toConsider;
}

/** When it cannot have been looked, and how that is refused; EGKN takes from the third minute on. */
const untimelies = {
  before: { at: minutesOn(1), against: 'CHECK_BEFORE_ACCEPTANCE' },
  ahead: { at: minutesOn(7 * 24 * 60), against: 'TIME_AHEAD' },
} as const;
type Untimely = keyof typeof untimelies;

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** One that is not met. */
  readonly failed: number | undefined;
  /** The same source then says that it is met after all. */
  readonly mended: boolean;
  /** One that comes from another source, mostly one that does not give it. */
  readonly elsewhere: { readonly answer: number; readonly source: Source } | undefined;
  readonly onlySome: boolean;
  /** An encumbrance for the officer: a lawsuit, a bankruptcy, or what nobody knows. */
  readonly toConsider: string | undefined;
  readonly untimely: Untimely | undefined;
  /** Of the time of an answer that is there already, or of an earlier one: sent late, or twice. */
  readonly stamped: 'same' | 'earlier' | undefined;
  /** A register names somebody who takes no part, whatever its sender says of the check. */
  readonly stranger: 'RIGHTS_AND_CHARACTERISTICS' | 'MARRIAGE' | undefined;
};

export const soundChecks = {
  by: undefined,
  failed: undefined,
  mended: false,
  elsewhere: undefined,
  onlySome: false,
  toConsider: undefined,
  untimely: undefined,
  stamped: undefined,
  stranger: undefined,
};

const one = fc.nat({ max: 9 });

/** The checks on arrival in EGKN. */
export const recordChecks: Play<Choice> = {
  name: 'record checks',
  choice: fc.record({
    which,
    by: someone,
    failed: fc.option(one, { nil: undefined, freq: 2 }),
    mended: seldom,
    elsewhere: fc.option(
      fc.record({
        answer: one,
        source: fc.constantFrom<Source>('PLATFORM', 'GBD_FL', 'GBD_UL', 'ZAGS', 'EGKN', 'FT_LIST'),
      }),
      { nil: undefined, freq: 2 },
    ),
    onlySome: seldom,
    toConsider: fc.option(fc.constantFrom('6010', '3910', '9999'), { nil: undefined, freq: 2 }),
    untimely: rarely.chain((isSo) =>
      isSo ? fc.constantFrom<Untimely>('before', 'ahead') : fc.constant(undefined),
    ),
    stamped: fc.option(fc.constantFrom('same' as const, 'earlier' as const), {
      nil: undefined,
      freq: 2,
    }),
    stranger: fc.option(fc.constantFrom('RIGHTS_AND_CHARACTERISTICS' as const, 'MARRIAGE'), {
      nil: undefined,
      freq: 3,
    }),
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { by = ofRegistrar, untimely } = choice;
    const { plan, revision, state } = application;
    const given = answered(answersTo(application), choice);
    const isStrange = ({ name, source }: Answer) =>
      !answersTo(application).some((each) => each.name === name && each.source === source);
    const wrong = untimely === undefined ? undefined : untimelies[untimely];
    const at = wrong?.at ?? timeOf(application, choice);
    const checks = given.map((each) => checkOf(each, { ...choice, application, at }));
    return attempt(pledges.recordChecks, {
      what: `${called(application)} is checked: ${given.map(inWords).join(', ')}`,
      input: { application: plan.id, checks },
      by,
      against: [
        notRegistrar(by),
        notOfSystems(by),
        revision === 0 && 'APPLICATION_UNKNOWN',
        state !== 'ACCEPTED' && state !== 'SUSPENDED' && 'APPLICATION_STEP_OUT_OF_TURN',
        given.some(isStrange) && 'CHECK_OF_ANOTHER_SOURCE',
        wrong?.against,
      ],
      learn: () => {
        for (const each of given) heard(application, each, choice, at);
      },
    });
  },
};

type Given = Answer & {
  readonly isMet: boolean;
  /** Given a second after the others. */
  readonly isLater?: true;
};

/** After every answer that there is and after the resumption, unless by choice. */
function timeOf(application: ModelApplication, { stamped }: Choice): Instant {
  const { checkedAt = minutesOn(9) } = application;
  if (stamped === 'same') return checkedAt;
  if (stamped === 'earlier') return minutesOn(8);
  const next = plusMs(checkedAt, 2000);
  const resumed = resumedAt(application);
  return resumed !== undefined && next < resumed ? knownInstant(resumed) : next;
}

/** What is for the officer: two answers of one time name the same. */
function codeAt({ answers }: ModelApplication, at: Instant, drawn: string | undefined) {
  const known = answers.get(answerOf('NO_EXCLUDING_ENCUMBRANCE', 'EGKN'));
  return known?.at === at ? (known.toConsider ?? drawn) : drawn;
}

/** What is known now: a later answer takes the place of an earlier one, whichever came first. */
function heard(
  application: ModelApplication,
  { name, source, isMet, isLater }: Given,
  { stranger, toConsider: drawn }: Pick<Choice, 'stranger' | 'toConsider'>,
  time: Instant,
): void {
  const at = isLater === true ? plusMs(time, 1000) : time;
  const { answers, checkedAt } = application;
  const code = codeAt(application, at, drawn);
  if (checkedAt === undefined || checkedAt < at) application.checkedAt = at;
  const isEncumbrance = name === 'NO_EXCLUDING_ENCUMBRANCE';
  const answer = {
    at,
    isMet: isMet && name !== stranger,
    toConsider: isEncumbrance && isMet ? code : undefined,
  };
  const known = answers.get(answerOf(name, source));
  if (known !== undefined && known.at > at) return;
  const isTie = known?.at === at;
  answers.set(answerOf(name, source), {
    at,
    isMet: answer.isMet && (!isTie || known.isMet),
    toConsider: answer.toConsider ?? (isTie ? known.toConsider : undefined),
  });
}

/** The answers as they are drawn. */
function answered(answers: readonly Answer[], choice: Choice): readonly Given[] {
  const { failed, mended, elsewhere, onlySome } = choice;
  const all = answers.map(({ name, source }, index): Given => {
    // Of encumbrances no other source can even be named.
    const isElsewhere = elsewhere?.answer === index && name !== 'NO_EXCLUDING_ENCUMBRANCE';
    return { name, source: isElsewhere ? elsewhere.source : source, isMet: index !== failed };
  });
  const given = onlySome ? all.slice(0, 4) : all;
  const again = mended ? given.filter(({ isMet }) => !isMet) : [];
  return [...given, ...again.map((each) => ({ ...each, isMet: true, isLater: true as const }))];
}

function inWords({ name, source, isMet }: Given): string {
  return `${answerOf(name, source)}${isMet ? '' : ' is not met'}`;
}

type Reported = Pick<Choice, 'toConsider' | 'stranger'> & {
  readonly application: ModelApplication;
  readonly at: Instant;
};

/** A check as it is reported; of encumbrances EGKN reports codes, and 7010 is an arrest. */
function checkOf(
  { name, source, isMet, isLater }: Given,
  { application, at: time, toConsider: drawn, stranger }: Reported,
) {
  const { plan } = application;
  const at = isLater === true ? plusMs(time, 1000) : time;
  const common = { evidence: hashOf(name), at };
  if (name === 'RIGHTS_AND_CHARACTERISTICS' || name === 'MARRIAGE') {
    const people = [
      ...namedBy(name, plan, preparedRevision(application)),
      ...(stranger === name ? [knownAs(plan, 'registrar')] : []),
    ];
    const isEnd = name !== 'MARRIAGE' && plan.kind === 'TERMINATION';
    const contract = isEnd ? { contract: knownContract(plan) } : {};
    return { ...common, check: name, source, isMet, people, ...contract };
  }
  if (name !== 'NO_EXCLUDING_ENCUMBRANCE') return { ...common, check: name, source, isMet };
  const codes = [isMet ? (codeAt(application, at, drawn) ?? '3010') : '7010'];
  return {
    ...common,
    check: name,
    source: 'EGKN' as const,
    encumbrances: plan.targets.map(({ property }) => ({ property, codes })),
  };
}
