import { expect } from 'chai';
import * as fabric from '@hyperledger/fabric-gateway';
import { codeNameOf, type Client, type Subject } from '../client.ts';
import { createPrivateKey } from 'node:crypto';
import { refusalOf } from '../refusal.ts';

/** The key stays elsewhere: each message is signed by its digest, stored, and sent later. */
export function offlineCases(subject: Subject): void {
  describe('offline signing', () => {
    const signerOf = (client: Client): fabric.Signer =>
      fabric.signers.newPrivateKeySigner(createPrivateKey(client.member.keyPem));

    it('takes proposal, transaction and commit request signed by digest', async () => {
      const client = subject.client('alpha');
      const { gateway } = client;
      const sign = signerOf(client);
      const key = subject.key('offline');

      const unsigned = client.propose([{ do: 'put', key, value: 'signed' }]);
      const proposal = gateway.newSignedProposal(
        unsigned.getBytes(),
        await sign(unsigned.getDigest()),
      );
      const endorsed = await proposal.endorse();
      // These bytes and this signature are what a store keeps before the envelope leaves.
      const signature = await sign(endorsed.getDigest());
      const transaction = gateway.newSignedTransaction(endorsed.getBytes(), signature);
      const submitted = await transaction.submit();
      const commit = gateway.newSignedCommit(
        submitted.getBytes(),
        await sign(submitted.getDigest()),
      );
      const status = await commit.getStatus();
      expect(codeNameOf(status.code)).to.equal('VALID');
      expect(status.transactionId).to.equal(unsigned.getTransactionId());
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal(['signed']);
    });

    it('evaluates a proposal signed by digest', async () => {
      const client = subject.client('alpha');
      const unsigned = client.propose([{ do: 'echo', bytes: 3 }]);
      const signature = await signerOf(client)(unsigned.getDigest());
      const proposal = client.gateway.newSignedProposal(unsigned.getBytes(), signature);
      expect(Buffer.from(await proposal.evaluate()).toString()).to.equal('["eee"]');
    });

    it('refuses the signature of another message at each step', async () => {
      const client = subject.client('alpha');
      const { gateway } = client;
      const wrong = await signerOf(client)(Buffer.alloc(32, 7));
      const key = subject.key('forged');

      const unsigned = client.propose([{ do: 'put', key, value: 'forged' }]);
      const proposal = gateway.newSignedProposal(unsigned.getBytes(), wrong);
      const details = [
        {
          mspId: 'AlphaMSP',
          message: `error validating proposal: access denied: channel [${subject.network.channel}] creator org [AlphaMSP]`,
        },
      ];
      const evaluated = await refusalOf(proposal.evaluate());
      expect(evaluated).to.deep.include({ code: 'FAILED_PRECONDITION', details });
      const endorsed = await refusalOf(proposal.endorse());
      expect(endorsed).to.deep.include({ code: 'ABORTED', details });

      const good = await client.endorse([{ do: 'put', key, value: 'forged' }]);
      const transaction = gateway.newSignedTransaction(good.getBytes(), wrong);
      const submitted = await refusalOf(transaction.submit());
      expect(submitted).to.include({
        stage: 'SubmitError',
        code: 'UNAVAILABLE',
        message:
          'insufficient number of orderers could successfully process transaction to satisfy quorum requirement',
      });
      expect(submitted.details).to.not.have.length(0);
      for (const { message } of submitted.details) {
        expect(message).to.equal(
          "received unsuccessful response from orderer: status=FORBIDDEN, info=implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied: permission denied",
        );
      }
    });

    it('refuses a forged request for a commit status', async () => {
      const client = subject.client('alpha');
      const submitted = await (await client.endorse([])).submit();
      const wrong = await signerOf(client)(Buffer.alloc(32, 7));
      const commit = client.gateway.newSignedCommit(submitted.getBytes(), wrong);
      expect(await refusalOf(commit.getStatus())).to.deep.equal({
        stage: 'CommitStatusError',
        code: 'PERMISSION_DENIED',
        message: `Failed evaluating policy on signed data during check policy on channel [${subject.network.channel}] with policy [/Channel/Application/Readers]: [implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Readers' sub-policies to be satisfied]`,
        details: [],
      });
    });
  });
}
