/** Folders that are there whole or not at all, whatever kills the process that writes them. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ifThere, isThere } from '../presence.ts';

/** A folder's files by their path in it. Only their owner reads them: there are keys among them. */
export type Files = Readonly<Record<string, string>>;

/**
 * Writes the folder unless it is there. It is made beside its place and then renamed, so that a
 * half-written one is never taken for whole, and of two processes the first one wins.
 */
export async function ensureFolder(folder: string, make: () => Files): Promise<void> {
  if (await isThere(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const draft = join(dirname(folder), `${draftPrefixOf(folder)}${randomBytes(4).toString('hex')}`);
  try {
    for (const [path, text] of Object.entries(make())) {
      await mkdir(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
      await writeFile(join(draft, path), text, { mode: 0o600, flush: true });
    }
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await isThere(folder))) throw error;
  }
}

/** Removes drafts that a killed process left beside a folder; ones under an hour may be in work. */
export async function removeDrafts(parent: string, now = Date.now()): Promise<void> {
  const names = (await isThere(parent)) ? await readdir(parent) : [];
  for (const name of names.filter((one) => one.startsWith('.draft-'))) {
    const path = join(parent, name);
    // One that is gone by now was renamed to its place.
    const found = await ifThere(stat(path));
    if (found !== undefined && now - found.mtimeMs > 3_600_000)
      await rm(path, { recursive: true, force: true });
  }
}

function draftPrefixOf(folder: string): string {
  return `.draft-${basename(folder)}-`;
}
