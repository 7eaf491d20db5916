import fc from 'fast-check';
import type { ReportedCheck } from '../../../chaincode/pledges/application.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { type ModelApplication, parts, preparedRevision } from '../model/model.ts';
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
      return last === undefined ? hasPersons || !personal.includes(source) : !last;
    })
    .map(({ name }) => name);
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
    stranger: fc.option(fc.constantFrom('RIGHTS_AND_CHARACTERISTICS' as const, 'MARRIAGE'), {
      nil: undefined,
      freq: 3,
    }),
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { by = ofRegistrar, toConsider, untimely, stranger } = choice;
    const { plan, revision, state, answers } = application;
    const given = answered(answersTo(application), choice);
    const isStrange = ({ name, source }: Answer) =>
      !answersTo(application).some((each) => each.name === name && each.source === source);
    const wrong = untimely === undefined ? undefined : untimelies[untimely];
    const at = wrong?.at ?? minutesOn(9);
    const checks = given.map((each) => checkOf(each, { application, at, toConsider, stranger }));
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
        for (const { name, source, isMet } of given) {
          answers.set(answerOf(name, source), isMet && name !== stranger);
          if (name === 'NO_EXCLUDING_ENCUMBRANCE') {
            application.toConsider = isMet ? toConsider : undefined;
          }
        }
      },
    });
  },
};

type Given = Answer & { readonly isMet: boolean };

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
  return [...given, ...again.map((each) => ({ ...each, isMet: true }))];
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
  { name, source, isMet }: Given,
  { application, at, toConsider, stranger }: Reported,
) {
  const { plan } = application;
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
  const codes = [isMet ? (toConsider ?? '3010') : '7010'];
  return {
    ...common,
    check: name,
    source: 'EGKN' as const,
    encumbrances: plan.targets.map(({ property }) => ({ property, codes })),
  };
}
