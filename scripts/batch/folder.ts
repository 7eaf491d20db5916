/**
 * A batch as a folder, which goes from signer to signer: its content, its parts, the texts to be
 * signed, and the verdicts on the signatures. The signatures themselves name people and stay out.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import { type Arrival, arrival } from '../../chaincode/pledges/portfolio/arrival.ts';
import {
  type BatchContent,
  batchContent,
  type BatchVerdict,
  batchVerdict,
  cededLine,
  contentHash,
  importedLine,
  type Lines,
  linesHash,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { linesMax } from '../../chaincode/pledges/portfolio/part.ts';
import { PlainError } from '../plain-error.ts';
import type { Part } from './arranged.ts';
import { type BatchLine, batchLinesMax } from './checked-lines.ts';
import { boundedBytes, parsedFile, places, writeWhole } from './files.ts';
import type { SignerName } from './signers.ts';
import { wrongBatchCall } from './wrong-call.ts';

/** What a batch is, and the channel on which its signatures are to count. */
const batchFile = z.strictObject({
  version: z.literal(1),
  channel: z.string().max(249),
  content: batchContent,
});

/** The batch that a folder holds. */
export type BatchFolder = {
  readonly place: string;
  readonly channel: string;
  readonly content: BatchContent;
};

/** Whether a place holds a batch. */
export function isBatchFolder(place: string): boolean {
  return existsSync(places.batch(place));
}

/** Reads what a folder's batch is. */
export function readFolder(place: string): BatchFolder {
  if (!isBatchFolder(place)) {
    throw wrongBatchCall(`${place} holds no batch: kepil batch make writes one.`);
  }
  const { channel, content } = parsedFile(places.batch(place), batchFile);
  return { place, channel, content };
}

/** Reads the parts; lines that are not the ones of the content were altered, and are not sent. */
export function readParts({ place, content }: BatchFolder): readonly Part[] {
  const line: z.ZodType<BatchLine> = content.kind === 'CESSION' ? cededLine : importedLine;
  const schema = z.strictObject({
    lines: z.array(line).min(1).max(linesMax),
    of: z.array(z.int().min(1).max(batchLinesMax)).min(1).max(linesMax),
  });
  return content.parts.map(({ hash }, index) => {
    const file = places.part(place, index + 1);
    const part = parsedFile(file, schema);
    if (linesHash(part.lines as Lines) !== hash || part.of.length !== part.lines.length) {
      throw new PlainError(`${file} is not the part that was made: it was changed.`, {
        next: 'Take the folder from a copy, or make the batch anew and have it signed anew.',
      });
    }
    return part;
  });
}

/** The exact bytes that a signer signs. */
export function readManifest({ place }: BatchFolder, name: SignerName): Uint8Array {
  return boundedBytes(places.manifest(place, name));
}

/** The verdict on a signer's signature, if there is one; it is about this very content. */
export function readVerdict(
  { place, content }: BatchFolder,
  name: SignerName,
): BatchVerdict | undefined {
  const file = places.verdict(place, name);
  if (!existsSync(file)) return undefined;
  const verdict = parsedFile(file, batchVerdict);
  if (verdict.content === contentHash(content)) return verdict;
  throw new PlainError(`${file} is about another batch.`, { next: 'Remove it.' });
}

/** How EGKN took a cession, if that is told. */
export function readArrival({ place }: BatchFolder): Arrival | undefined {
  const file = places.arrival(place);
  return existsSync(file) ? parsedFile(file, arrival) : undefined;
}

/** Keeps a verdict: it says that somebody signed, and names nobody. */
export function writeVerdict(
  { place }: BatchFolder,
  name: SignerName,
  verdict: BatchVerdict,
): void {
  writeWhole(places.verdict(place, name), canonicalJson(verdict));
}
