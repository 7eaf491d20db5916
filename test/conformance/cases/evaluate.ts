import { expect } from 'chai';
import type { TransactionAnswer } from '../chaincode/step.ts';
import type { Subject } from '../client.ts';
import { refusalOf } from '../refusal.ts';

/** A question to one peer: it answers from committed state and changes nothing. */
export function evaluateCases(subject: Subject): void {
  describe('evaluate', () => {
    it('gives the answer of a transaction and writes nothing', async () => {
      const client = subject.client('alpha');
      const key = subject.key('unwritten');
      expect(await client.evaluate([{ do: 'put', key, value: '1' }])).to.deep.equal([null]);
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal([null]);
    });

    it('gives no bytes for a transaction that returns nothing', async () => {
      const contract = subject.client('alpha').network.getContract('conformance');
      expect(await contract.evaluateTransaction('nothing')).to.have.length(0);
    });

    it('tells the chaincode of channel, id, time, arguments and caller', async () => {
      const before = Date.now();
      const client = subject.client('alpha');
      const proposal = client.propose([{ do: 'transaction' }]);
      const [seen] = JSON.parse(Buffer.from(await proposal.evaluate()).toString('utf8')) as [
        TransactionAnswer,
      ];
      expect(seen).to.include({
        txId: proposal.getTransactionId(),
        channel: subject.network.channel,
        creatorMspId: 'AlphaMSP',
      });
      expect(seen.args).to.deep.equal(['run', '[{"do":"transaction"}]']);
      expect(seen.binding).to.match(/^[0-9a-f]{64}$/);
      expect(Date.parse(seen.timestamp)).to.be.within(before - 1, Date.now() + 1);
    });

    it('carries answers of megabytes', async () => {
      const [answer] = await subject.client('alpha').evaluate([{ do: 'echo', bytes: 3_000_000 }]);
      expect(answer).to.have.length(3_000_000);
    });

    it('is asked of the organisations that the caller names, and of no other', async () => {
      const client = subject.client('alpha');
      const key = subject.key('held');
      await client.submit([{ do: 'privatePut', collection: 'open', key, value: 'v' }]);
      const ask = [{ do: 'privateGet', collection: 'open', key }] as const;
      expect(await client.evaluate(ask, { endorsers: ['GosCorpMSP'] })).to.deep.equal(['v']);
      const refusal = await refusalOf(client.evaluate(ask, { endorsers: ['BetaMSP'] }));
      expect(refusal.details.map(({ mspId }) => mspId)).to.deep.equal(['BetaMSP']);
    });

    it('refuses a chaincode that the channel does not have', async () => {
      const contract = subject.client('alpha').network.getContract('absent');
      expect(await refusalOf(contract.evaluateTransaction('run'))).to.deep.equal({
        stage: 'GatewayError',
        code: 'FAILED_PRECONDITION',
        message: `no peers available to evaluate chaincode absent in channel ${subject.network.channel}`,
        details: [],
      });
    });

    it('refuses a channel that the peer does not have', async () => {
      const contract = subject
        .client('alpha')
        .gateway.getNetwork('elsewhere')
        .getContract('conformance');
      expect(await refusalOf(contract.evaluateTransaction('nothing'))).to.deep.equal({
        stage: 'GatewayError',
        code: 'UNAVAILABLE',
        message:
          'failed to get config for channel [elsewhere]: could not get last config for channel elsewhere',
        details: [],
      });
    });

    it('ends at the deadline of the caller', async () => {
      const proposal = subject.client('alpha').propose([{ do: 'sleep', ms: 2000 }]);
      const refusal = await refusalOf(proposal.evaluate({ deadline: Date.now() + 300 }));
      // Either side may notice the deadline first.
      expect(refusal.code).to.be.oneOf(['DEADLINE_EXCEEDED', 'CANCELLED']);
    });
  });
}
