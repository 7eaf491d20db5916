/** The files of a batch's folder: where each lies, and how it is read and written. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { PlainError } from '../plain-error.ts';
import type { SignerName } from './signers.ts';

/** Where things lie in a folder. */
export const places = {
  batch: (place: string) => path.join(place, 'batch.json'),
  part: (place: string, part: number) =>
    path.join(place, 'parts', `${String(part).padStart(3, '0')}.json`),
  manifest: (place: string, name: SignerName) => path.join(place, 'manifests', `${name}.json`),
  verdict: (place: string, name: SignerName) => path.join(place, 'verdicts', `${name}.json`),
  arrival: (place: string) => path.join(place, 'arrival.json'),
  outcomes: (place: string) => path.join(place, 'outcomes.jsonl'),
};

/** Longest file that is read: a part of the most and the longest lines has some 300 KB. */
export const fileBytesMax = 1 << 20;

/** The bytes of a file of the folder; a longer one than we write is not even read. */
export function boundedBytes(file: string): Uint8Array {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new PlainError(`The batch lacks its file ${file}.`);
  if (size > fileBytesMax) throw new PlainError(`${file} is longer than any file of a batch.`);
  return new Uint8Array(readFileSync(file));
}

/** Reads a file of the folder with its schema. */
export function parsedFile<T>(file: string, schema: z.ZodType<T>): T {
  const text = Buffer.from(boundedBytes(file)).toString('utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new PlainError(`${file} is not what kepil batch wrote.`, { cause });
  }
}

/** Writes a file whole or not at all: a run may be killed while it writes. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const making = `${file}.${randomUUID()}`;
  writeFileSync(making, content);
  renameSync(making, file);
}
