import { peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { serializedIdentity } from '../../../network/identity/signer.ts';
import type { HistoryAnswer } from '../chaincode/step.ts';
import type { Subject } from '../client.ts';
import { argsOf, endorseAt, envelopeOf, proposalFor, proposalOf, transactionFor } from '../raw.ts';
import { transactionsIn } from '../../support/block.ts';
import { skip } from '../../support/skip.ts';
import { refusalOf } from '../refusal.ts';
import { take } from '../take.ts';

/** Ordering, and the commit status, by which every unknown outcome is resolved. */
export function submitCases(subject: Subject): void {
  describe('submit and commit status', () => {
    it('commits, and every peer shows the same', async () => {
      const key = subject.key('committed');
      const committed = await subject.client('alpha').submit([{ do: 'put', key, value: 'v' }]);
      for (const { name } of subject.network.organisations) {
        expect(await subject.client(name).status(committed.txId)).to.deep.equal({
          txId: committed.txId,
          code: 'VALID',
          blockNumber: committed.blockNumber,
        });
        expect(await subject.client(name).evaluate([{ do: 'get', key }])).to.deep.equal(['v']);
      }
    });

    it('tells the code of a transaction that was not valid', async () => {
      const client = subject.client('alpha');
      const { txId } = await client.run([{ do: 'put', key: subject.key('k'), value: 'v' }], {
        endorsers: ['AlphaMSP'],
      });
      expect(await subject.client('beta').status(txId)).to.include({
        code: 'ENDORSEMENT_POLICY_FAILURE',
      });
    });

    it('waits for a transaction that nobody has seen, until the caller gives up', async () => {
      const refusal = await refusalOf(subject.client('alpha').status('f'.repeat(64), 500));
      expect(refusal.stage).to.equal('CommitStatusError');
      // Either side may notice the deadline first.
      expect(refusal.code).to.be.oneOf(['DEADLINE_EXCEEDED', 'CANCELLED']);
    });

    it('wakes a caller who asked before the transaction was ordered', async () => {
      const client = subject.client('alpha');
      const transaction = await client.endorse([]);
      const early = subject.client('goscorp').status(transaction.getTransactionId());
      // Nothing tells that the question has reached the peer.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const committed = await client.commit(transaction);
      expect((await early).blockNumber).to.equal(committed.blockNumber);
    });

    it('says "request already processed" to an envelope that was ordered before', async () => {
      const client = subject.client('alpha');
      const key = subject.key('again');
      const transaction = await client.endorse([{ do: 'put', key, value: 'v' }]);
      const committed = await client.commit(transaction);
      const refusal = await refusalOf(transaction.submit());
      expect(refusal).to.deep.include({
        stage: 'SubmitError',
        code: 'UNAVAILABLE',
        message:
          'insufficient number of orderers could successfully process transaction to satisfy quorum requirement',
      });
      expect(refusal.details).to.not.have.length(0);
      for (const { message } of refusal.details) {
        expect(message).to.equal(
          'received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=failed to submit request: request already processed',
        );
      }
      expect(await client.status(committed.txId)).to.include({
        code: 'VALID',
        blockNumber: committed.blockNumber,
      });
    });

    it('gives one effect to an envelope submitted twice at once', async () => {
      const client = subject.client('alpha');
      const key = subject.key('at-once');
      const transaction = await client.endorse([{ do: 'put', key, value: 'v' }]);
      const outcomes = await Promise.allSettled([transaction.submit(), transaction.submit()]);
      expect(outcomes.map(({ status }) => status)).to.include('fulfilled');
      const txId = transaction.getTransactionId();
      await subject.settled(txId);
      expect((await client.status(txId)).code).to.equal('VALID');
      const [history] = (await client.evaluate([{ do: 'history', key }])) as [HistoryAnswer[]];
      expect(history.map((entry) => entry.txId)).to.deep.equal([txId]);
    });

    it('keeps the first of two occurrences in the blocks, and calls the other DUPLICATE_TXID', async function () {
      const { orderTwice } = subject.network;
      if (orderTwice === undefined) skip(this, 'BFT orderers order no envelope twice');
      const client = subject.client('alpha');
      const key = subject.key('doubled');
      orderTwice();
      const committed = await client.submit([{ do: 'put', key, value: 'v' }]);
      const { blockNumber } = await client.submit([]);
      const blocks = await take(
        await client.network.getBlockEvents({ startBlock: committed.blockNumber }),
        Number(blockNumber - committed.blockNumber) + 1,
      );
      const codes = blocks
        .flatMap(transactionsIn)
        .filter(({ txId }) => txId === committed.txId)
        .map(({ code }) => code);
      expect(codes).to.deep.equal([
        peer.TxValidationCode.VALID,
        peer.TxValidationCode.DUPLICATE_TXID,
      ]);
      const [history] = (await client.evaluate([{ do: 'history', key }])) as [HistoryAnswer[]];
      expect(history).to.have.length(1);
    });

    it('refuses to endorse an id that has been committed', async () => {
      const client = subject.client('alpha');
      const proposal = proposalOf({
        channel: subject.network.channel,
        creator: client.member,
        args: argsOf([]),
      });
      const peers = ['alpha', 'goscorp', 'nit'].map((name) => subject.client(name));
      const responses = await endorseAt(peers, proposal, client.member);
      const envelope = envelopeOf(proposal, responses);
      await client.commit(await transactionFor(client, proposal.txId, envelope));

      const again = await proposalFor(client, proposal);
      const creator = Buffer.from(serializedIdentity(client.member)).toString('hex');
      const message = `duplicate transaction found [${proposal.txId}]. Creator [${creator}]`;
      expect(await refusalOf(again.endorse())).to.deep.equal({
        stage: 'EndorseError',
        code: 'ABORTED',
        message: 'failed to endorse transaction, see attached details for more info',
        details: [{ mspId: 'AlphaMSP', message }],
      });
      expect(await refusalOf(again.evaluate())).to.deep.equal({
        stage: 'GatewayError',
        code: 'FAILED_PRECONDITION',
        message: `evaluate call to endorser returned error: ${message}`,
        details: [{ mspId: 'AlphaMSP', message }],
      });
    });
  });
}
