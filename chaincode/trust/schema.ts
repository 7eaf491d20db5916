/**
 * The list of trust: whose certificates, time stamps, lists of revoked ones and KDP keys count.
 *
 * It stands on the ledger so that every organisation verifies by the same one; each version stays,
 * so that a verdict can be made again by the list that it was made by.
 */
import { z } from 'zod';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { bytesOfBase64 } from '../kernel/bytes.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { recordType } from '../ledger/record.ts';

/** Longest certificate, in base64: a certificate of the national centre has about 1 400 characters. */
const certificateCharactersMax = 12_000;

const base64 = z
  .string()
  .max(certificateCharactersMax)
  .refine((text) => bytesOfBase64(text).ok);

/** A pinned certificate, and what it is, for people. */
export const pin = z.strictObject({ certificate: base64, note: z.string().min(1).max(300) });

/** A key by which KDP signs its security tokens (CN-3). */
export const kdpKey = z.strictObject({
  algorithm: z.enum(['RS256', 'ES256']),
  /** SubjectPublicKeyInfo in base64. */
  publicKey: base64,
  until: civilDateSchema.optional(),
  note: z.string().min(1).max(300),
});

export const trustDraft = z.strictObject({
  /** Keys of tests and of production are never trusted on one ledger for the same thing. */
  environment: z.enum(['TEST', 'PRODUCTION']),
  authorities: z.array(pin).min(1).max(30),
  timeStampers: z.array(pin).max(30),
  kdpKeys: z.array(kdpKey).max(20),
  /** In production, keys of KDP's test environment: for test answers, never for consents (OR-4). */
  kdpTestKeys: z.array(kdpKey).max(20).optional(),
});

export const trustList = z.strictObject({
  ...trustDraft.shape,
  version: z.int().min(1),
  decision: z.string(),
});
export type TrustList = z.output<typeof trustList>;

export const trustListType = recordType({
  name: 'trust.list',
  version: 1,
  schema: trustList,
  keyOf: (data: TrustList) => [versionKey(data.version)],
});

/** Versions in the order of their numbers, as keys are ordered as texts. */
export function versionKey(version: number): string {
  return String(version).padStart(6, '0');
}

/** Which version holds now; one record, so that a command reads it by its key. */
export const trustHeadType = recordType({
  name: 'trust.head',
  version: 1,
  schema: z.strictObject({ version: z.int().min(1) }),
  keyOf: () => ['now'],
});

/** A list of revoked certificates that counts, by its hash (the list itself lies with its users). */
export const anchoredCrl = z.strictObject({
  hash: documentHashSchema,
  issuer: z.string().min(1).max(500),
  thisUpdate: instantSchema,
  nextUpdate: instantSchema.optional(),
});
export type AnchoredCrl = z.output<typeof anchoredCrl>;

export const anchoredCrlType = recordType({
  name: 'trust.crl',
  version: 1,
  schema: anchoredCrl,
  keyOf: (data: AnchoredCrl) => [data.hash],
});
