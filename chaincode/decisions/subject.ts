/**
 * A subject: one kind of thing that the consortium can decide.
 *
 * Each area declares its own. To be voted on, a proposal must be something that could be carried out
 * now; when the majority is reached its effect is worked out again and written in the same
 * transaction as the deciding vote.
 */
import type { z } from 'zod';
import type { Outcome } from '../kernel/outcome.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';

/** Writes what an adopted decision changes. */
export type Effect = (ledger: PublicLedger) => Promise<unknown>;

export type Subject<Schema extends z.ZodObject = z.ZodObject> = {
  /** An object with the member `kind`, a literal that no other subject has. */
  readonly schema: Schema;
  /** What adoption would write, or why it cannot be adopted. */
  readonly effect: (
    ledger: Reader,
    data: z.output<Schema>,
    decision: string,
  ) => Promise<Outcome<Effect>>;
};

/** Keeps the type of the subject's schema. */
export function subject<Schema extends z.ZodObject>(declared: Subject<Schema>): Subject<Schema> {
  return declared;
}
