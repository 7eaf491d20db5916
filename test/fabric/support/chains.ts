/** Compares the chains of blocks that peers hold: a fork is two blocks of one number. */
import type { common } from '@hyperledger/fabric-protos';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';

/** Which number a connection's peer has, and how many blocks the compared chains have. */
export type Comparison = {
  /** Blocks that every peer holds. */
  readonly blocks: number;
  /** Numbers at which two peers hold different blocks, or judge a transaction differently. */
  readonly forks: readonly number[];
};

/** Place of the validation codes among a block's metadata. */
const transactionsFilter = 2;

/** Compares the blocks `0` to `last` of every peer that a connection leads to. */
export async function compareChains(
  connections: readonly LedgerConnection[],
  last: number,
): Promise<Comparison> {
  const chains = await Promise.all(connections.map(async (one) => chainOf(one, last)));
  const [first = [], ...others] = chains;
  const forks = first.flatMap((block, number) =>
    others.every((chain) => chain[number] === block) ? [] : [number],
  );
  return { blocks: first.length, forks };
}

async function chainOf(connection: LedgerConnection, last: number): Promise<readonly string[]> {
  const blocks = await connection.openBlocks(0n);
  const chain: string[] = [];
  try {
    for await (const block of blocks) {
      chain.push(fingerprint(block));
      if (chain.length > last) break;
    }
  } finally {
    blocks.close();
  }
  return chain;
}

/** The header names the block before and the data; the peer itself adds what is valid of it. */
function fingerprint(block: common.Block): string {
  const header = block.getHeader()?.serializeBinary() ?? new Uint8Array();
  const codes = block.getMetadata()?.getMetadataList_asU8()[transactionsFilter];
  return `${Buffer.from(header).toString('hex')} ${Buffer.from(codes ?? []).toString('hex')}`;
}
