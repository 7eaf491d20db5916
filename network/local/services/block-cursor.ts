/** Walks a ledger's blocks from a given one on, and waits at its end for the next. */
import type { common } from '@hyperledger/fabric-protos';

/** The part of a channel that delivers blocks. */
export interface BlockSource {
  /** Number of blocks: the number that the next one will have. */
  height(): bigint;
  block(number: bigint): Promise<common.Block | undefined>;
  /** Calls the listener after each block; returns what ends that. */
  onBlock(listener: () => void): () => void;
}

/**
 * The blocks from `start` on, one at a time and only when asked for, so that a slow reader holds
 * nothing in memory but the block it reads. Ends when the signal aborts.
 */
export async function* blocksFrom(
  source: BlockSource,
  start: bigint,
  signal: AbortSignal,
): AsyncGenerator<common.Block> {
  for (let number = start; !signal.aborted; number++) {
    if (number >= source.height()) await reached(source, number, signal);
    if (signal.aborted) return;
    const block = await source.block(number);
    if (block === undefined) throw new Error(`block ${number} is below the height and missing`);
    yield block;
  }
}

function reached(source: BlockSource, number: bigint, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = source.onBlock(() => {
      if (source.height() > number) done();
    });
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted || source.height() > number) done();
  });
}
