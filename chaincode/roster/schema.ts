/** The consortium's members, as the ledger keeps them. */
import { z } from 'zod';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { recordType } from '../ledger/record.ts';

/** A peer that an organisation runs, as it states it itself. */
export const peer = z.strictObject({
  host: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/),
  port: z.int().min(1).max(65_535),
});

/** Kinds of organisations that take part (OR-1). */
export const memberKind = z.enum([
  'STATE_LEGAL_ENTITY',
  'QUASI_STATE_ENTITY',
  'NON_STATE_SYSTEM_OWNER',
  'CRITICAL_INFRASTRUCTURE_OWNER',
]);

/** What the consortium decides about a member; the rest it states itself. */
export const candidate = z.strictObject({
  mspId: mspIdSchema,
  bin: z.string().regex(/^\d{12}$/),
  name: z.string().min(1).max(300),
  kind: memberKind,
});

/** A member of the consortium: one vote, whatever the number of its peers. */
export const member = z.strictObject({
  ...candidate.shape,
  peers: z.array(peer).max(20),
  /** The decision that admitted it; a founder has none. */
  admittedBy: z.string().optional(),
  /** The decision by which it left; its record stays, its vote does not count. */
  removedBy: z.string().optional(),
});
export type Candidate = z.output<typeof candidate>;
export type Member = z.output<typeof member>;

export const memberType = recordType({
  name: 'roster.member',
  version: 1,
  schema: member,
  keyOf: (data: Member) => [data.mspId],
});
