/** `gateway.Gateway/Evaluate`: a query at one peer, the gateway's own first. */
import { status as Code } from '@grpc/grpc-js';
import { gateway, peer } from '@hyperledger/fabric-protos';
import type { Endorsement } from '../engine/channel.ts';
import { livingPeers } from './living-peers.ts';
import type { PeerContext, PeerNode } from './peer-context.ts';
import { propose } from './propose.ts';
import { type ProposedCall, proposedCallOf, UnreadableProposal } from './proposed-call.ts';
import { type FailureDetail, RpcError } from './status.ts';

/** Answers an evaluate request. */
export async function evaluate(
  context: PeerContext,
  request: gateway.EvaluateRequest,
): Promise<gateway.EvaluateResponse> {
  const call = readCall(request.getProposedTransaction());
  assertChannel(context, call.channel);
  const proposal = request.getProposedTransaction() as peer.SignedProposal;
  const targets = evaluators(context, call, request.getTargetOrganizationsList());
  const failures: FailureDetail[] = [];
  for (const target of targets) {
    const { endorsement, failure } = await propose(context, target, proposal, undefined);
    if (failure === undefined) return answerOf(endorsement);
    const { address, mspId, message, code, retry } = failure;
    failures.push({ address, mspId, message });
    if (!retry) {
      throw new RpcError(code, `evaluate call to endorser returned error: ${message}`, failures);
    }
    if (target === targets.at(-1)) throw notEvaluated(code, failures);
  }
  throw notEvaluated(Code.UNAVAILABLE, failures);
}

/** Fails as the gateway does when it cannot learn of a channel. */
export function assertChannel(context: PeerContext, channel: string): void {
  if (channel === context.channel.name) return;
  throw new RpcError(Code.UNAVAILABLE, unknownChannelMessage(channel));
}

/** What the gateway says of a channel that it does not know. */
export function unknownChannelMessage(channel: string): string {
  return `failed to get config for channel [${channel}]: could not get last config for channel ${channel}`;
}

function readCall(proposal: peer.SignedProposal | undefined): ProposedCall {
  try {
    return proposedCallOf(proposal);
  } catch (error) {
    if (!(error instanceof UnreadableProposal)) throw error;
    const message = `failed to unpack transaction proposal: ${error.message}`;
    throw new RpcError(Code.INVALID_ARGUMENT, message);
  }
}

/** The peers to try, in order; only the own organisation's where transient data would travel. */
function evaluators(
  context: PeerContext,
  call: ProposedCall,
  named: readonly string[],
): readonly PeerNode[] {
  const confined = call.hasTransientData && named.length === 0;
  const wanted = confined ? [context.own.mspId] : named;
  const targets = livingPeers(context, call).filter(
    ({ mspId }) => wanted.length === 0 || wanted.includes(mspId),
  );
  if (targets.length > 0) return targets;
  const none = `no peers available to evaluate chaincode ${call.chaincode} in channel ${call.channel}`;
  throw new RpcError(
    Code.FAILED_PRECONDITION,
    confined
      ? `no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: ${none}`
      : none,
  );
}

function answerOf({ response }: Endorsement): gateway.EvaluateResponse {
  const result = response.getResponse() ?? new peer.Response();
  result.setPayload(resultOf(response) ?? result.getPayload_asU8());
  const answer = new gateway.EvaluateResponse();
  answer.setResult(result);
  return answer;
}

/** The transaction's result, which stands in the endorsed payload where there is one. */
function resultOf(response: peer.ProposalResponse): Uint8Array | undefined {
  const bytes = response.getPayload_asU8();
  if (bytes.length === 0) return undefined;
  const payload = peer.ProposalResponsePayload.deserializeBinary(bytes);
  const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  return action.getResponse()?.getPayload_asU8();
}

function notEvaluated(code: Code, failures: readonly FailureDetail[]): RpcError {
  return new RpcError(
    code,
    'failed to evaluate transaction, see attached details for more info',
    failures,
  );
}
