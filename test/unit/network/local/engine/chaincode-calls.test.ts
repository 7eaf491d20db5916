import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { headerHash } from '../../../../../network/local/engine/block.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const module = { contracts: [NotesContract] };
const alpha = { org: 'AlphaMSP' };

describe('chaincode that calls chaincode', () => {
  let ledger: UnitLedger;

  const call = (chaincode: string, args: readonly string[], key = '') =>
    ledger.submit('notes', 'call', { chaincode, args, key }, alpha);

  beforeEach(async () => {
    const others = [
      { name: 'second', module, endorsementPolicy: "AND('AlphaMSP.peer', 'NitMSP.peer')" },
    ];
    ledger = await UnitLedger.create({ module, others });
  });

  afterEach(() => ledger.close());

  it("writes one set under both policies, and drops the called one's event", async () => {
    const put = ['notes:put', JSON.stringify({ key: 'b', value: '2' })];
    const outcome = await call('second', put, 'a');
    expect(outcome.code).to.equal('VALID');
    expect(outcome.endorsers).to.include.members(['AlphaMSP', 'NitMSP']).and.have.length(3);
    expect(outcome.event).to.deep.equal({ name: 'called', payload: 'second' });
    expect([ledger.state('a'), ledger.state('b', 'second')]).to.deep.equal(['called', '2']);
    expect(outcome.writeSet.map(({ chaincode }) => chaincode)).to.deep.equal(['kepil', 'second']);
  });

  it('is invalid where one of the policies is not met', async () => {
    const argument = { chaincode: 'second', args: ['notes:put', '{"key":"b","value":"2"}'] };
    const endorsers = ['AlphaMSP', 'BetaMSP', 'GosCorpMSP'];
    const { code } = await ledger.submit('notes', 'call', argument, { ...alpha, endorsers });
    expect(code).to.equal('ENDORSEMENT_POLICY_FAILURE');
  });

  it('gets the refusal of the one that it calls', async () => {
    const { payload } = await call('second', ['notes:refuse', 'no']);
    expect(JSON.parse(payload)).to.include({ status: 500, message: 'no' });
  });

  it('cannot call itself, nor one that is not there', async () => {
    expect((await call('kepil', ['notes:get', '{}'])).refusal).to.match(
      /INVOKE_CHAINCODE failed: transaction ID: \w+: execute failed: error sending: txid: \w+\(kepil\) exists$/,
    );
    expect((await call('third', [])).refusal).to.match(
      /execute failed: invalid invocation: \[channel kepil\] failed to get chaincode container info for third: chaincode third not found$/,
    );
  });

  it('is refused by the query chaincode', async () => {
    const { payload } = await call('qscc', ['GetChainInfo', 'kepil']);
    expect(JSON.parse(payload)).to.include({
      status: 500,
      message:
        'Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, ' +
        "original invocation for 'kepil'",
    });
  });
});

describe('the query chaincode', () => {
  let ledger: UnitLedger;
  let txId: string;

  const ask = async (...args: readonly (string | Uint8Array)[]) => {
    const { unitProposal } = await import('../../../../support/unit-proposal.ts');
    const { unitSigner } = await import('../../../../support/unit-identities.ts');
    const { signed } = unitProposal({
      channel: 'kepil',
      chaincode: 'qscc',
      args,
      signer: unitSigner({ mspId: 'BetaMSP' }),
      now: ledger.now,
    });
    const { response } = await ledger.channel.processProposal('BetaMSP', signed);
    const answer = response.getResponse() ?? new peer.Response();
    return { payload: answer.getPayload_asU8(), message: answer.getMessage() };
  };

  beforeEach(async () => {
    ledger = await UnitLedger.create({ module });
    ({ txId } = await ledger.submit('notes', 'put', { key: 'a', value: '1' }, alpha));
  });

  afterEach(() => ledger.close());

  it('tells the height and the hashes of the chain', async () => {
    const info = common.BlockchainInfo.deserializeBinary(
      (await ask('GetChainInfo', 'kepil')).payload,
    );
    const block = (await ledger.channel.block(1n)) ?? new common.Block();
    expect(info.getHeight()).to.equal(2);
    expect(Buffer.from(info.getCurrentblockhash_asU8())).to.deep.equal(headerHash(block));
    expect(info.getPreviousblockhash_asU8()).to.deep.equal(
      block.getHeader()?.getPreviousHash_asU8(),
    );
  });

  it('gives blocks by number, hash and transaction', async () => {
    const block = (await ledger.channel.block(1n)) ?? new common.Block();
    const answers = await Promise.all([
      ask('GetBlockByNumber', 'kepil', '1'),
      ask('GetBlockByHash', 'kepil', headerHash(block)),
      ask('GetBlockByTxID', 'kepil', txId),
    ]);
    for (const { payload } of answers) {
      expect(Buffer.from(payload)).to.deep.equal(Buffer.from(block.serializeBinary()));
    }
  });

  it('gives a transaction with its code', async () => {
    const { payload } = await ask('GetTransactionByID', 'kepil', txId);
    const transaction = peer.ProcessedTransaction.deserializeBinary(payload);
    expect(transaction.getValidationcode()).to.equal(0);
    expect(transaction.getTransactionenvelope()?.getSignature_asU8().length).to.be.greaterThan(60);
  });

  it("refuses with Fabric's words", async () => {
    expect((await ask('GetBlockByNumber', 'kepil', '9')).message).to.equal(
      'Failed to get block number 9, error no such block number [9] in index',
    );
    expect((await ask('GetTransactionByID', 'kepil', 'none')).message).to.equal(
      'Failed to get transaction with id none, error no such transaction ID [none] in index',
    );
    expect((await ask('GetChainInfo', 'other')).message).to.equal('Invalid chain ID, other');
    expect((await ask('Nonsense', 'kepil', 'x')).message).to.equal(
      'access denied for [Nonsense][kepil]: [Unmapped policy for qscc/Nonsense]',
    );
  });
});
