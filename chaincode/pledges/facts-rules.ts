/** Whether the facts of a dossier are whole: everybody was asked about, and nobody dropped. */
import type { Refusal } from '../kernel/refusal.ts';
import type { Dossier } from './dossier.ts';
import { isMarriageOf, numberOf } from './participants.ts';
import { refuse } from './refusals.ts';

/**
 * What the facts lack: EGKN's answer on each property (PL-4) and ZAGS's on each natural owner and
 * pledgor (PL-5), of whom a termination asks nothing anew; and records of marriage about nobody.
 */
export function factsFaults({ kind, targets, pledgors, facts }: Dossier): readonly Refusal[] {
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
  const numbers = people.map(numberOf);
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
  ];
}
