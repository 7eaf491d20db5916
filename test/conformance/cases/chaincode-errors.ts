import { expect } from 'chai';
import type { Subject } from '../client.ts';
import { refusalOf } from '../refusal.ts';

/** What a client sees of an error that chaincode throws. */
export function chaincodeErrorCases(subject: Subject): void {
  describe('errors of chaincode', () => {
    // A refusal of ours is JSON, so its quotes and letters must come through as they are.
    const message = '{"refusals":[{"code":"ТЕСТ","params":{"a":"\\"b\\""}}]}';

    it('come through evaluate with their message', async () => {
      const call = subject.client('alpha').evaluate([{ do: 'throw', message }]);
      expect(await refusalOf(call)).to.deep.equal({
        stage: 'GatewayError',
        code: 'UNKNOWN',
        message: `evaluate call to endorser returned error: chaincode response 500, ${message}`,
        details: [{ mspId: 'AlphaMSP', message: `chaincode response 500, ${message}` }],
      });
    });

    it('come through endorse with their message, from the own organisation’s peer', async () => {
      const call = subject.client('alpha').endorse([{ do: 'throw', message }]);
      expect(await refusalOf(call)).to.deep.equal({
        stage: 'EndorseError',
        code: 'ABORTED',
        message: 'failed to endorse transaction, see attached details for more info',
        details: [{ mspId: 'AlphaMSP', message: `chaincode response 500, ${message}` }],
      });
    });

    it('name a transaction that the contract does not have', async () => {
      const contract = subject.client('alpha').network.getContract('conformance');
      const words =
        "chaincode response 500, You've asked to invoke a function that does not exist: absent";
      const evaluated = await refusalOf(contract.evaluateTransaction('absent'));
      expect(evaluated.message).to.equal(`evaluate call to endorser returned error: ${words}`);
      const endorsed = await refusalOf(contract.submitTransaction('absent'));
      expect(endorsed.details).to.deep.equal([{ mspId: 'AlphaMSP', message: words }]);
    });

    it('undo nothing but their own transaction', async () => {
      const client = subject.client('alpha');
      const key = subject.key('kept');
      await client.submit([{ do: 'put', key, value: 'before' }]);
      await refusalOf(
        client.run([
          { do: 'put', key, value: 'after' },
          { do: 'throw', message: 'changed my mind' },
        ]),
      );
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal(['before']);
    });

    it('of the shim’s calls may be caught, and the transaction goes on', async () => {
      const client = subject.client('alpha');
      const key = subject.key('after-error');
      const committed = await client.submit([
        { do: 'try', step: { do: 'query', selector: '{}' } },
        { do: 'put', key, value: 'written' },
      ]);
      expect(committed.answers).to.deep.equal([
        {
          error: `GET_QUERY_RESULT failed: transaction ID: ${committed.txId}: ExecuteQuery not supported for leveldb`,
        },
        null,
      ]);
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal(['written']);
    });
  });
}
