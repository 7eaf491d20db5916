/**
 * Legal regimes: which order, in which edition, rules a procedure, from when until when (RG-1).
 */
import { z } from 'zod';
import { certaintySchema } from '../kernel/certainty.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { dayOfMonthSchema, termSchema } from '../kernel/deadline.ts';
import { recordType } from '../ledger/record.ts';

/** The procedures that the five texts rule. */
export const procedure = z.enum(['PLEDGE', 'KDP', 'PERMIT', 'MINING']);
export type Procedure = z.output<typeof procedure>;

export const editionId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);

/** An order, as it is cited: number and date. */
export const order = z.strictObject({
  number: z.string().min(1).max(60),
  date: civilDateSchema,
});

/**
 * A date of law with where it comes from. What the texts do not print is marked as assumed, until a
 * decision records the fact (RG-3, RG-6).
 */
export const sourcedDate = z.strictObject({
  date: civilDateSchema,
  source: z.string().min(1).max(500),
  certainty: certaintySchema,
});

const parameterName = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);
const source = z.string().min(1).max(200);

/** What an edition fixes in figures; a procedure reads the ones that it knows. */
export const parameters = z.strictObject({
  /** Terms in days, from an event. */
  terms: z.record(parameterName, z.strictObject({ term: termSchema, source })).default({}),
  /** Days of the month by which something is owed. */
  monthDays: z
    .record(parameterName, z.strictObject({ rule: dayOfMonthSchema, source }))
    .default({}),
  /** How long something holds, in months. */
  months: z
    .record(parameterName, z.strictObject({ count: z.int().min(1).max(1200), source }))
    .default({}),
  /** Kinds of organisations that may not take part: `SECOND_TIER_BANK`. */
  excludedParticipants: z
    .array(z.string().regex(/^[A-Z_]{1,60}$/))
    .max(20)
    .default([]),
  /** Fewest nodes that the texts ask for. */
  nodesMin: z.int().min(1).max(1000).optional(),
});

/** A decision of the consortium to work under an edition for longer than its text says. */
export const extension = z.strictObject({
  until: civilDateSchema,
  basis: z.string().min(1).max(500),
  decision: z.string(),
});

/** What is stated of an edition when it is recorded. */
export const editionDraft = z.strictObject({
  procedure,
  edition: editionId,
  orders: z.array(order).min(1).max(5),
  /** The day of first official publication, from which the texts count (RG-6). */
  publication: sourcedDate.optional(),
  /** First day in force. */
  from: sourcedDate,
  /** Last day in force; absent where the text names none. */
  until: sourcedDate.optional(),
  parameters,
});
export type EditionDraft = z.output<typeof editionDraft>;

/** Most extensions of one edition; the rules refuse what would go beyond. */
export const extensionsMax = 50;

/** A later order has repealed an edition; work under it may have been extended before, or since. */
export const repeal = z.strictObject({
  order,
  lastDay: civilDateSchema,
  basis: z.string().min(1).max(500),
  decision: z.string(),
  /** How many extensions were decided before it: these it ends. Earlier builds counted none. */
  extensionsBefore: z.int().min(0).max(extensionsMax).optional(),
});
export type Repeal = z.output<typeof repeal>;

/** An edition as recorded. Its own dates never change: what is decided later is added. */
export const edition = z.strictObject({
  ...editionDraft.shape,
  /** The decision that recorded it; the editions of the founding have none. */
  recordedBy: z.string().optional(),
  extensions: z.array(extension).max(extensionsMax),
  /** The latest repeal. */
  repeal: repeal.optional(),
  /** Those before it, each of them followed by an extension. */
  earlierRepeals: z.array(repeal).max(extensionsMax).optional(),
});
export type Edition = z.output<typeof edition>;

export const editionType = recordType({
  name: 'regime.edition',
  version: 1,
  schema: edition,
  keyOf: (data: Edition) => [data.procedure, data.edition],
});

/** Where an edition stands on a day. */
export const standing = z.enum(['NOT_YET_IN_FORCE', 'IN_FORCE', 'NO_LONGER_IN_FORCE']);
export type Standing = z.output<typeof standing>;
