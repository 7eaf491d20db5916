import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import type { Channel, CommittedBlock } from '../../../../../network/local/engine/channel.ts';
import { OrderError } from '../../../../../network/local/engine/refusal.ts';
import { Ordering } from '../../../../../network/local/services/ordering.ts';
import { envelopeOf } from './blocks.ts';

const orderers = ['A', 'B', 'C', 'D'].map((mspId) => ({ mspId, address: `${mspId}:7050` }));

function channel(order: () => Promise<void> = () => Promise.resolve()) {
  let tell: (block: CommittedBlock) => void = () => {};
  const fake = {
    name: 'kepil',
    order,
    onBlock: (listener: (block: CommittedBlock) => void) => {
      tell = listener;
      return () => {};
    },
  };
  return {
    channel: fake as unknown as Channel,
    commit: (txId: string) => tell({ transactions: [{ txId }] } as unknown as CommittedBlock),
  };
}

describe('ordering', () => {
  it('needs three of four orderers, and five of seven', () => {
    expect(new Ordering(channel().channel, orderers).quorum).to.equal(3);
    expect(new Ordering(channel().channel, [...orderers, ...orderers.slice(0, 3)]).quorum).to.equal(
      5,
    );
  });

  it('takes an envelope, and knows it again in the pool and after its block', async () => {
    const ledger = channel();
    const ordering = new Ordering(ledger.channel, orderers);
    const envelope = envelopeOf({ txId: 'a' });
    expect(await ordering.broadcast(envelope)).to.eql({ status: 200, info: '' });
    expect(await ordering.broadcast(envelope)).to.eql({
      status: common.Status.SERVICE_UNAVAILABLE,
      info: 'failed to submit request: request already exists',
    });
    ledger.commit('a');
    expect((await ordering.broadcast(envelope)).info).to.equal(
      'failed to submit request: request already processed',
    );
  });

  it('forgets what the orderers refuse, and passes their status on', async () => {
    const refusing = () => Promise.reject(new OrderError('too young', 'FORBIDDEN'));
    const ordering = new Ordering(channel(refusing).channel, orderers);
    const refused = { status: common.Status.FORBIDDEN, info: 'too young' };
    expect(await ordering.broadcast(envelopeOf({ txId: 'a' }))).to.eql(refused);
    expect(await ordering.broadcast(envelopeOf({ txId: 'a' }))).to.eql(refused);
  });

  it('does not know what it cannot read', async () => {
    const ordering = new Ordering(channel().channel, orderers);
    expect(await ordering.broadcast(new common.Envelope())).to.eql({
      status: common.Status.BAD_REQUEST,
      info: 'could not determine channel ID',
    });
  });
});
