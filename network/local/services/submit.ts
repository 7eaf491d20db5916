/** `gateway.Gateway/Submit`: hands a signed transaction to the orderers, and waits for a quorum. */
import { status as Code } from '@grpc/grpc-js';
import { common, gateway } from '@hyperledger/fabric-protos';
import { unknownChannelMessage } from './evaluate.ts';
import type { OrderAnswer } from './ordering.ts';
import type { PeerContext } from './peer-context.ts';
import { grpcWords } from './propose.ts';
import { RpcError } from './status.ts';

/** SmartBFT's words for an envelope that waits in the pool already: the gateway counts it as taken. */
const pooledInfo = 'failed to submit request: request already exists';

/** Answers a submit request: ordered is not committed. */
export async function submit(
  context: PeerContext,
  request: gateway.SubmitRequest,
): Promise<gateway.SubmitResponse> {
  const envelope = request.getPreparedTransaction();
  if (envelope === undefined) {
    throw new RpcError(Code.INVALID_ARGUMENT, 'a prepared transaction is required');
  }
  if (envelope.getSignature_asU8().length === 0) {
    throw new RpcError(Code.INVALID_ARGUMENT, 'prepared transaction must be signed');
  }
  const channel = request.getChannelId();
  if (channel !== context.channel.name) {
    throw new RpcError(Code.FAILED_PRECONDITION, unknownChannelMessage(channel));
  }
  await order(context, envelope);
  return new gateway.SubmitResponse();
}

async function order(context: PeerContext, envelope: common.Envelope): Promise<void> {
  const { faults, own, ordering } = context;
  faults.step('submit:before-order', own.mspId);
  const answer = await ordering.broadcast(envelope);
  if (answer.status !== common.Status.SUCCESS && answer.info !== pooledInfo) {
    throw noQuorum(context, refusedMessage(answer));
  }
  if (faults.strikes('duplicate-delivery', own.mspId)) await context.channel.order(envelope);
  faults.step('submit:after-order', own.mspId);
  if (faults.strikes('answer-lost-after-ordering', own.mspId)) {
    throw noQuorum(context, grpcWords('Unavailable', 'error reading from server: EOF'));
  }
}

function refusedMessage({ status, info }: OrderAnswer): string {
  const name = Object.entries(common.Status).find(([, value]) => value === status)?.[0];
  return `received unsuccessful response from orderer: status=${name}, info=${info}`;
}

/** The gateway gives up when so many orderers have failed that no quorum is left. */
function noQuorum({ ordering }: PeerContext, message: string): RpcError {
  const { orderers, quorum } = ordering;
  return new RpcError(
    Code.UNAVAILABLE,
    'insufficient number of orderers could successfully process transaction to satisfy quorum requirement',
    orderers.slice(0, orderers.length - quorum + 1).map((orderer) => ({ ...orderer, message })),
  );
}
