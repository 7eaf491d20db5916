/**
 * Snapshots of a peer's ledger: public state, hashes of private data, transaction ids. Equal
 * hashes at one height say that two peers hold the same ledger.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Layout } from '../layout.ts';
import { flags } from '../process/flags.ts';
import { ProgramError } from '../process/run-program.ts';
import type { Programs } from '../programs.ts';
import { peerAdmin } from './peer-command.ts';
import { ifThere } from '../../presence.ts';

/** A finished snapshot. */
export type Snapshot = {
  readonly folder: string;
  /** Number of the last block in it. */
  readonly lastBlock: number;
  readonly hash: string;
};

const timeoutMs = 120_000;
const pauseMs = 200;

/** Has a peer make a snapshot at the block that it has now, and waits for it. */
export async function takeSnapshot(
  layout: Layout,
  programs: Programs,
  organisation: OrganisationCrypto,
  peer: NodeCrypto,
  channel: string,
): Promise<Snapshot> {
  const { node, tlsDir } = peer;
  const folder = join(layout.node(node.host), 'data', 'snapshots', 'completed', channel);
  const before = await numbersIn(folder);
  try {
    await peerAdmin(layout, programs, organisation, peer).run(
      'asking for a snapshot',
      'snapshot',
      'submitrequest',
      ...flags({
        channelID: channel,
        blockNumber: 0,
        peerAddress: `${layout.address(node)}:${node.port}`,
        tlsRootCertFile: join(tlsDir, 'ca.crt'),
      }),
    );
  } catch (error) {
    // An idle channel has the same last block as when the last snapshot was made.
    const newest = before.at(-1);
    if (!(error instanceof ProgramError) || newest === undefined) throw error;
    if (!/already/.test(error.message)) throw error;
    return readSnapshot(join(folder, String(newest)));
  }
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    const made = (await numbersIn(folder)).find((number) => !before.includes(number));
    if (made !== undefined) return readSnapshot(join(folder, String(made)));
    await sleep(pauseMs);
  }
  throw new Error(`${node.host} did not finish its snapshot in ${timeoutMs / 1000} s`);
}

/** Removes a snapshot that has served. */
export async function removeSnapshot({ folder }: Snapshot): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Reads what a snapshot says of itself. */
export async function readSnapshot(folder: string): Promise<Snapshot> {
  const [own, more] = await Promise.all(
    ['_snapshot_signable_metadata.json', '_snapshot_additional_metadata.json'].map(async (name) =>
      readFile(join(folder, name), 'utf8'),
    ),
  );
  const { last_block_number: lastBlock } = JSON.parse(own ?? '') as {
    readonly last_block_number: number;
  };
  const { snapshot_hash: hash } = JSON.parse(more ?? '') as { readonly snapshot_hash: string };
  return { folder, lastBlock, hash };
}

/** Block numbers of the snapshots that are finished, in order. */
async function numbersIn(folder: string): Promise<readonly number[]> {
  const names = (await ifThere(readdir(folder))) ?? [];
  return names.map(Number).sort((one, other) => one - other);
}
