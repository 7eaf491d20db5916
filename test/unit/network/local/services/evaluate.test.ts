import { status as Code } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { ProposalError } from '../../../../../network/local/engine/refusal.ts';
import { evaluate } from '../../../../../network/local/services/evaluate.ts';
import type { RpcError } from '../../../../../network/local/services/status.ts';
import { mspIds, proposalFor, scripted, type ScriptedNetwork } from './scripted-network.ts';

async function evaluated(
  network: ScriptedNetwork,
  proposal = proposalFor(),
  targets: readonly string[] = [],
) {
  const { context, asked } = scripted(network);
  const request = new gateway.EvaluateRequest();
  request.setProposedTransaction(proposal);
  request.setTargetOrganizationsList([...targets]);
  try {
    const answer = await evaluate(context, request);
    return { asked, result: Buffer.from(answer.getResult()!.getPayload_asU8()).toString() };
  } catch (thrown) {
    const { code, message, failures } = thrown as RpcError;
    return { asked, code, message, failures };
  }
}

describe('evaluate', () => {
  it('asks the own peer alone, or the organisations that are named', async () => {
    expect(await evaluated({})).to.eql({ asked: ['AMSP'], result: 'same' });
    expect((await evaluated({}, proposalFor(), ['CMSP'])).asked).to.eql(['CMSP']);
  });

  it("ends with the chaincode's refusal at once", async () => {
    const refusal = { status: { code: 500, message: 'no such pledge' } };
    const { asked, code, message } = await evaluated({ scripts: { AMSP: refusal } });
    expect({ asked, code, message }).to.eql({
      asked: ['AMSP'],
      code: Code.UNKNOWN,
      message: 'evaluate call to endorser returned error: chaincode response 500, no such pledge',
    });
  });

  it('goes on to other peers where the own one failed by itself', async () => {
    const broken = { status: { code: 500, message: 'error in simulation', own: true } };
    const { asked, result } = await evaluated({ scripts: { AMSP: broken } });
    expect([asked.length, result]).to.eql([2, 'same']);
  });

  it('says at which peers a skewed clock was refused', async () => {
    const skewed = { error: new ProposalError('incorrect timestamp', 'door') };
    const scripts = Object.fromEntries(mspIds.map((mspId) => [mspId, skewed]));
    const { code, failures } = await evaluated({ scripts });
    expect([code, failures?.length]).to.eql([Code.UNAVAILABLE, 5]);
  });

  it("keeps transient data in the gateway's organisation", async () => {
    const outcome = await evaluated({ without: ['AMSP'] }, proposalFor({ transient: true }));
    expect(outcome).to.include({ code: Code.FAILED_PRECONDITION }).and.deep.include({ asked: [] });
    expect(outcome.message).to.match(/^no endorsers found in the gateway's organization; retry/);
  });

  it('does not know other channels and chaincodes', async () => {
    const channel = await evaluated({}, proposalFor({ channel: 'other' }));
    expect(channel).to.deep.include({
      code: Code.UNAVAILABLE,
      message:
        'failed to get config for channel [other]: could not get last config for channel other',
    });
    const chaincode = await evaluated({}, proposalFor({ chaincode: 'absent' }));
    expect(chaincode).to.deep.include({
      code: Code.FAILED_PRECONDITION,
      message: 'no peers available to evaluate chaincode absent in channel kepil',
    });
  });
});
