/** `kepil batch make`: a file of lines becomes a batch that can be signed, or a list of all faults. */
import { randomUUID } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { documentHashOf } from '../../chaincode/kernel/document-hash.ts';
import { parsed } from '../../chaincode/kernel/from-zod.ts';
import { refusalsOf } from '../../chaincode/kernel/outcome.ts';
import type { Language } from '../../chaincode/kernel/refusal.ts';
import {
  type BatchContent,
  batchContent,
  cededLine,
  importedLine,
  type Lines,
  linesHash,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { partsMax } from '../../chaincode/pledges/portfolio/part.ts';
import { print } from '../command-line.ts';
import { readInfo } from '../network-info.ts';
import { exitCodes } from '../plain-error.ts';
import { arranged, type Part } from './arranged.ts';
import { checkedLines } from './checked-lines.ts';
import { FaultList, faultsData, faultsText } from './faults.ts';
import { type FileLine, linesOf } from './file-lines.ts';
import { places } from './files.ts';
import { type Made, madeFolder } from './folder-making.ts';
import { nextStep } from './next-step.ts';
import { saying } from './progress.ts';
import { refuse } from './refusals.ts';
import { namesOfSigners } from './signers.ts';
import { sentence } from './words.ts';
import { wrongBatchCall } from './wrong-call.ts';

/** What both kinds are made with. */
export type MakeOptions = {
  readonly out: string;
  readonly linesPerPart: number;
  readonly channel?: string;
  readonly network: string;
  readonly lang: Language;
  readonly json?: boolean;
};

export type CessionOptions = MakeOptions & {
  readonly from: string;
  readonly to: string;
  readonly platform: string;
  readonly payment: string;
  readonly paidAt: string;
};

export type ImportOptions = MakeOptions & { readonly extract: string };

/** Makes a cession of the pledges that the lines name. */
export async function makeCession(file: string, options: CessionOptions): Promise<void> {
  const { from, to, platform, payment, paidAt: confirmedAt } = options;
  const terms = { from, to, platform, payment: { evidence: hashOfText(payment), confirmedAt } };
  await make(file, { kind: 'CESSION', ...terms }, options);
}

/** Makes an import of the entries and terminations of EGKN that the lines hold. */
export async function makeImport(file: string, options: ImportOptions): Promise<void> {
  await make(file, { kind: 'IMPORT', extract: hashOfText(options.extract) }, options);
}

/** The terms of a batch as they were given; its lines come from the file. */
type Terms = { readonly kind: BatchContent['kind'] } & Readonly<Record<string, unknown>>;

async function make(file: string, terms: Terms, options: MakeOptions): Promise<void> {
  const { out, lang, json, network } = options;
  const channel = options.channel ?? readInfo(network).channel;
  const faults = new FaultList();
  const { content, parts } = await checked(file, terms, options, faults);
  if (faults.count > 0 || content === undefined) {
    print(json, faultsData(faults, lang), faultsText(faults, lang));
    process.exitCode = exitCodes.failed;
    return;
  }
  report(madeFolder({ place: out, channel, content }, parts), options);
}

/** The batch that terms and lines make, or all that is wrong with both at once. */
async function checked(
  file: string,
  terms: Terms,
  { linesPerPart, lang }: MakeOptions,
  faults: FaultList,
): Promise<{ readonly content?: BatchContent; readonly parts: readonly Part[] }> {
  // Terms are checked with a part in the place of those that the file may not give.
  const standIn = [{ lines: 1, hash: documentHashOf('') }];
  const header = parsed(batchContent, { ...terms, batch: randomUUID(), parts: standIn });
  faults.add(refusalsOf(header));
  const schema = terms.kind === 'CESSION' ? cededLine : importedLine;
  const lines = await checkedLines(aloud(linesOf(streamOf(file)), lang), schema, faults);
  const parts = arranged(lines, linesPerPart);
  if (parts.length > partsMax) {
    const params = { parts: String(parts.length), maximum: String(partsMax) };
    faults.add([refuse('PARTS_TOO_MANY', { params })]);
  }
  if (!header.ok) return { parts };
  const signed = parts.map(({ lines }) => ({
    lines: lines.length,
    hash: linesHash(lines as Lines),
  }));
  return { content: { ...header.value, parts: signed }, parts };
}

/** The same lines, told of while there are many. */
async function* aloud(
  lines: AsyncIterable<FileLine>,
  language: Language,
): AsyncGenerator<FileLine> {
  let count = 0;
  const progress = saying(() => sentence('READING', language, { count: String(count) }));
  try {
    for await (const line of lines) {
      count = line.number;
      yield line;
    }
  } finally {
    progress.stop();
  }
}

async function* streamOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw wrongBatchCall(`${file} cannot be read: ${(cause as Error).message}`, cause);
  }
}

/** A document's hash as it was given, or that of the file behind the `@`. */
function hashOfText(text: string): string {
  if (!text.startsWith('@')) return text;
  try {
    return documentHashOf(readFileSync(text.slice(1)));
  } catch (cause) {
    throw wrongBatchCall(`${text.slice(1)} cannot be read.`, cause);
  }
}

/** Says what was made, and what has to be signed by whom. */
function report({ folder, isNew }: Made, { lang, json }: MakeOptions): void {
  const { place, content, channel } = folder;
  const { batch, kind, parts } = content;
  const lines = parts.reduce((sum, part) => sum + part.lines, 0);
  const names = namesOfSigners(content);
  const toSign = Object.fromEntries(names.map((name) => [name, places.manifest(place, name)]));
  const params = { folder: place, batch, lines: String(lines), parts: String(parts.length) };
  const text = [
    sentence(isNew ? 'MADE' : 'MADE_BEFORE', lang, params),
    sentence('TO_SIGN', lang),
    ...Object.values(toSign).map((manifest) => `  ${manifest}`),
    nextStep(folder, lang),
  ].join('\n');
  const sizes = { lines, parts: parts.length };
  print(json, { ok: true, isNew, folder: place, batch, kind, channel, ...sizes, toSign }, text);
}
