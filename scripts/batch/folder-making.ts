/** Writes a batch's folder: whole or not at all, and never over something else. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import { manifestBytes } from '../../chaincode/kernel/eds/manifest.ts';
import { PlainError } from '../plain-error.ts';
import type { Part } from './arranged.ts';
import { places, writeWhole } from './files.ts';
import { type BatchFolder, isBatchFolder, readFolder } from './folder.ts';
import { manifestFor, namesOfSigners } from './signers.ts';

/** Whether the batch was written now, or this very one was there. */
export type Made = { readonly folder: BatchFolder; readonly isNew: boolean };

/**
 * Writes the folder, unless the same batch is there already: the same lines under the same terms.
 * Its id and its texts to be signed then stay, for somebody may have signed them.
 */
export function madeFolder(folder: BatchFolder, parts: readonly Part[]): Made {
  const { place } = folder;
  if (isBatchFolder(place)) {
    const standing = readFolder(place);
    if (termsOf(standing) === termsOf(folder)) return { folder: standing, isNew: false };
    throw new PlainError(`${place} holds another batch, ${standing.content.batch}.`, {
      next: 'Name another folder with --out: what may have been signed is not written over.',
    });
  }
  if (!isFree(place)) {
    throw new PlainError(`${place} holds something else.`, { next: 'Name another --out.' });
  }
  write(folder, parts);
  return { folder, isNew: true };
}

/** All by which two batches are told apart, but for the id that each is given. */
function termsOf({ channel, content }: BatchFolder): string {
  return canonicalJson({ channel, content: { ...content, batch: '' } });
}

function isFree(place: string): boolean {
  if (!existsSync(place)) return true;
  return statSync(place).isDirectory() && readdirSync(place).length === 0;
}

/** The folder gets its name last, so that one that was cut short is never taken for a batch. */
function write({ place, channel, content }: BatchFolder, parts: readonly Part[]): void {
  const making = `${path.resolve(place)}.${randomUUID()}`;
  try {
    for (const [index, { lines, of }] of parts.entries()) {
      writeWhole(places.part(making, index + 1), canonicalJson({ lines: [...lines], of }));
    }
    for (const name of namesOfSigners(content)) {
      const bytes = manifestBytes(manifestFor(content, name, channel));
      writeWhole(places.manifest(making, name), bytes);
    }
    writeWhole(places.batch(making), canonicalJson({ version: 1, channel, content }));
    renameSync(making, place);
  } catch (cause) {
    rmSync(making, { recursive: true, force: true });
    throw new PlainError(`${place} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
