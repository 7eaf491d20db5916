/** Decisions of the consortium, as the ledger keeps them. */
import { z } from 'zod';
import { instantSchema } from '../kernel/instant.ts';
import { recordType } from '../ledger/record.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';

export const decisionId = z.string().regex(/^[0-9a-f]{16}$/);

/** How a member voted; one vote an organisation, never taken back. */
export const vote = z.strictObject({
  mspId: mspIdSchema,
  inFavour: z.boolean(),
  at: instantSchema,
  transactionId: z.string(),
});
export type Vote = z.output<typeof vote>;

/** Most votes on a decision; the rules refuse what would go beyond. */
export const votesMax = 100;

/** Open until the majority is reached for or against it, or its term has run out. */
export const decisionState = z.enum(['OPEN', 'ADOPTED', 'REJECTED', 'WITHDRAWN']);

export const decision = z.strictObject({
  id: decisionId,
  /** What is decided; each kind has a schema of its own, by which it was checked when proposed. */
  subject: z.looseObject({ kind: z.string() }),
  /** The reason in the proposer's words: acts, letters, minutes. Nothing personal. */
  reason: z.string().min(1).max(2000),
  proposedBy: mspIdSchema,
  proposedAt: instantSchema,
  /** After this instant nobody can vote any more. */
  expiresAt: instantSchema,
  votes: z.array(vote).max(votesMax),
  state: decisionState,
  closedAt: instantSchema.optional(),
});
export type Decision = z.output<typeof decision>;

export const decisionType = recordType({
  name: 'decision',
  version: 1,
  schema: decision,
  keyOf: (data: Decision) => [data.id],
});
