import type { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { numberOf } from '../../../../../network/local/services/block-content.ts';
import { blocksFrom } from '../../../../../network/local/services/block-cursor.ts';
import { blockOf } from './blocks.ts';

class GrowingLedger {
  readonly blocks: common.Block[] = [];
  readonly listeners = new Set<() => void>();

  height(): bigint {
    return BigInt(this.blocks.length);
  }

  block(number: bigint): Promise<common.Block | undefined> {
    return Promise.resolve(this.blocks[Number(number)]);
  }

  onBlock(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  grow(): void {
    this.blocks.push(blockOf(this.blocks.length, []));
    for (const listener of Array.from(this.listeners)) listener();
  }
}

describe('block cursor', () => {
  it('gives what is there, then waits for what comes, in order and without gaps', async () => {
    const ledger = new GrowingLedger();
    for (let i = 0; i < 3; i++) ledger.grow();
    const end = new AbortController();
    const seen: number[] = [];
    for await (const block of blocksFrom(ledger, 1n, end.signal)) {
      seen.push(numberOf(block));
      if (seen.length === 2) setTimeout(() => ledger.grow(), 1);
      if (seen.length === 3) break;
    }
    expect(seen).to.eql([1, 2, 3]);
    expect(ledger.listeners.size).to.equal(0);
  });

  it('ends when its reader goes away, and leaves no listener behind', async () => {
    const ledger = new GrowingLedger();
    const end = new AbortController();
    setTimeout(() => end.abort(), 1);
    const seen: number[] = [];
    for await (const block of blocksFrom(ledger, 5n, end.signal)) seen.push(numberOf(block));
    expect(seen).to.eql([]);
    expect(ledger.listeners.size).to.equal(0);
  });
});
