/**
 * A batch: one decision over many records, carried out in parts of a bounded size.
 *
 * What is signed and opened is its content: who, what, and of each part the number of its lines and
 * their hash. The lines come with their part and are held to that hash, so that one signature covers
 * every record though no transaction has to carry all of them.
 */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { binSchema } from '../../kernel/bin.ts';
import { cadastralNumberSchema } from '../../kernel/cadastral-number.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import {
  type DocumentHash,
  documentHashOf,
  documentHashSchema,
} from '../../kernel/document-hash.ts';
import type { Manifest } from '../../kernel/eds/manifest.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { mspIdSchema } from '../../kernel/msp-id.ts';
import { shareSchema } from '../../kernel/share.ts';
import { recordType } from '../../ledger/record.ts';
import { holderTold, payment } from '../application.ts';
import { acceptanceKey } from '../encumbrance.ts';
import { arrived } from './arrival.ts';
import { linesMax, partKey, partPlace, partsMax } from './part.ts';

/** A pledge that is ceded, and the copy of the cession's contract that its pledgor certified. */
export const cededLine = z.strictObject({
  property: cadastralNumberSchema,
  encumbrance: applicationIdSchema,
  titleDocument: documentHashSchema,
});
export type CededLine = z.output<typeof cededLine>;

/** Which encumbrance of EGKN a line is about. */
const named = {
  property: cadastralNumberSchema,
  /** Where EGKN had it from a platform: the id under which it was filed. */
  application: applicationIdSchema.optional(),
};

/** An encumbrance as EGKN has it. */
export const enteredLine = z.strictObject({
  ...named,
  kind: z.enum(['PLEDGE', 'REPLEDGE']),
  acceptance: acceptanceKey.omit({ application: true }),
  registeredAt: instantSchema,
  holder: binSchema,
  titleDocument: documentHashSchema,
  consentToRepledge: z.boolean(),
  /** What is pledged of the property; the whole unless told. */
  share: shareSchema.optional(),
});
export type EnteredLine = z.output<typeof enteredLine>;

/** Which encumbrance by EGKN's number, and what EGKN registered about it. */
const about = { ...named, acceptance: acceptanceKey.pick({ egknNumber: true }) };
const registration = z.strictObject({
  /** EGKN's own number of the registration. */
  egknNumber: acceptanceKey.shape.egknNumber,
  registeredAt: instantSchema,
  /** Where EGKN had it from a platform: the id under which it was filed. */
  application: applicationIdSchema.optional(),
});

/** A change of an encumbrance as EGKN has it: another holder, or other terms (PL-1). */
export const changedLine = z.discriminatedUnion('kind', [
  z.strictObject({
    ...about,
    kind: z.literal('CESSION'),
    change: registration,
    holder: binSchema,
    titleDocument: documentHashSchema,
  }),
  z.strictObject({
    ...about,
    kind: z.literal('AMENDMENT'),
    change: registration,
    titleDocument: documentHashSchema,
    consentToRepledge: z.boolean(),
  }),
]);
export type ChangedLine = z.output<typeof changedLine>;

/** The end of an encumbrance as EGKN has it (TR-3): what makes a pledge a past one (PL-15). */
export const endedLine = z.strictObject({
  ...about,
  kind: z.literal('TERMINATION'),
  termination: registration,
});
export type EndedLine = z.output<typeof endedLine>;

/** What an import brings: encumbrances, their changes, and their ends. */
export const importedLine = z.discriminatedUnion('kind', [enteredLine, changedLine, endedLine]);
export type ImportedLine = z.output<typeof importedLine>;

/** A part as it is signed: how many lines, and the hash of their canonical JSON. */
const part = z.strictObject({ lines: z.int().min(1).max(linesMax), hash: documentHashSchema });

const common = { batch: applicationIdSchema, parts: z.array(part).min(1).max(partsMax) };

/** A portfolio that one pledgee cedes to another (PL-1). */
const cession = z.strictObject({
  kind: z.literal('CESSION'),
  ...common,
  /** The platform on which it is filed. */
  platform: binSchema,
  from: binSchema,
  to: binSchema,
  payment: payment.omit({ reachedEgknAt: true }),
});

/** What EGKN registered elsewhere, as one extract of it says. */
const importation = z.strictObject({
  kind: z.literal('IMPORT'),
  ...common,
  extract: documentHashSchema,
});

export const batchContent = z.discriminatedUnion('kind', [cession, importation]);
export type BatchContent = z.output<typeof batchContent>;
export type Cession = z.output<typeof cession>;

/** Who signs a batch, and as what. */
export const batchSigner = z.enum(['CEDENT', 'PLEDGEE', 'REGISTRAR']);
export type BatchSigner = z.output<typeof batchSigner>;

const signature = {
  by: batchSigner,
  manifest: documentHashSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
  trustVersion: z.string(),
  /** Whose peer deposited it; none in what was opened before that was recorded. */
  depositor: mspIdSchema.optional(),
  /** Of the officer who decides. */
  mandate: applicationIdSchema.optional(),
};

/** Someone has signed exactly this content; nobody is named (the third shape of a transaction). */
export const batchVerdict = z.strictObject({
  verdict: z.literal('BATCH'),
  batch: applicationIdSchema,
  content: documentHashSchema,
  ...signature,
  depositor: mspIdSchema,
});
export type BatchVerdict = z.output<typeof batchVerdict>;

/** A batch that may be carried out, from the moment when the officer decided. */
export const openedBatch = z.strictObject({
  content: batchContent,
  /** The State Corporation's own BIN, which stands for a platform where there was none. */
  registrar: binSchema,
  /** The edition under which a cession was filed (RG-1). */
  edition: z.string().optional(),
  signatures: z.array(z.strictObject(signature)).min(1).max(3),
  decidedAt: instantSchema,
  /** Of a cession; none of one that was opened before that was recorded. */
  arrival: arrived.optional(),
  /** Whom a cession is told beside the platform, as it stood when it was opened (PL-14). */
  holders: z.array(holderTold).max(2).optional(),
});
export type OpenedBatch = z.output<typeof openedBatch>;

export const batchType = recordType({
  name: 'pledge.batch',
  version: 1,
  schema: openedBatch,
  keyOf: ({ content }: OpenedBatch) => [content.batch],
});

const lineNumber = z.int().min(1).max(linesMax);

/** What became of a part: the lines that it does not name were carried out. */
export const partOutcome = z.strictObject({
  ...partPlace.shape,
  lines: lineNumber,
  /** Lines that had their effect before: nothing changed. */
  already: z.array(lineNumber).max(linesMax),
  refused: z
    .array(z.strictObject({ line: lineNumber, codes: z.array(z.string()).min(1).max(10) }))
    .max(linesMax),
});
export type PartOutcome = z.output<typeof partOutcome>;

export const partOutcomeType = recordType({
  name: 'pledge.batch.part',
  version: 1,
  schema: partOutcome,
  keyOf: partKey,
});

/** Lines of either kind. */
export type Lines = readonly CededLine[] | readonly ImportedLine[];

/** The hash by which a signed content names the lines of a part. */
export function linesHash(lines: Lines): DocumentHash {
  return documentHashOf(canonicalJson(lines));
}

/** The hash of a content, which everybody who signs it signs. */
export function contentHash(content: BatchContent): DocumentHash {
  return documentHashOf(canonicalJson(content));
}

/** What the signers of a batch are shown, beside its id. */
export function batchFacts(content: BatchContent): NonNullable<Manifest['facts']> {
  const records = String(content.parts.reduce((sum, { lines }) => sum + lines, 0));
  const common = { kind: content.kind, content: contentHash(content), records };
  return content.kind === 'CESSION' ? { ...common, from: content.from, to: content.to } : common;
}
