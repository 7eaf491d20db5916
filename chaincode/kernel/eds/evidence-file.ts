import { z } from 'zod';
import { base64Of, bytesOfBase64, textOfUtf8, utf8Of } from '../bytes.ts';
import { canonicalJson } from '../canonical-json.ts';
import { parseInstant, type Instant } from '../instant.ts';
import { sha256Hex } from '../sha256.ts';
import type { Demand, Recorded } from './evidence-verdict.ts';
import { manifestSchema } from './manifest.ts';
import { roles } from './roles.ts';
import type { TrustSource } from './trust.ts';

/**
 * The evidence of a confirmation in one file, for its owner: with it the verdict can be made again
 * after the ledger has purged its copy, and the file's hash compared with the one on the ledger.
 * It names its signers, so it goes to nobody else.
 */
export type EvidenceFile = {
  readonly signature: Uint8Array;
  readonly content?: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  /** When it was verified: freshness counts from here when the verdict is made again. */
  readonly verifiedAt?: Instant | undefined;
  /** Whose signature the ledger demanded, and under which manifest. */
  readonly demand?: Demand | undefined;
  /** The list of trust that the ledger verified by. */
  readonly trust?: TrustSource | undefined;
  /** The hashes on the ledger, as they stood there when the file was written. */
  readonly recorded?: Recorded | undefined;
};

const evidenceKind = 'kepil-evidence';

const octets = z.string().transform((text, context) => {
  const bytes = bytesOfBase64(text);
  if (bytes.ok) return bytes.value;
  context.addIssue({ code: 'custom', message: 'no base64' });
  return z.NEVER;
});

const instant = z.string().transform((text, context) => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: 'no instant' });
  return z.NEVER;
});

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Whom the ledger expected to have signed; what is left out may be anything. */
export const expectedSignerSchema = z.strictObject({
  iin: z.string().optional(),
  bin: z.string().optional(),
  roles: z.array(z.enum(roles)).readonly().optional(),
});

/** What the ledger demanded of the signed text. */
export const manifestExpectedSchema = manifestSchema.pick({
  purpose: true,
  channel: true,
  record: true,
  revision: true,
});

const evidenceSchema = z.strictObject({
  kind: z.literal(evidenceKind),
  version: z.literal(1),
  signature: octets,
  content: octets.optional(),
  certificates: z.array(octets).max(16),
  crls: z.array(octets).max(16),
  ocsps: z.array(octets).max(16),
  verifiedAt: instant.optional(),
  demand: z
    .strictObject({ signer: expectedSignerSchema, manifest: manifestExpectedSchema })
    .optional(),
  trust: z
    .strictObject({
      version: z.string().max(20),
      authorities: z.array(octets).max(30),
      timeStampers: z.array(octets).max(30),
      anchoredCrls: z.array(hash).max(16),
    })
    .optional(),
  recorded: z.strictObject({ cms: hash.optional(), manifest: hash.optional() }).optional(),
});

/** The text of an evidence file: canonical JSON, bytes in base64. */
export function evidenceText(evidence: EvidenceFile): string {
  const list = (items: readonly Uint8Array[]) => items.map(base64Of);
  return canonicalJson({
    kind: evidenceKind,
    version: 1,
    signature: base64Of(evidence.signature),
    content: evidence.content && base64Of(evidence.content),
    certificates: list(evidence.certificates),
    crls: list(evidence.crls),
    ocsps: list(evidence.ocsps),
    verifiedAt: evidence.verifiedAt,
    demand: evidence.demand,
    trust: evidence.trust && {
      version: evidence.trust.version,
      authorities: list(evidence.trust.authorities),
      timeStampers: list(evidence.trust.timeStampers),
      anchoredCrls: evidence.trust.anchoredCrls ?? [],
    },
    recorded: evidence.recorded,
  });
}

/** The hash by which the ledger knows an evidence file. */
export function evidenceHash(evidence: EvidenceFile): string {
  return sha256Hex(utf8Of(evidenceText(evidence)));
}

/** Reads an evidence file; undefined for anything else. */
export function evidenceOf(bytes: Uint8Array): EvidenceFile | undefined {
  // An object begins with a brace, which begins neither DER nor base64 nor PEM.
  const text = bytes[0] === 0x7b ? textOfUtf8(bytes) : undefined;
  if (!text?.ok) return undefined;
  const parsed = evidenceSchema.safeParse(jsonOf(text.value));
  if (!parsed.success) return undefined;
  const { kind: _kind, version: _version, ...evidence } = parsed.data;
  return evidence;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
