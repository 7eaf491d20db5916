import { expect } from 'chai';
import type {
  CommittedTransaction,
  Endorsement,
} from '../../../../../network/local/engine/channel.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const alpha = { org: 'AlphaMSP' };

describe('transactions that were simulated over the same state', () => {
  let ledger: UnitLedger;

  /** Endorses all calls first and commits them in this order. */
  const race = async (calls: readonly (readonly [string, object])[]) => {
    const proposals = calls.map(([name, argument]) =>
      ledger.propose('notes', name, argument, alpha),
    );
    const endorsed: (readonly Endorsement[])[] = [];
    for (const proposal of proposals) endorsed.push(await ledger.endorse(proposal, alpha));
    const codes: CommittedTransaction[] = [];
    for (const [index, proposal] of proposals.entries()) {
      codes.push(await ledger.commit(proposal, endorsed[index] ?? []));
    }
    return codes.map(({ code }) => code);
  };
  const put = (key: string) => ledger.submit('notes', 'put', { key, value: '1' }, alpha);

  beforeEach(async () => {
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
  });

  afterEach(() => ledger.close());

  it('conflict where one read what another wrote (MVCC_READ_CONFLICT)', async () => {
    const append = ['append', { key: 'a', value: 'x' }] as const;
    expect(await race([append, append])).to.deep.equal([0, 11]);
    expect(ledger.state('a')).to.equal('x');
  });

  it('do not conflict by blind writes', async () => {
    const calls = ['1', '2'].map((value) => ['put', { key: 'a', value }] as const);
    expect(await race(calls)).to.deep.equal([0, 0]);
    expect(ledger.state('a')).to.equal('2');
  });

  it('conflict where a row came into a range (PHANTOM_READ_CONFLICT)', async () => {
    await put('b');
    const list = ['list', { start: 'a', end: 'z', write: 'count' }] as const;
    expect(await race([['put', { key: 'm', value: '1' }], list])).to.deep.equal([0, 12]);
    expect(await race([['put', { key: 'zz', value: '1' }], list])).to.deep.equal([0, 0]);
  });

  it('conflict where a row of a long range changed, told by its tree of hashes', async () => {
    await ledger.submit('notes', 'fill', { count: 120 }, alpha);
    const list = ['list', { start: 'a', end: 'l', write: 'x' }] as const;
    expect(await race([list])).to.deep.equal([0]);
    expect(await race([['delete', { key: 'k077' }], list])).to.deep.equal([0, 12]);
  });

  it('have each id once (DUPLICATE_TXID), and the first one keeps its place', async () => {
    const proposal = ledger.propose('notes', 'put', { key: 'a', value: '1' }, alpha);
    const endorsements = await ledger.endorse(proposal, alpha);
    const first = await ledger.commit(proposal, endorsements);
    const second = await ledger.commit(proposal, endorsements);
    expect([first.code, second.code]).to.deep.equal([0, 9]);
    expect(await ledger.channel.transaction(proposal.txId)).to.deep.equal(first);
    const again = await ledger.endorse(proposal, alpha);
    expect(again[0]?.response.getResponse()?.getMessage()).to.match(
      /^duplicate transaction found \[\w{64}\]\. Creator \[\w+\]$/,
    );
  });
});
