/**
 * Proves that every peer holds the same ledger: snapshots at one height have equal hashes. Where
 * the ledger goes on meanwhile, the peers are asked anew until they meet at one block.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crypto } from '../../identity/folder.ts';
import { removeSnapshot, type Snapshot, takeSnapshot } from '../channel/snapshot.ts';
import type { Layout } from '../layout.ts';
import type { Programs } from '../programs.ts';

/** What the peers' snapshots say. */
export type Verification = {
  /** Whether all peers hold the same ledger at the block. */
  readonly equal: boolean;
  readonly lastBlock: number;
  readonly peers: readonly { readonly name: string; readonly hash: string }[];
};

/** How often peers that are at different blocks are asked again. */
const triesMax = 10;
const pauseMs = 1000;

/** Compares snapshots of every peer of the layout. */
export async function verify(
  layout: Layout,
  programs: Programs,
  crypto: Crypto,
  channel: string,
): Promise<Verification> {
  const made: Snapshot[] = [];
  const byPeer = new Map<string, Map<number, string>>();
  try {
    for (let tries = 0; tries < triesMax; tries += 1) {
      await Promise.all(
        crypto.organisations.flatMap((organisation) =>
          organisation.peers.map(async (peer) => {
            const taken = await takeSnapshot(layout, programs, organisation, peer, channel);
            made.push(taken);
            const hashes = byPeer.get(peer.node.host) ?? new Map<number, string>();
            byPeer.set(peer.node.host, hashes.set(taken.lastBlock, taken.hash));
          }),
        ),
      );
      const found = commonBlock(byPeer);
      if (found !== undefined) return found;
      await sleep(pauseMs);
    }
  } finally {
    await Promise.all(made.map(removeSnapshot));
  }
  throw new Error(`the peers did not meet at one block in ${triesMax} tries`);
}

/** The highest block of which every peer has a snapshot. */
export function commonBlock(
  byPeer: ReadonlyMap<string, ReadonlyMap<number, string>>,
): Verification | undefined {
  const [first, ...others] = [...byPeer.values()];
  const blocks = [...(first?.keys() ?? [])].sort((one, other) => other - one);
  const lastBlock = blocks.find((block) => others.every((hashes) => hashes.has(block)));
  if (lastBlock === undefined) return undefined;
  const peers = [...byPeer].map(([name, hashes]) => ({ name, hash: hashes.get(lastBlock) ?? '' }));
  return { equal: new Set(peers.map(({ hash }) => hash)).size === 1, lastBlock, peers };
}
