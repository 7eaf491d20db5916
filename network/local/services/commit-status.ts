/** `gateway.Gateway/CommitStatus`: where a transaction ended, waiting until it has. */
import { status as Code } from '@grpc/grpc-js';
import { gateway } from '@hyperledger/fabric-protos';
import type { PeerContext } from './peer-context.ts';
import { assertReader, invalid, requestIn } from './signed-request.ts';
import { RpcError } from './status.ts';

/** Answers a signed commit status request; the signal ends the wait when the caller has gone. */
export async function commitStatus(
  context: PeerContext,
  signed: gateway.SignedCommitStatusRequest,
  signal: AbortSignal,
): Promise<gateway.CommitStatusResponse> {
  const request = readRequest(signed);
  assertReader(context, signed, request);
  const { faults, own } = context;
  if (faults.strikes('commit-status-lost', own.mspId)) {
    throw new RpcError(Code.UNAVAILABLE, 'Connection dropped');
  }
  const committed = await context.commits.status(request.getTransactionId(), signal);
  if (committed === undefined) throw new RpcError(Code.CANCELLED, 'context canceled');
  faults.step('commit-status:before-answer', own.mspId);
  const response = new gateway.CommitStatusResponse();
  response.setResult(committed.code);
  response.setBlockNumber(Number(committed.blockNumber));
  return response;
}

function readRequest(signed: gateway.SignedCommitStatusRequest): gateway.CommitStatusRequest {
  const name = { missing: 'a commit status request', broken: 'status request' };
  const request = requestIn(signed, name, (bytes) =>
    gateway.CommitStatusRequest.deserializeBinary(bytes),
  );
  if (request.getIdentity_asU8().length === 0) throw invalid('no identity provided');
  if (request.getChannelId() === '') throw invalid('no channel ID provided');
  if (request.getTransactionId() === '') throw invalid('transaction ID should not be empty');
  return request;
}
