import { expect } from 'chai';
import type {
  CommittedBlock,
  CommittedTransaction,
} from '../../../../../network/local/engine/channel.ts';
import { CommitWatch } from '../../../../../network/local/services/commit-watch.ts';

const committed = (txId: string): CommittedTransaction => ({
  txId,
  code: 0,
  blockNumber: 4n,
  index: 0,
});

function ledger(known: readonly CommittedTransaction[] = []) {
  let tell: (block: CommittedBlock) => void = () => {};
  return {
    transaction: (txId: string) => Promise.resolve(known.find((one) => one.txId === txId)),
    onBlock: (listener: (block: CommittedBlock) => void) => {
      tell = listener;
      return () => {};
    },
    commit: (txId: string) =>
      tell({ transactions: [committed(txId)] } as unknown as CommittedBlock),
  };
}

describe('commit watch', () => {
  it('answers at once for a transaction that is committed', async () => {
    const watch = new CommitWatch(ledger([committed('a')]));
    const status = await watch.status('a', new AbortController().signal);
    expect(status).to.eql(committed('a'));
  });

  it('waits for one that is not, and tells everyone who waits', async () => {
    const source = ledger();
    const watch = new CommitWatch(source);
    const waiting = [1, 2].map(() => watch.status('a', new AbortController().signal));
    source.commit('b');
    source.commit('a');
    expect(await Promise.all(waiting)).to.eql([committed('a'), committed('a')]);
  });

  it('lets go of a caller that has gone', async () => {
    const end = new AbortController();
    const waiting = new CommitWatch(ledger()).status('a', end.signal);
    end.abort();
    expect(await waiting).to.equal(undefined);
  });
});
