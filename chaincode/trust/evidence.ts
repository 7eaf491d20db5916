/**
 * A signed manifest as it comes with a private command, and its verification by the ledger's own
 * policy and list of trust.
 */
import { z } from 'zod';
import { bytesOfBase64 } from '../kernel/bytes.ts';
import { type DocumentHash, documentHashOf, documentHashSchema } from '../kernel/document-hash.ts';
import { expectedSignerSchema, manifestExpectedSchema } from '../kernel/eds/evidence-file.ts';
import { ledgerVerdict } from '../kernel/eds/evidence-verdict.ts';
import { type ExpectedSigner, ledgerPolicy } from '../kernel/eds/policy.ts';
import { type Manifest, type ManifestExpected, parseManifest } from '../kernel/eds/manifest.ts';
import type { Role } from '../kernel/eds/roles.ts';
import { parseCms } from '../kernel/eds/cms.ts';
import type { Subject } from '../kernel/eds/subject.ts';
import { type Instant, instantSchema } from '../kernel/instant.ts';
import { accepted, type Outcome, refused, valueOrThrow } from '../kernel/outcome.ts';
import { refuse as refuseFormat } from '../kernel/refusals.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import { trustOn } from './store.ts';

/** Most characters of one part in base64; a list of revoked certificates is the largest. */
const partCharactersMax = 350_000;

const base64 = z
  .string()
  .max(partCharactersMax)
  .superRefine((text, context) => {
    if (!bytesOfBase64(text).ok) {
      context.addIssue({ code: 'custom', params: { refusal: refuseFormat('BASE64_FORMAT') } });
    }
  });

/** What speaks for a signature; the message holds the manifest that was signed. */
export const evidence = z.strictObject({
  signature: base64,
  certificates: z.array(base64).max(8).default([]),
  crls: z.array(base64).max(4).default([]),
  ocsps: z.array(base64).max(4).default([]),
});
export type Evidence = z.output<typeof evidence>;

/**
 * What the sender's own verification found. The peers make it again and compare, so that the verdict
 * follows from what was sent, and a repetition gives the same.
 */
export const findings = z.strictObject({
  signedAt: instantSchema,
  trustVersion: z.string().max(20),
});
export type Findings = z.output<typeof findings>;

/**
 * What holders keep of a verified signature until the purge: all that its verdict follows from. The
 * list of trust stands on the ledger by its version.
 */
export const keptEvidence = z.strictObject({
  ...evidence.shape,
  demand: z.strictObject({ signer: expectedSignerSchema, manifest: manifestExpectedSchema }),
  /** The transaction's time, from which the freshness of answers counted. */
  verifiedAt: instantSchema,
  trustVersion: findings.shape.trustVersion,
  anchoredCrls: z.array(documentHashSchema).max(4),
});
export type KeptEvidence = z.output<typeof keptEvidence>;

/** What the ledger keeps of a verified signature. */
export type Verified = {
  readonly kept: KeptEvidence;
  readonly manifest: Manifest;
  readonly manifestHash: DocumentHash;
  readonly cms: DocumentHash;
  /** By the verified time stamp. */
  readonly signedAt: Instant;
  readonly trustVersion: string;
  /** Of the certificate; personal, and so for those who verify alone. */
  readonly signerIin: string | undefined;
  readonly signerRoles: readonly Role[];
};

/** Verifies that exactly this person has signed a manifest for exactly this purpose and record. */
export async function verified(
  ledger: Reader,
  given: Evidence,
  found: Findings,
  signer: ExpectedSigner,
  expected: Pick<ManifestExpected, 'purpose' | 'record' | 'revision'>,
): Promise<Outcome<Verified>> {
  const crls = given.crls.map(bytesOf);
  const hashes = crls.map(documentHashOf);
  const trust = await trustOn(ledger, hashes);
  if (!trust.ok) return trust;
  const { channel, time: verifiedAt } = ledger.circumstances;
  const demand = { signer, manifest: { ...expected, channel } };
  const parts = {
    signature: bytesOf(given.signature),
    certificates: given.certificates.map(bytesOf),
    crls,
    ocsps: given.ocsps.map(bytesOf),
  };
  const verdict = ledgerVerdict(parts, trust.value, demand, verifiedAt);
  const [first, ...rest] = verdict.reasons;
  if (first !== undefined) return refused(first, ...rest);
  const [by] = verdict.signers;
  const signedAt = by?.timeStamp?.time;
  const agreed = agreeing(signedAt, verdict.trustVersion, found);
  if (!agreed.ok) return agreed;
  const { trustVersion } = agreed.value;
  const anchoredCrls = hashes.filter((hash) => trust.value.anchoredCrls?.includes(hash));
  const kept = { ...given, demand, verifiedAt, trustVersion, anchoredCrls };
  return verifiedOf(kept, agreed.value.signedAt, by?.subject);
}

/** Whether the peers found what the sender said. */
function agreeing(
  signedAt: Instant | undefined,
  trustVersion: string,
  found: Findings,
): Outcome<Findings> {
  // The ledger's policy accepts nothing without a time stamp.
  if (signedAt === undefined) throw new Error('accepted without a time stamp');
  if (signedAt === found.signedAt && trustVersion === found.trustVersion) return accepted(found);
  const params = { signedAt, trustVersion };
  return refused(refuse('FINDINGS_DIFFER', { norm: 'PL-7', field: '/found', params }));
}

function verifiedOf(
  kept: KeptEvidence,
  signedAt: Instant,
  subject: Subject | undefined,
): Outcome<Verified> {
  const content = contentOf(bytesOf(kept.signature));
  // The ledger's policy accepts nothing but the manifest that it demanded, inside the message.
  if (content === undefined) throw new Error('accepted without content');
  return accepted({
    kept,
    manifest: valueOrThrow(parseManifest(content)),
    manifestHash: documentHashOf(content),
    cms: cmsHash(kept),
    signedAt,
    trustVersion: kept.trustVersion,
    signerIin: subject?.person?.iin,
    signerRoles: subject?.roles ?? [],
  });
}

/** The hash by which the ledger knows a signed message. */
export function cmsHash({ signature }: Pick<Evidence, 'signature'>): DocumentHash {
  return documentHashOf(bytesOf(signature));
}

/** The hash of what was signed; of nothing where the message holds nothing readable. */
export function signedManifestHash({ signature }: Evidence): DocumentHash {
  return documentHashOf(contentOf(bytesOf(signature)) ?? '');
}

/** The manifest's bytes inside the message: attached, so that evidence is whole by itself. */
function contentOf(signature: Uint8Array): Uint8Array | undefined {
  const message = parseCms(signature, ledgerPolicy.limits);
  return message.ok ? message.value.content : undefined;
}

function bytesOf(text: string): Uint8Array {
  return valueOrThrow(bytesOfBase64(text));
}
