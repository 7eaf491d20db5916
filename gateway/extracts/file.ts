/**
 * The file of an extract: canonical JSON, everything that was signed in base64 as it was signed.
 *
 * `docs/extract.md` describes it for those who write a verifier of their own.
 */
import { z } from 'zod';
import { applicationIdSchema } from '../../chaincode/kernel/application-id.ts';
import { bytesOfBase64 } from '../../chaincode/kernel/bytes.ts';
import { cadastralNumberSchema } from '../../chaincode/kernel/cadastral-number.ts';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import { sha256Hex } from '../../chaincode/kernel/sha256.ts';
import { parsedJson } from '../../chaincode/kernel/json.ts';
import { type Outcome, refusalsOf, refused } from '../../chaincode/kernel/outcome.ts';
import { certify } from '../../chaincode/pledges/queries/operations.ts';
import { refuse } from './refusals.ts';

/** Longest file: blocks come whole, since their hash covers every transaction in them. */
export const extractBytesMax = 32 * 1024 * 1024;

/** Of the texts that a decoder would take for the same bytes, only one. */
const base64 = z.string().superRefine((text, context) => {
  for (const refusal of refusalsOf(bytesOfBase64(text))) {
    context.addIssue({ code: 'custom', params: { refusal } });
  }
});
const name = z.string().min(1).max(64);

/** A block: its header's hash of the data is not given, it is computed. */
const block = z.strictObject({
  number: z.int().min(0),
  previousHash: base64,
  data: z.array(base64.min(4)).min(1).max(10_000),
  /** The orderers' metadata, which they sign with the header. */
  signedValue: base64,
  signatures: z.array(z.strictObject({ identifierHeader: base64, signature: base64 })).max(100),
});
export type ExtractBlock = z.output<typeof block>;

const extract = z.strictObject({
  format: z.literal('kepil-extract'),
  version: z.literal(1),
  channel: name,
  chaincode: name,
  property: cadastralNumberSchema,
  /** The pledge that the extract is about; without it, the whole register. */
  encumbrance: applicationIdSchema.optional(),
  /** What the peers answered, in words. */
  register: certify.output,
  /** The channel's configuration from its first block on, every change of it. */
  configs: z.array(block).min(1).max(500),
  /** The blocks that wrote the records which the extract is about. */
  blocks: z.array(block).max(200),
  /** The proposal that the peers answered, in the three parts that its hash covers. */
  question: z.strictObject({ channelHeader: base64, signatureHeader: base64, payload: base64 }),
  /** Each peer's answer with its signature. */
  answers: z
    .array(z.strictObject({ payload: base64, endorser: base64, signature: base64 }))
    .max(100),
});
export type Extract = z.output<typeof extract>;

/** The one text of an extract. */
export function extractText(value: Extract): string {
  return textOf(extract.parse(value));
}

function textOf(value: Extract): string {
  return `${canonicalJson(value)}\n`;
}

/** Reads an extract; a text in another form than its own is refused, whatever it says. */
export function readExtract(text: string): Outcome<Extract> {
  const read = parsedJson(extract, text, { maximumBytes: extractBytesMax });
  if (!read.ok) return read;
  return textOf(read.value) === text ? read : refused(refuse('EXTRACT_NOT_CANONICAL'));
}

/** The extract's id: the SHA-256 of its text. */
export function extractId(text: string): string {
  return sha256Hex(text);
}

/** What a QR code on paper holds: which extract it is, so that the file can be compared with it. */
export function qrTextOf(text: string): string {
  return `kepil-extract:1:${extractId(text)}`;
}
