/**
 * Consents of data subjects through KDP, as everyone may see them: of which participant of which
 * application, never of whom (CN-1 to CN-7).
 */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { recordType } from '../ledger/record.ts';
import { consentMode } from '../organisations/schema.ts';
import { serviceName } from '../kernel/service-name.ts';

/** How often one person may be asked for one application: after a refusal or an expiry, anew. */
export const attemptsMax = 20;

export const consentState = z.enum([
  'REQUESTED',
  'PENDING',
  'GRANTED',
  'REFUSED',
  'TIMED_OUT',
  'FAILED',
  'USED',
  'REVOKED',
]);
export type ConsentState = z.output<typeof consentState>;

/** What a verified security token says, without its subject (CN-3). */
export const tokenTerms = z.strictObject({
  tokenHash: documentHashSchema,
  /** SHA-256 of the KDP key that signed it. */
  key: documentHashSchema,
  /** The services of the state whose data it opens, as the KDP application names them. */
  services: z.array(serviceName).min(1).max(50),
  issuedAt: instantSchema,
  expiresAt: instantSchema,
});
export type TokenTerms = z.output<typeof tokenTerms>;

/** The subject's EDS under the annex's form, with its date by the time stamp (CN-4). */
export const formSignature = z.strictObject({
  manifest: documentHashSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
});
export type FormSignature = z.output<typeof formSignature>;

/** Numbers of a consent's key: they bound how many an application can have. */
const participantsMax = 100;
export const consentsMax = participantsMax * attemptsMax;

export const consent = z.strictObject({
  application: applicationIdSchema,
  participant: z.int().min(1).max(participantsMax),
  /** Of the application's content: who a participant is may be another in the next one (CN-1). */
  revision: z.int().min(1).max(100),
  /** Of one participant there may be several: after a refusal or an expiry one asks again. */
  attempt: z.int().min(1).max(attemptsMax),
  platform: binSchema,
  system: z.string().min(1).max(60),
  /** A termination is a new rendering of the service and takes a consent of its own (TR-5). */
  purpose: z.enum(['REGISTRATION', 'TERMINATION']),
  mode: consentMode,
  services: z.array(serviceName).min(1).max(50),
  /** SHA-256 of the annex's form as the subject was shown it, BINs filled in (CN-4). */
  form: documentHashSchema,
  requestedAt: instantSchema,
  /** Days for which data is kept after the service, by the KDP application of that time (CN-6). */
  storageDays: z.int().min(0).optional(),
  token: tokenTerms.optional(),
  /** None in what was granted before signatures under the form were asked for: it serves no filing. */
  signed: formSignature.optional(),
  revokedAt: instantSchema.optional(),
  /** Who recorded that: the platform, or the operator at whose KDP the subject did it. */
  revokedBy: mspIdSchema.optional(),
  /** SHA-256 of KDP's notice of the revocation. */
  revocationEvidence: documentHashSchema.optional(),
  state: consentState,
});
export type Consent = z.output<typeof consent>;

export const consentType = recordType({
  name: 'consent',
  version: 2,
  schema: consent,
  keyOf: ({ application, participant, attempt }: Consent) =>
    consentParts(application, participant, attempt),
  /** The first version stood for whoever had the number; it counts for the first content alone. */
  upgrade: (data) => ({ ...(data as object), revision: 1 }),
});

/** Which consent a security token was given for: it serves this one and no other (CN-1, CN-3). */
export const consentTokenType = recordType({
  name: 'consent.token',
  version: 1,
  schema: z.strictObject({
    identity: documentHashSchema,
    application: applicationIdSchema,
    participant: z.int().min(1).max(100),
    attempt: z.int().min(1).max(attemptsMax),
  }),
  keyOf: ({ identity }) => [identity],
});

/** The parts of a consent's key; numbers padded, for keys are ordered as texts. */
export function consentParts(
  application: string,
  participant: number,
  attempt: number,
): readonly string[] {
  return [application, String(participant).padStart(3, '0'), String(attempt).padStart(2, '0')];
}
