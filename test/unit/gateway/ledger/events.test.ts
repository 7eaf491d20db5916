import { expect } from 'chai';
import type { ChaincodeEvent, CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import {
  type EventPosition,
  type EventSource,
  readEvents,
} from '../../../../gateway/ledger/events.ts';

function event(blockNumber: number, transactionId: string): ChaincodeEvent {
  return {
    blockNumber: BigInt(blockNumber),
    transactionId,
    chaincodeName: 'kepil',
    eventName: 'decided',
    payload: new Uint8Array(),
  };
}

const ledger = [event(1, 'a'), event(3, 'b'), event(3, 'c'), event(3, 'd'), event(4, 'e')];

/** A peer whose streams break after so many events each, and then end. */
function breakingPeer(breaks: readonly number[]): EventSource & { readonly opened: bigint[] } {
  const opened: bigint[] = [];
  const plan = [...breaks];
  return {
    opened,
    openEvents: (startBlock) => {
      opened.push(startBlock);
      const events = ledger.filter(({ blockNumber }) => blockNumber >= startBlock);
      return Promise.resolve(streamOf(events, plan.shift() ?? events.length));
    },
  };
}

function streamOf(
  events: readonly ChaincodeEvent[],
  count: number,
): CloseableAsyncIterable<ChaincodeEvent> {
  async function* stream() {
    yield* events.slice(0, count);
    await Promise.resolve();
    throw new Error('14 UNAVAILABLE: the peer is gone');
  }
  return { [Symbol.asyncIterator]: stream, close: () => undefined } as never;
}

/** Reads until the last event of the ledger was handled. */
async function read(source: EventSource, after?: EventPosition): Promise<string[]> {
  const end = new AbortController();
  const handled: string[] = [];
  await readEvents(source, {
    after,
    signal: end.signal,
    handle: ({ transactionId }) => {
      handled.push(transactionId);
      if (transactionId === 'e') end.abort();
      return Promise.resolve();
    },
  });
  return handled;
}

describe('reading events', () => {
  it('begins with the first block where nothing was read before', async () => {
    const peer = breakingPeer([]);
    expect(await read(peer)).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    expect(peer.opened).to.deep.equal([0n]);
  });

  it('goes on behind the event that was dealt with last, in the middle of its block', async () => {
    const peer = breakingPeer([]);
    expect(await read(peer, { blockNumber: 3n, transactionId: 'b' })).to.deep.equal([
      'c',
      'd',
      'e',
    ]);
    expect(peer.opened).to.deep.equal([3n]);
  });

  it('loses and doubles nothing when the stream breaks', async () => {
    const peer = breakingPeer([3, 2]);
    expect(await read(peer)).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    expect(peer.opened).to.deep.equal([0n, 3n, 3n]);
  });

  it('tells of each break', async () => {
    const end = new AbortController();
    const breaks: number[] = [];
    await readEvents(breakingPeer([0, 0]), {
      signal: end.signal,
      handle: () => Promise.resolve(end.abort()),
      onBreak: (_, count) => breaks.push(count),
    });
    expect(breaks).to.deep.equal([1, 2]);
  });

  it('goes on when the peer cannot be reached for a while', async () => {
    const peer = breakingPeer([]);
    let attempts = 0;
    const openEvents = (startBlock: bigint) => {
      attempts += 1;
      return attempts < 3
        ? Promise.reject(new Error('no connection'))
        : peer.openEvents(startBlock);
    };
    expect(await read({ openEvents })).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
  });

  it('stops with what its handler throws, the event not counted as dealt with', async () => {
    const failure = await readEvents(breakingPeer([]), {
      signal: new AbortController().signal,
      handle: () => Promise.reject(new Error('the store is full')),
    }).catch((error: Error) => error.message);
    expect(failure).to.equal('the store is full');
  });
});
