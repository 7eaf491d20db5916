/**
 * Backs a peer up and restores it. The peer stops for the copy: its databases are consistent only
 * then. What the copy holds of private data its organisation may hold alone, so it is as secret as
 * the peer itself; and purged data stays in it until it is deleted.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Layout } from '../layout.ts';
import type { Supervisor } from '../process/supervisor.ts';
import { ifThere, isThere } from '../../presence.ts';

/** What a backup says of itself. */
export type Manifest = {
  readonly host: string;
  readonly takenAt: string;
  /** SHA-256 of every file, by its path in the backup's `data`. */
  readonly files: Readonly<Record<string, string>>;
};

const manifestSchema = z.object({
  host: z.string(),
  takenAt: z.string(),
  files: z.record(z.string(), z.string()),
});

/** Copies a peer's data to a new folder; the peer is down meanwhile. */
export async function backUp(
  layout: Layout,
  supervisor: Supervisor,
  host: string,
  target: string,
  now = new Date(),
): Promise<Manifest> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new Error(`${target} is not empty`);
  const data = join(target, 'data');
  await supervisor.halt(host);
  try {
    await cp(join(layout.node(host), 'data'), data, {
      recursive: true,
      // Snapshots can be made again, and hold nothing that the rest does not.
      filter: (source) => relative(join(layout.node(host), 'data'), source) !== 'snapshots',
    });
  } finally {
    supervisor.resume(host);
  }
  const manifest = { host, takenAt: now.toISOString(), files: await hashesIn(data) };
  // Written last: a copy that was cut short has none, and is not restored.
  await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
  return manifest;
}

/**
 * Puts a backup in the place of a peer's data, which is put aside; the peer then catches up from
 * the orderers. Nothing is touched unless every file of the backup is as it was.
 */
export async function restore(
  layout: Layout,
  supervisor: Supervisor,
  host: string,
  source: string,
): Promise<Manifest> {
  const manifest = await readManifest(source);
  if (manifest.host !== host) {
    throw new Error(`the backup in ${source} is of ${manifest.host}, not of ${host}`);
  }
  const present = await hashesIn(join(source, 'data'));
  const changed = Object.entries(manifest.files).find(([path, hash]) => present[path] !== hash);
  if (changed !== undefined) throw new Error(`the backup is damaged: ${changed[0]}`);
  const data = join(layout.node(host), 'data');
  const draft = `${data}.restoring`;
  await rm(draft, { recursive: true, force: true });
  await cp(join(source, 'data'), draft, { recursive: true });
  await supervisor.halt(host);
  try {
    if (await isThere(data)) await rename(data, `${data}.before-${Date.now()}`);
    await rename(draft, data);
  } finally {
    supervisor.resume(host);
  }
  return manifest;
}

async function readManifest(source: string): Promise<Manifest> {
  const text = await ifThere(readFile(join(source, 'manifest.json'), 'utf8'));
  if (text === undefined) throw new Error(`${source} holds no finished backup`);
  return manifestSchema.parse(JSON.parse(text));
}

async function hashesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const hashes: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    hashes[relative(folder, file)] = hash.digest('hex');
  }
  return hashes;
}
