import { peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import {
  filteredBlockOf,
  transactionsOf,
} from '../../../../../network/local/services/block-content.ts';
import { blockOf } from './blocks.ts';

const conflict = peer.TxValidationCode.MVCC_READ_CONFLICT;

describe('content of a block', () => {
  const block = blockOf(7, [
    { txId: 'a', event: 'filed' },
    { txId: 'b', code: conflict },
  ]);

  it('is its transactions with their verdicts and events', () => {
    const [first, second] = transactionsOf(block);
    expect(first?.events.map((event) => event.getEventName())).to.eql(['filed']);
    expect([second?.txId, second?.code, second?.events]).to.eql(['b', conflict, []]);
  });

  it('loses the payload of events in a filtered block', () => {
    const filtered = filteredBlockOf(block);
    expect([filtered.getNumber(), filtered.getChannelId()]).to.eql([7, 'kepil']);
    const [first, second] = filtered.getFilteredTransactionsList();
    const [action] = first?.getTransactionActions()?.getChaincodeActionsList() ?? [];
    expect(action?.getChaincodeEvent()?.getEventName()).to.equal('filed');
    expect(action?.getChaincodeEvent()?.getPayload_asU8()).to.have.length(0);
    expect(second?.getTxValidationCode()).to.equal(conflict);
  });
});
