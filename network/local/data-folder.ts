/**
 * The folder that a local network lives in: its keys, its ledger, and what it was made for.
 *
 * Keys and ledger are each safe against a kill at any moment, so a half-made folder is completed by
 * starting again. What cannot be completed is explained and left as it is.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Topology } from '../topology.ts';
import { StartError } from './start-error.ts';

const markSchema = z.object({
  format: z.literal(1),
  channel: z.string(),
  organisations: z.array(z.object({ name: z.string(), mspId: z.string(), domain: z.string() })),
});

type Mark = z.output<typeof markSchema>;

/** All that the network writes in its folder: nothing else is ever removed. */
const ours = ['network.json', 'crypto', 'ledger', 'chaincode', 'info.json'];
const passing = ['lock.json'];

/** Where things lie in a data folder. */
export type DataFolder = {
  readonly dir: string;
  readonly crypto: string;
  readonly ledger: string;
  /** Logs of the chaincode programs that the network runs. */
  readonly chaincode: string;
  /** What `kepil network info` reads. */
  readonly info: string;
};

/** Names the parts of a folder without touching it. */
export function dataFolderAt(dir: string): DataFolder {
  return {
    dir,
    crypto: join(dir, 'crypto'),
    ledger: join(dir, 'ledger'),
    chaincode: join(dir, 'chaincode'),
    info: join(dir, 'info.json'),
  };
}

/** Makes the folder if need be, so that it can be locked; refuses one that is not ours. */
export function openDataFolder(dir: string): DataFolder {
  mkdirSync(dir, { recursive: true });
  const known = [...ours, ...passing];
  const foreign = readdirSync(dir).filter(
    (name) => !known.some((one) => name === one || name.startsWith(`${one}.`)),
  );
  const isOurs = existsSync(join(dir, 'network.json')) || existsSync(join(dir, 'crypto'));
  if (foreign.length > 0 && !isOurs) {
    throw new StartError(
      `${dir} holds other things (${foreign.slice(0, 3).join(', ')}), and no local network.`,
      'Name an empty folder, or one that does not exist yet, with --dir.',
    );
  }
  return dataFolderAt(dir);
}

/** Removes the network's own files and nothing else. */
export function emptyDataFolder({ dir }: DataFolder): void {
  for (const name of ours) rmSync(join(dir, name), { recursive: true, force: true });
}

/**
 * Checks that the folder was made for this topology, or begins it.
 *
 * The returned function marks the folder as whole: called when keys and ledger are there.
 */
export function claimDataFolder(folder: DataFolder, topology: Topology): () => Promise<void> {
  const path = join(folder.dir, 'network.json');
  const wanted = markOf(topology);
  const hasKeys = existsSync(folder.crypto);
  if (existsSync(folder.ledger) && !hasKeys) throw keysGone(folder.dir);
  if (!existsSync(path)) return () => writeMark(path, wanted);
  const found = readMark(path, folder.dir);
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw otherNetwork(folder.dir, found);
  return () => Promise.resolve();
}

function markOf({ channel, organisations }: Topology): Mark {
  return {
    format: 1,
    channel,
    organisations: organisations.map(({ name, mspId, domain }) => ({ name, mspId, domain })),
  };
}

function readMark(path: string, dir: string): Mark {
  try {
    return markSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new StartError(
      `${path} is not as the local network writes it, so ${dir} cannot be trusted.`,
      freshOrOther,
    );
  }
}

const freshOrOther =
  'Begin anew with --fresh, which loses what is in it, or name another folder with --dir.';

function keysGone(dir: string): StartError {
  return new StartError(
    `${dir} holds a ledger, but the keys of its organisations (crypto/) are gone.`,
    `Put them back, or: ${freshOrOther}`,
  );
}

function otherNetwork(dir: string, found: Mark): StartError {
  const names = found.organisations.map(({ mspId }) => mspId).join(', ');
  return new StartError(
    `${dir} holds the network of channel ${found.channel} with ${names}, which is another one.`,
    freshOrOther,
  );
}

async function writeMark(path: string, mark: Mark): Promise<void> {
  await writeWhole(path, JSON.stringify(mark, undefined, 2));
}

/** Writes a file so that it is there whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, `${text}\n`, { flush: true });
  renameSync(`${path}.new`, path);
}
