import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { accepted, refused, unlessRefused, type Outcome } from '../outcome.ts';
import type { Refusal } from '../refusal.ts';
import { hexOf, textOfUtf8, utf8Of } from '../bytes.ts';
import { sha256 } from '../sha256.ts';
import { refuse } from './refusals.ts';

/**
 * The small text that a participant signs: what it is for, which record and revision it is about,
 * and the hashes of everything else. `docs/manifest.md` says how to make the same bytes elsewhere.
 *
 * The purpose is named so that a signature given for one thing is never accepted for another; the
 * salt keeps the hash of a manifest from being guessed from what it may say.
 */
export const purposes = [
  'confirmation',
  'consent',
  'decision',
  'mandate',
  'refusal',
  'revocation',
  'signIn',
  'termination',
  'testAct',
  'withdrawal',
] as const;

export const manifestVersion = 1;

/** A manifest is shown to the person who signs it: it stays small enough to be read. */
export const manifestBytesMax = 32 << 10;
const factsMax = 64;
const documentsMax = 100;

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 in lower-case hexadecimal.' });

/** Text that UTF-8 can write; a lone surrogate has no bytes to sign. */
function text(lengthMax: number) {
  return z
    .string()
    .min(1)
    .max(lengthMax)
    .refine((value) => value.isWellFormed());
}

export const manifestSchema = z.strictObject({
  version: z.literal(manifestVersion),
  purpose: z.enum(purposes),
  channel: z
    .string()
    .regex(/^[a-z][a-z0-9.-]{0,248}$/)
    .meta({ description: 'The Fabric channel on which the signature is to count.' }),
  record: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$/)
    .meta({ description: 'The record on the ledger that it is about.' }),
  revision: z.int().min(1).meta({ description: 'The revision of the record, from 1.' }),
  salt: hash.meta({ description: '32 random octets in lower-case hexadecimal.' }),
  facts: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/), text(1000))
    .refine((facts) => Object.keys(facts).length <= factsMax)
    .optional()
    .meta({ description: 'What the signer is shown: the property, the sum, the term.' }),
  dossier: hash.optional().meta({ description: 'The hash of the dossier’s canonical JSON.' }),
  documents: z
    .array(z.strictObject({ name: text(200), sha256: hash }))
    .max(documentsMax)
    .optional()
    .meta({ description: 'The documents attached, in the order they are shown.' }),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What a verifier demands of a manifest. */
export type ManifestExpected = Pick<Manifest, 'purpose' | 'channel' | 'record' | 'revision'>;

/** The exact bytes that are signed: canonical JSON in UTF-8, with no line feed at the end. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return utf8Of(canonicalJson(manifestSchema.parse(manifest)));
}

/** SHA-256 of the signed bytes, by which the ledger knows a manifest. */
export function manifestHash(manifest: Manifest): string {
  return hexOf(sha256(manifestBytes(manifest)));
}

/** Reads the bytes that were signed: a manifest, and written in the one form that it has. */
export function parseManifest(bytes: Uint8Array): Outcome<Manifest> {
  if (bytes.length > manifestBytesMax) return refused(refuse('MANIFEST_MALFORMED'));
  const source = textOfUtf8(bytes);
  const value = source.ok ? jsonOf(source.value) : undefined;
  const version = versionOf(value);
  if (version !== undefined && version !== manifestVersion) {
    return refused(refuse('MANIFEST_VERSION', { params: { version: String(version) } }));
  }
  const manifest = manifestSchema.safeParse(value);
  if (!manifest.success) return refused(refuse('MANIFEST_MALFORMED'));
  // A repeated member, a blank or an escape would give one meaning several texts, or two to one.
  if (!source.ok || canonicalJson(manifest.data) !== source.value) {
    return refused(refuse('MANIFEST_NOT_CANONICAL'));
  }
  return accepted(manifest.data);
}

function jsonOf(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}

function versionOf(value: unknown): number | undefined {
  const parsed = z.object({ version: z.int().min(0) }).safeParse(value);
  return parsed.success ? parsed.data.version : undefined;
}

/** The manifest if it is the one that was demanded, or everything in which it differs. */
export function demanded(bytes: Uint8Array, expected: ManifestExpected): Outcome<Manifest> {
  const outcome = parseManifest(bytes);
  if (!outcome.ok) return outcome;
  const { purpose, channel, record, revision } = outcome.value;
  const faults: Refusal[] = [];
  if (purpose !== expected.purpose) {
    faults.push(refuse('PURPOSE_MISMATCH', { params: { purpose } }));
  }
  if (channel !== expected.channel) faults.push(refuse('CHANNEL_MISMATCH'));
  if (record !== expected.record) faults.push(refuse('RECORD_MISMATCH'));
  if (revision !== expected.revision) {
    faults.push(refuse('REVISION_MISMATCH', { params: { revision: String(revision) } }));
  }
  return unlessRefused(faults, outcome.value);
}
