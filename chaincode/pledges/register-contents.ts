/**
 * What the register of a property holds: which pledges, which agreements on rank.
 *
 * The State Corporation seals it with every entry. A majority that overwrote or deleted a pledge could
 * do so unseen if the register were whatever stands under the property: this record says what has to
 * stand there, and that there is a register at all its seal says, which nobody else can remove.
 */
import { z } from 'zod';
import { type ApplicationId, applicationIdSchema } from '../kernel/application-id.ts';
import { type CadastralNumber, cadastralNumberSchema } from '../kernel/cadastral-number.ts';
import { withOneMore } from '../kernel/full-list.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import { recordType } from '../ledger/record.ts';
import { type Encumbrance, egknNumber } from './encumbrance.ts';
import { refuse } from './refusals.ts';

/** Most pledges of one property, past ones too: a command reads them all. */
export const pledgesMax = 100;
/** Most agreements on rank of one property. */
export const agreementsMax = 100;
/** Most applications about one property that EGKN has taken and nobody has decided. */
export const awaitedMax = 50;

export const registerContents = z.strictObject({
  property: cadastralNumberSchema,
  /** Each with EGKN's number of it, by which an entry is known whoever brings it. */
  pledges: z.array(z.strictObject({ id: applicationIdSchema, egknNumber })).max(pledgesMax),
  agreements: z.array(applicationIdSchema).max(agreementsMax),
  /**
   * Applications that EGKN took and whose contract lets nobody pledge behind them without consent.
   * Those that were decided or withdrawn since count no more; their own records say so.
   */
  awaited: z.array(applicationIdSchema).max(awaitedMax).optional(),
});
export type RegisterContents = z.output<typeof registerContents>;

export const registerContentsType = recordType({
  name: 'register.contents',
  version: 1,
  schema: registerContents,
  keyOf: ({ property }: RegisterContents) => [property],
});

/** A register in which nothing was ever entered. */
export function emptyRegister(property: CadastralNumber): RegisterContents {
  return { property, pledges: [], agreements: [] };
}

/** With one more pledge; an entry of EGKN stands once, whoever brings it (PL-11). */
export function withPledge(
  contents: RegisterContents,
  { id, acceptance: { egknNumber: number } }: Encumbrance,
): Outcome<RegisterContents> {
  if (contents.pledges.some((each) => each.id === id || each.egknNumber === number)) {
    return refused(refuse('EGKN_ENTRY_REGISTERED_ALREADY', { norm: 'PL-11' }));
  }
  const bound = { what: 'pledges', limit: pledgesMax, norm: 'PL-1' };
  const pledges = withOneMore(contents.pledges, { id, egknNumber: number }, bound);
  return andThen(pledges, (all) => accepted({ ...contents, pledges: all }));
}

/** With one more agreement on rank. */
export function withAgreement(
  contents: RegisterContents,
  id: ApplicationId,
): Outcome<RegisterContents> {
  const bound = { what: 'agreements', limit: agreementsMax, norm: 'PL-15' };
  const agreements = withOneMore(contents.agreements, id, bound);
  return andThen(agreements, (all) => accepted({ ...contents, agreements: all }));
}

/** With one more application that others have to wait for, and without those that they need not. */
export function withAwaited(
  contents: RegisterContents,
  stillAwaited: readonly ApplicationId[],
  id: ApplicationId,
): Outcome<RegisterContents> {
  const bound = { what: 'awaited', limit: awaitedMax, norm: 'PL-1; PL-15' };
  const awaited = withOneMore(stillAwaited, id, bound);
  return andThen(awaited, (all) => accepted({ ...contents, awaited: all }));
}
