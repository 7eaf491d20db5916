import { status as Code } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { ProposalError } from '../../../../../network/local/engine/refusal.ts';
import { endorse } from '../../../../../network/local/services/endorse.ts';
import { RpcError } from '../../../../../network/local/services/status.ts';
import { anyOf, mspIds, proposalFor, scripted, type ScriptedNetwork } from './scripted-network.ts';

const secret = { chaincode: 'kepil', collection: 'secret', read: false, written: true };

async function endorsed(
  network: ScriptedNetwork,
  options: { readonly transient?: boolean; readonly named?: readonly string[] } = {},
) {
  const { context, asked, log } = scripted(network);
  const request = new gateway.EndorseRequest();
  request.setProposedTransaction(proposalFor(options));
  request.setEndorsingOrganizationsList([...(options.named ?? [])]);
  const outcome = await endorse(context, request).then(
    (response) => ({ endorsers: endorsersOf(response), response }),
    (error: unknown) => ({ error: error as RpcError }),
  );
  return { asked, log, ...outcome };
}

function endorsersOf(response: gateway.EndorseResponse): readonly string[] {
  const payload = common.Payload.deserializeBinary(
    response.getPreparedTransaction()?.getPayload_asU8() ?? new Uint8Array(),
  );
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  return peer.ChaincodeActionPayload.deserializeBinary(
    action?.getPayload_asU8() ?? new Uint8Array(),
  )
    .getAction()!
    .getEndorsementsList()
    .map((endorsement) => Buffer.from(endorsement.getEndorser_asU8()).toString());
}

const failureOf = (outcome: object) => {
  const { error } = outcome as { error?: RpcError };
  expect(error).to.be.instanceOf(RpcError);
  return { code: error!.code, message: error!.message, details: error!.failures };
};

describe('endorse', () => {
  it('asks the own organisation first, then as few others as the policies need', async () => {
    const { asked, ...outcome } = await endorsed({});
    expect(asked[0]).to.equal('AMSP');
    expect(asked).to.have.length(3);
    expect(outcome).to.have.property('endorsers').with.length(3).that.includes('AMSP');
  });

  it('asks others where one fails, and ends when there are too few left', async () => {
    const failing = { error: new ProposalError('its disk is full') };
    const one = await endorsed({ scripts: { BMSP: failing, CMSP: failing } });
    expect(one).to.have.property('endorsers').that.has.members(['AMSP', 'DMSP', 'EMSP']);
    const two = await endorsed({ scripts: { BMSP: failing, CMSP: failing, DMSP: failing } });
    const { code, message, details } = failureOf(two);
    expect(code).to.equal(Code.ABORTED);
    expect(message).to.equal(
      'failed to collect enough transaction endorsements, see attached details for more info',
    );
    expect(details[0]?.message).to.equal('rpc error: code = Unknown desc = its disk is full');
  });

  it("passes on the chaincode's refusal with the peer that gave it", async () => {
    const refusal = { status: { code: 500, message: '{"refusals":[]}' } };
    const { code, message, details } = failureOf(await endorsed({ scripts: { AMSP: refusal } }));
    expect([code, message]).to.eql([
      Code.ABORTED,
      'failed to endorse transaction, see attached details for more info',
    ]);
    expect(details).to.eql([
      {
        address: 'peer0.AMSP:7051',
        mspId: 'AMSP',
        message: 'chaincode response 500, {"refusals":[]}',
      },
    ]);
  });

  it('refuses answers that differ, with both write sets for the reader', async () => {
    const outcome = await endorsed({
      scripts: { BMSP: { result: 'other' } },
      requirements: [anyOf(2, ['AMSP', 'BMSP'])],
    });
    const { code, details } = failureOf(outcome);
    expect(code).to.equal(Code.ABORTED);
    expect(details.map(({ mspId, message }) => `${mspId}: ${message}`)).to.eql([
      'BMSP: ProposalResponsePayloads do not match',
      'BMSP: AMSP differs from BMSP',
    ]);
    expect(outcome.log[0]).to.contain('AMSP differs from BMSP');
  });

  it('finds a difference at organisations that need not endorse, where all are compared', async () => {
    const network = { scripts: { EMSP: { result: 'other' } }, requirements: [anyOf(1)] };
    expect(await endorsed(network))
      .to.have.property('endorsers')
      .that.eql(['AMSP']);
    const compared = await endorsed({ ...network, compare: 'all' });
    expect(compared.asked).to.have.members([...mspIds]);
    expect(failureOf(compared).details[0]?.message).to.contain('do not match');
  });

  it('does not mind a refusal there, since a chaincode may refuse to run elsewhere', async () => {
    const elsewhere = { status: { code: 500, message: 'not my organisation' } };
    const network = { scripts: { EMSP: elsewhere }, requirements: [anyOf(1)] };
    const outcome = await endorsed({ ...network, compare: 'all' });
    expect(outcome).to.have.property('endorsers').that.eql(['AMSP']);
  });

  it('sends transient data to members of the collections alone', async () => {
    const network = { collections: [secret], members: { secret: ['AMSP', 'BMSP'] } };
    const outcome = await endorsed(
      { ...network, requirements: [anyOf(2, ['AMSP', 'BMSP'])], compare: 'all' },
      { transient: true },
    );
    expect(outcome.asked).to.have.members(['AMSP', 'BMSP']);
    const refused = await endorsed({ ...network, requirements: [anyOf(3)] }, { transient: true });
    expect(failureOf(refused)).to.include({
      code: Code.FAILED_PRECONDITION,
      message:
        'requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [secret]; retry specifying trusted endorsing organizations to protect transient data',
    });
    expect(refused.asked).to.eql(['AMSP']);
  });

  it('does as it is told with named organisations, and does not look at policies', async () => {
    const named = ['BMSP', 'CMSP'];
    const outcome = await endorsed({ requirements: [anyOf(5)] }, { named });
    expect(outcome).to.have.property('endorsers').that.eql(named);
    const missing = await endorsed({ without: ['CMSP'] }, { named: [...named, 'XMSP'] });
    expect(failureOf(missing)).to.include({
      code: Code.UNAVAILABLE,
      message: 'failed to find any endorsing peers for org(s): CMSP, XMSP',
    });
  });

  it('plans with the living, and says when they are too few', async () => {
    const dead = (mspId: string) => ({ fault: 'dead-peer' as const, mspId });
    const two = await endorsed({ faults: { rules: [dead('BMSP'), dead('CMSP')] } });
    expect(two).to.have.property('endorsers').that.has.members(['AMSP', 'DMSP', 'EMSP']);
    const three = ['BMSP', 'CMSP', 'DMSP'].map(dead);
    expect(failureOf(await endorsed({ faults: { rules: three } }))).to.include({
      code: Code.FAILED_PRECONDITION,
      message:
        'no combination of peers can be derived which satisfy the endorsement policy: no peer combination can satisfy the endorsement policy',
    });
  });

  it('tells chaincodes that are not there from chaincodes that are in too few places', async () => {
    const few = await endorsed({ without: ['BMSP', 'CMSP', 'DMSP'] });
    expect(failureOf(few).message).to.contain('required chaincodes are not installed');
    const { context } = scripted({});
    const request = new gateway.EndorseRequest();
    request.setProposedTransaction(proposalFor({ chaincode: 'absent' }));
    const error = await endorse(context, request).catch((thrown: unknown) => thrown);
    expect((error as RpcError).message).to.contain(
      'No metadata was found for chaincode absent in channel kepil',
    );
  });
});
