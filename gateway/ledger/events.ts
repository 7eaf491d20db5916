/**
 * Reads the chaincode's events in order, from where the reader was, through restarts of the peer.
 *
 * The Fabric client's stream ends when the peer does and says no more. Its own checkpoints leave it
 * to the peer to skip what was seen, and a peer that never meets the named transaction skips for
 * ever; so the block is asked for again, and what was seen of it is skipped here.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaincodeEvent, CloseableAsyncIterable } from '@hyperledger/fabric-gateway';

/**
 * The last event that was dealt with. Store it in the same step as the event's effect: then each
 * effect happens once, though an event may be read twice.
 */
export type EventPosition = { readonly blockNumber: bigint; readonly transactionId: string };

/** What opens a stream of events from a block on: `LedgerConnection` does. */
export interface EventSource {
  openEvents(startBlock: bigint): Promise<CloseableAsyncIterable<ChaincodeEvent>>;
}

export type ReadOptions = {
  /** Where to go on; from the first block if there is none. */
  readonly after?: EventPosition | undefined;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Deals with one event and stores its position; reading stops with what it throws. */
  readonly handle: (event: ChaincodeEvent) => Promise<void>;
  /** Told of each break, for logs and metrics. */
  readonly onBreak?: (error: unknown, breaks: number) => void;
};

const firstWaitMs = 100;
const longestWaitMs = 5000;

/** Reads until the signal says stop; opens the stream again, from where it was, after each break. */
export async function readEvents(source: EventSource, options: ReadOptions): Promise<void> {
  const { signal, onBreak } = options;
  const cursor = new Cursor(options.after);
  for (let breaks = 0; !signal.aborted;) {
    const seenBefore = cursor.seen;
    const problem = await readStream(source, cursor, options);
    if (signal.aborted) return;
    breaks = cursor.seen > seenBefore ? 1 : breaks + 1;
    onBreak?.(problem, breaks);
    const waitMs = Math.min(firstWaitMs * 2 ** (breaks - 1), longestWaitMs);
    // An aborted wait ends the loop by its condition.
    await sleep(waitMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** Reads one stream to its end; gives what broke it. What the handler throws goes to the caller. */
async function readStream(
  source: EventSource,
  cursor: Cursor,
  { signal, handle }: ReadOptions,
): Promise<unknown> {
  let events: CloseableAsyncIterable<ChaincodeEvent>;
  try {
    events = await source.openEvents(cursor.begin());
  } catch (error) {
    return error;
  }
  const close = () => events.close();
  signal.addEventListener('abort', close);
  try {
    const iterator = events[Symbol.asyncIterator]();
    for (;;) {
      // Only the stream's own errors are breaks; hence no `for await` around the handler.
      const step = await iterator.next().catch((error: unknown) => ({ error }));
      if ('error' in step) return step.error;
      if (step.done || signal.aborted) return new Error('the peer ended the stream of events');
      if (cursor.isSeen(step.value)) continue;
      await handle(step.value);
      cursor.advance(step.value);
    }
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Where the reader is. */
class Cursor {
  #position: EventPosition | undefined;
  /** Whether the position's event has yet to go by on a stream that began with its block. */
  #isBehind = false;
  seen = 0;

  constructor(position: EventPosition | undefined) {
    this.#position = position;
  }

  /** The block to open the stream with: that of the position, since more of it may be to come. */
  begin(): bigint {
    this.#isBehind = this.#position !== undefined;
    return this.#position?.blockNumber ?? 0n;
  }

  /** Whether an event was dealt with before. */
  isSeen({ blockNumber, transactionId }: ChaincodeEvent): boolean {
    if (!this.#isBehind) return false;
    const isSameBlock = blockNumber === this.#position?.blockNumber;
    if (!isSameBlock || transactionId === this.#position?.transactionId) this.#isBehind = false;
    return isSameBlock;
  }

  advance({ blockNumber, transactionId }: ChaincodeEvent): void {
    this.#position = { blockNumber, transactionId };
    this.seen += 1;
  }
}
