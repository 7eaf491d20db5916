import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import type { CallAnswer, CallerAnswer, Step, TransactionAnswer } from '../chaincode/step.ts';
import type { Subject } from '../client.ts';
import { chaincodes } from '../network-handle.ts';
import { endorsersOf, envelopeIn } from '../raw.ts';
import { refusalOf } from '../refusal.ts';

const call = (steps: readonly Step[], chaincode: string = chaincodes.callee): Step => ({
  do: 'call',
  chaincode,
  args: ['run', JSON.stringify(steps)],
});

/** Chaincode that calls chaincode, ours and the system's. */
export function callCases(subject: Subject): void {
  describe('chaincode calling chaincode', () => {
    it('gives the callee the same transaction and the same caller', async () => {
      const client = subject.client('nit');
      const [own, called] = (await client.evaluate([
        { do: 'transaction' },
        call([{ do: 'transaction' }, { do: 'caller' }]),
      ])) as [TransactionAnswer, CallAnswer];
      const [transaction, caller] = JSON.parse(called.payload) as [TransactionAnswer, CallerAnswer];
      expect(transaction).to.include({ txId: own.txId, timestamp: own.timestamp });
      expect(transaction.args).to.deep.equal([
        'run',
        JSON.stringify([{ do: 'transaction' }, { do: 'caller' }]),
      ]);
      expect(caller.mspId).to.equal('NitMSP');
    });

    it('writes both states in one transaction, endorsed by the policies of both', async () => {
      const client = subject.client('nit');
      const key = subject.key('both');
      const transaction = await client.endorse([
        call([{ do: 'put', key, value: 'callee' }]),
        { do: 'put', key, value: 'caller' },
      ]);
      const endorsers = endorsersOf(envelopeIn(transaction));
      expect(endorsers).to.have.length(3);
      expect(endorsers).to.include.oneOf(['AlphaMSP', 'BetaMSP']);
      expect((await client.commit(transaction)).code).to.equal('VALID');
      const read = [{ do: 'get', key }] as const;
      expect(await client.evaluate(read)).to.deep.equal(['caller']);
      expect(await client.evaluate(read, { chaincode: 'callee' })).to.deep.equal(['callee']);
    });

    it('is not valid without the endorsement that the callee’s policy asks for', async () => {
      const key = subject.key('unmet');
      const committed = await subject
        .client('nit')
        .run([call([{ do: 'put', key, value: '1' }]), { do: 'put', key, value: '1' }], {
          endorsers: ['AuthorityMSP', 'GosCorpMSP', 'NitMSP'],
        });
      expect(committed.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('asks nothing of the policy of a callee that only reads', async () => {
      const key = subject.key('read');
      const committed = await subject
        .client('nit')
        .run([call([{ do: 'get', key }]), { do: 'put', key, value: '1' }], {
          endorsers: ['AuthorityMSP', 'GosCorpMSP', 'NitMSP'],
        });
      expect(committed.code).to.equal('VALID');
    });

    it('plans without the caller’s policy if the caller touches no state, and then is not valid', async () => {
      const client = subject.client('alpha');
      const transaction = await client.endorse([
        call([{ do: 'put', key: subject.key('unplanned'), value: '1' }]),
      ]);
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(['AlphaMSP']);
      expect((await client.commit(transaction)).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('hands the callee’s error to the caller as an answer', async () => {
      const [answer] = await subject
        .client('alpha')
        .evaluate([call([{ do: 'throw', message: 'not today' }])]);
      expect(answer).to.deep.equal({ status: 500, message: 'not today', payload: '', bytes: 0 });
    });

    it('keeps what a callee wrote before it failed, if the caller goes on', async () => {
      const client = subject.client('alpha');
      const key = subject.key('half');
      await client.submit([
        call([
          { do: 'put', key, value: 'kept' },
          { do: 'throw', message: 'too late' },
        ]),
        { do: 'put', key, value: 'went on' },
      ]);
      const read = await client.evaluate([{ do: 'get', key }], { chaincode: 'callee' });
      expect(read).to.deep.equal(['kept']);
    });

    it('fails the call of a chaincode that is not there', async () => {
      const refusal = await refusalOf(subject.client('alpha').evaluate([call([], 'absent')]));
      expect(refusal.message).to.match(
        /INVOKE_CHAINCODE failed: transaction ID: [0-9a-f]{64}: execute failed: invalid invocation: \[channel \w+\] failed to get chaincode container info for absent: chaincode absent not found$/,
      );
    });

    it('fails a call of itself', async () => {
      const refusal = await refusalOf(subject.client('alpha').evaluate([call([], 'conformance')]));
      expect(refusal.message).to.match(
        /INVOKE_CHAINCODE failed: transaction ID: ([0-9a-f]{64}): execute failed: error sending: txid: \1\(\w+\) exists$/,
      );
    });

    it('fails a call on a channel that the peer does not have', async () => {
      const refusal = await refusalOf(
        subject
          .client('alpha')
          .evaluate([
            { do: 'call', chaincode: 'callee', channel: 'elsewhere', args: ['run', '[]'] },
          ]),
      );
      expect(refusal.message).to.match(
        /INVOKE_CHAINCODE failed: transaction ID: [0-9a-f]{64}: Failed to get policy manager for channel \[elsewhere\]$/,
      );
    });

    it('refuses qscc with Fabric’s words', async () => {
      const [answer] = await subject
        .client('alpha')
        .evaluate([
          { do: 'call', chaincode: 'qscc', args: ['GetChainInfo', subject.network.channel] },
        ]);
      expect(answer).to.deep.equal({
        status: 500,
        message:
          "Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, original invocation for 'conformance'",
        payload: '',
        bytes: 0,
      });
    });
  });

  describe('qscc', () => {
    const query = (name: string, ...args: (string | Uint8Array)[]): Promise<Uint8Array> =>
      subject
        .client('alpha')
        .network.getContract('qscc')
        .evaluateTransaction(name, subject.network.channel, ...args);
    const refused = async (name: string, ...args: (string | Uint8Array)[]): Promise<unknown> =>
      (await refusalOf(query(name, ...args))).details;

    it('tells the height and the last block’s hash', async () => {
      const { blockNumber } = await subject.client('alpha').submit([]);
      const info = common.BlockchainInfo.deserializeBinary(await query('GetChainInfo'));
      expect(BigInt(info.getHeight())).to.equal(blockNumber + 1n);
      const last = common.Block.deserializeBinary(
        await query('GetBlockByHash', info.getCurrentblockhash_asU8()),
      );
      expect(BigInt(last.getHeader()?.getNumber() ?? -1)).to.equal(blockNumber);
      expect(last.getHeader()?.getPreviousHash_asB64()).to.equal(info.getPreviousblockhash_asB64());
    });

    it('gives a block by number and by transaction, and a transaction by its id', async () => {
      const { blockNumber, txId } = await subject.client('alpha').submit([]);
      const byNumber = await query('GetBlockByNumber', String(blockNumber));
      expect(Buffer.from(await query('GetBlockByTxID', txId)).equals(byNumber)).to.equal(true);
      const block = common.Block.deserializeBinary(byNumber);
      expect(BigInt(block.getHeader()?.getNumber() ?? -1)).to.equal(blockNumber);
      const processed = peer.ProcessedTransaction.deserializeBinary(
        await query('GetTransactionByID', txId),
      );
      expect(processed.getValidationcode()).to.equal(0);
      const envelope = processed.getTransactionenvelope()?.serializeBinary() ?? Buffer.alloc(0);
      const inBlock = block.getData()?.getDataList_asU8() ?? [];
      expect(inBlock.some((bytes) => Buffer.from(bytes).equals(envelope))).to.equal(true);
    });

    it('tells the code of a transaction that was not valid', async () => {
      const { txId } = await subject
        .client('alpha')
        .run([{ do: 'put', key: subject.key('k'), value: '1' }], { endorsers: ['AlphaMSP'] });
      const processed = peer.ProcessedTransaction.deserializeBinary(
        await query('GetTransactionByID', txId),
      );
      expect(processed.getValidationcode()).to.equal(
        peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
      );
    });

    it('refuses what is not there, in Fabric’s words', async () => {
      const alphaSays = (message: string): unknown => [
        { mspId: 'AlphaMSP', message: `chaincode response 500, ${message}` },
      ];
      expect(await refused('GetBlockByNumber', '99999999')).to.deep.equal(
        alphaSays(
          'Failed to get block number 99999999, error no such block number [99999999] in index',
        ),
      );
      expect(await refused('GetBlockByNumber', 'x')).to.deep.equal(
        alphaSays(
          'Failed to parse block number with error strconv.ParseUint: parsing "x": invalid syntax',
        ),
      );
      expect(await refused('GetTransactionByID', 'absent')).to.deep.equal(
        alphaSays(
          'Failed to get transaction with id absent, error no such transaction ID [absent] in index',
        ),
      );
      expect(await refused('GetBlockByTxID', 'absent')).to.deep.equal(
        alphaSays(
          'Failed to get block for txID absent, error no such transaction ID [absent] in index',
        ),
      );
      expect(await refused('GetBlockByNumber')).to.deep.equal(
        alphaSays('missing 3rd argument for GetBlockByNumber'),
      );
      expect(await refused('Absent', 'x')).to.deep.equal(
        alphaSays(
          `access denied for [Absent][${subject.network.channel}]: [Unmapped policy for qscc/Absent]`,
        ),
      );
    });

    it('refuses another channel', async () => {
      const contract = subject.client('alpha').network.getContract('qscc');
      const refusal = await refusalOf(contract.evaluateTransaction('GetChainInfo', 'elsewhere'));
      expect(refusal.details[0]?.message).to.equal(
        'chaincode response 500, Invalid chain ID, elsewhere',
      );
    });

    it('is only asked, never submitted', async () => {
      const contract = subject.client('alpha').network.getContract('qscc');
      const refusal = await refusalOf(
        contract.submitTransaction('GetChainInfo', subject.network.channel),
      );
      expect(refusal).to.deep.include({
        code: 'FAILED_PRECONDITION',
        message: `no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode qscc in channel ${subject.network.channel}`,
      });
    });
  });
}
