/** Whether the facts of a dossier are whole: everybody was asked about, and nobody dropped. */
import { localDateOf } from '../kernel/almaty.ts';
import type { CivilDate } from '../kernel/civil-date.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Dossier } from './dossier.ts';
import { isMarriageOf, numberOf } from './participants.ts';
import { refuse } from './refusals.ts';
import { aheadFaults } from './time-rules.ts';

/**
 * What the facts lack: EGKN's answer on each property (PL-4) and ZAGS's on each natural owner and
 * pledgor (PL-5), of whom a termination asks nothing anew; and records of marriage about nobody.
 */
export function factsFaults(dossier: Dossier): readonly Refusal[] {
  const { kind, targets, pledgors, facts } = dossier;
  const { owners, marriages, answers } = facts;
  const people = [...owners, ...pledgors];
  const natural = people.flatMap((who) => ('iin' in who ? [who.iin] : []));
  const hasEgkn = targets.every(({ property }) =>
    answers.some((each) => each.source === 'EGKN' && each.property === property),
  );
  const hasZags = natural.every((iin) =>
    answers.some((each) => each.source === 'ZAGS' && each.person === iin),
  );
  const lacking = [...(hasEgkn ? [] : ['EGKN']), ...(hasZags ? [] : ['ZAGS'])];
  const former = (facts.formerOwners ?? []).map(({ person }) => person);
  const numbers = [...people, ...former].map(numberOf);
  return [
    ...(kind === 'TERMINATION' ? [] : lacking).map((source) =>
      refuse('FACTS_UNANSWERED', {
        norm: 'PL-4; PL-5',
        field: '/facts/answers',
        params: { source },
      }),
    ),
    ...marriages.flatMap((record, index) =>
      isMarriageOf(record, numbers)
        ? []
        : [refuse('MARRIAGE_OF_NOBODY', { norm: 'PL-5', field: `/facts/marriages/${index}` })],
    ),
    ...formerOwnerFaults(dossier),
    ...marriages.flatMap((record, index) =>
      impossibleDates(record, answers).map((date) =>
        refuse('MARRIAGE_DATES', { norm: 'PL-5', field: `/facts/marriages/${index}/${date}` }),
      ),
    ),
  ];
}

/**
 * Who is said to own no more took part in a pledge that is changed, is not among the owners, and
 * ceased to be one before EGKN was asked.
 */
function formerOwnerFaults({ kind, facts, pledgors }: Dossier): readonly Refusal[] {
  const present = [...facts.owners, ...pledgors].map(numberOf);
  const lastAsked = lastDayOf(facts.answers.filter(({ source }) => source === 'EGKN'));
  const isChange = kind === 'AMENDMENT' || kind === 'CESSION';
  return (facts.formerOwners ?? []).flatMap(({ person, until }, index) => {
    const isAhead = lastAsked !== undefined && until > lastAsked;
    if (isChange && !isAhead && !present.includes(numberOf(person))) return [];
    const field = `/facts/formerOwners/${index}`;
    return [refuse('FORMER_OWNER_MISPLACED', { norm: 'PL-4; PL-6', field })];
  });
}

type Facts = Dossier['facts'];

/**
 * Which dates of a record of marriage cannot be: ZAGS knows of no marriage and no divorce that comes
 * after its answer, and none is dissolved before it began. A divorce that is still to come would
 * leave a spouse out who has to sign.
 */
function impossibleDates(
  record: Facts['marriages'][number],
  answers: Facts['answers'],
): readonly ('registeredOn' | 'dissolvedOn')[] {
  const { registeredOn, dissolvedOn } = record;
  const lastAnswered = lastDayOf(
    answers.filter((each) => each.source === 'ZAGS' && isMarriageOf(record, [each.person])),
  );
  const isUnknown = (date: CivilDate) => lastAnswered !== undefined && date > lastAnswered;
  const isImpossible =
    dissolvedOn !== undefined && (dissolvedOn < registeredOn || isUnknown(dissolvedOn));
  return [
    ...(isUnknown(registeredOn) ? (['registeredOn'] as const) : []),
    ...(isImpossible ? (['dissolvedOn'] as const) : []),
  ];
}

/** The day of the last of some answers; none where there is none. */
function lastDayOf(answers: Facts['answers']): CivilDate | undefined {
  return answers
    .map(({ at }) => localDateOf(at))
    .toSorted()
    .at(-1);
}

/** No register has answered yet what it is said to answer later (PL-4, PL-5). */
export function answersAhead({ facts }: Dossier, now: Instant): readonly Refusal[] {
  return facts.answers.flatMap(({ at }, index) =>
    aheadFaults(at, now, { field: `/facts/answers/${index}/at`, norm: 'PL-4; PL-5' }),
  );
}
