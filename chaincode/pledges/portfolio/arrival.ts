/**
 * The arrival of a ceded portfolio in EGKN: when it was taken, when its payment came, and what was
 * found, of the whole and of single properties (PL-9, PL-10, PL-12).
 */
import { z } from 'zod';
import { cadastralNumberSchema } from '../../kernel/cadastral-number.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { check, checkName, due, reportedEncumbrances } from '../application.ts';
import { acceptanceKey } from '../encumbrance.ts';

/** Most properties of a portfolio of which something is said that is not said of all. */
const exceptionsMax = 500;

/** A check of every property and party at once; its evidence is the list of the answers. */
const wholeCheck = check.pick({ check: true, source: true, evidence: true, at: true });

export const arrival = z.strictObject({
  acceptance: acceptanceKey.omit({ application: true }),
  paymentReachedAt: instantSchema,
  /** Met, but for the properties that are named below. */
  checks: z.array(wholeCheck).min(1).max(20),
  /** Properties of which a check is not met. */
  unmet: z
    .array(z.strictObject({ property: cadastralNumberSchema, check: checkName }))
    .max(exceptionsMax),
  /** What else lies on properties, by the cadastre's codes; the dictionary says what it means. */
  encumbrances: z.array(reportedEncumbrances).max(exceptionsMax),
});
export type Arrival = z.output<typeof arrival>;

/** The same on the ledger, with the time by which an officer had to decide (PL-12). */
export const arrived = arrival.extend({
  due,
  isLate: z.boolean(),
});
export type Arrived = z.output<typeof arrived>;
