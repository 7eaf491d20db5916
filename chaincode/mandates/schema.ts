/**
 * Mandates: who may decide for an organisation, by the signature of its head (SE-3).
 *
 * A certificate says that somebody belongs to an organisation; it makes nobody a registrar.
 */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { recordType } from '../ledger/record.ts';

export const mandateFunction = z.enum(['REGISTRAR', 'STANDS_IN_FOR_HEAD', 'PLEDGEE_SIGNATORY']);
export type MandateFunction = z.output<typeof mandateFunction>;

/** What the head signs, but for the holder's name. */
export const mandateTerms = z.strictObject({
  id: applicationIdSchema,
  bin: binSchema,
  /** Salted hash of the holder's IIN: known to those who know both, and to nobody else. */
  holder: documentHashSchema,
  function: mandateFunction,
  from: civilDateSchema,
  until: civilDateSchema,
});
export type MandateTerms = z.output<typeof mandateTerms>;

export const mandate = z.strictObject({
  ...mandateTerms.shape,
  cms: documentHashSchema,
  signedAt: instantSchema,
  trustVersion: z.string(),
  revokedAt: instantSchema.optional(),
});
export type Mandate = z.output<typeof mandate>;

export const mandateType = recordType({
  name: 'mandate',
  version: 1,
  schema: mandate,
  keyOf: (data: Mandate) => [data.id],
});
