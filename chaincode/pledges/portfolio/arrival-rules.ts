/** What the arrival of a portfolio has to show before it is opened, and which lines it stops. */
import { type Due, isLate } from '../../kernel/deadline.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type Outcome, unlessRefused } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { checksToRegister } from '../application.ts';
import { excluding, notMet, reportFaults, unconsidered } from '../check-rules.ts';
import { neededSources } from '../check-sources.ts';
import { acceptanceFaults, acceptedAt, earlyFaults } from '../time-rules.ts';
import type { Arrival, Arrived } from './arrival.ts';
import type { Cession } from './batch.ts';

/**
 * What PL-10 asks of a portfolio. No natural person's data is used, whose number and marriage were
 * looked at when the pledge was registered: GBD FL and ZAGS are not asked.
 */
const asked = { kind: 'CESSION', participants: [{ natural: false }] } as const;

/** When the batch was decided, and by whom it was filed and when. */
export type Opening = {
  readonly signatures: readonly { readonly signedAt: Instant }[];
  readonly decidedAt: Instant;
  readonly due: Due;
  readonly now: Instant;
};

/** The arrival as it is kept, if EGKN took what is signed and paid, and answered all that is asked. */
export function arrivedAt(
  { payment }: Cession,
  arrival: Arrival,
  { signatures, decidedAt, due, now }: Opening,
): Outcome<Arrived> {
  const { acceptance, paymentReachedAt, checks } = arrival;
  const taken = { payment, confirmations: signatures };
  const faults = [
    ...acceptanceFaults(taken, acceptance, paymentReachedAt, now),
    ...checks.flatMap((each) => reportFaults({ kind: asked.kind, acceptance }, each, now)),
  ].map(({ field, ...fault }) =>
    field === undefined ? fault : { ...fault, field: `/arrival${field}` },
  );
  const early = earlyFaults(acceptedAt(acceptance, paymentReachedAt), decidedAt, 'PL-11; SE-3');
  return unlessRefused([...faults, ...silent(arrival), ...early], {
    ...arrival,
    due: { ...due },
    isLate: isLate(due, decidedAt),
  });
}

/** What stands against the line of a property: what its single application would be refused for. */
export function lineFaults(
  { unmet: notMetAt, encumbrances }: Arrival,
  property: string,
): readonly Refusal[] {
  const answer = { encumbrances: encumbrances.filter((each) => each.property === property) };
  return [
    ...notMetAt
      .filter((each) => each.property === property)
      .map(({ check }) => notMet(check, 'EGKN')),
    ...excluding(answer),
    // An officer looks at such a property in an application of its own.
    ...unconsidered(answer, []),
  ];
}

/** Each source that has to answer a check and did not (PL-10). */
function silent({ checks }: Arrival): readonly Refusal[] {
  return checksToRegister.flatMap((name) =>
    neededSources(asked, name)
      .filter((source) => !checks.some((each) => each.check === name && each.source === source))
      .map((source) => notMet(name, source)),
  );
}
