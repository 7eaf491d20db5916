/** The endpoint of one organisation's peer: TLS on loopback, and Fabric's services behind it. */
import { type Server, type ServerWritableStream, status as Code } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { ProposalError } from '../engine/refusal.ts';
import { chaincodeEvents } from './chaincode-events.ts';
import { commitStatus } from './commit-status.ts';
import {
  type BlockRenderer,
  blocksWithPrivateData,
  deliver,
  filteredBlocks,
  wholeBlocks,
} from './deliver.ts';
import { endorse } from './endorse.ts';
import { evaluate } from './evaluate.ts';
import {
  type BothWays,
  type Cancellable,
  converse,
  finish,
  listen,
  newServer,
  pump,
  type RunningServer,
  type ServerTls,
  signalOf,
  unary,
} from './grpc-calls.ts';
import type { PeerContext } from './peer-context.ts';
import { RpcError } from './status.ts';
import { submit } from './submit.ts';

/** Opens the peer's endpoint on a port of loopback. */
export function startPeerServer(
  context: PeerContext,
  tls: ServerTls,
  port: number,
): Promise<RunningServer> {
  const server = newServer();
  addGateway(server, context);
  addEndorser(server, context);
  addDeliver(server, context);
  return listen(server, tls, port);
}

function addGateway(server: Server, context: PeerContext): void {
  server.addService(gateway.GatewayService, {
    evaluate: alive(context, (request: gateway.EvaluateRequest) => evaluate(context, request)),
    endorse: alive(context, (request: gateway.EndorseRequest) => endorse(context, request)),
    submit: alive(context, (request: gateway.SubmitRequest) => submit(context, request)),
    commitStatus: alive(context, (request: gateway.SignedCommitStatusRequest, call: Cancellable) =>
      commitStatus(context, request, signalOf(call)),
    ),
    chaincodeEvents: (
      call: ServerWritableStream<
        gateway.SignedChaincodeEventsRequest,
        gateway.ChaincodeEventsResponse
      >,
    ) => {
      const signal = signalOf(call);
      const events = chaincodeEvents(context, call.request, signal);
      finish(call, pump(call, whileAlive(context, events), signal), bugsOf(context));
    },
  });
}

function addEndorser(server: Server, context: PeerContext): void {
  server.addService(peer.EndorserService, {
    processProposal: alive(context, async (proposal: peer.SignedProposal) => {
      try {
        const { response } = await context.channel.processProposal(context.own.mspId, proposal);
        return response;
      } catch (error) {
        if (!(error instanceof ProposalError)) throw error;
        throw new RpcError(Code.UNKNOWN, error.message);
      }
    }),
  });
}

function addDeliver(server: Server, context: PeerContext): void {
  const withPrivateData = blocksWithPrivateData(context);
  server.addService(peer.DeliverService, {
    deliver: (call: DeliverCall) => deliverAll(context, call, wholeBlocks),
    deliverFiltered: (call: DeliverCall) => deliverAll(context, call, filteredBlocks),
    deliverWithPrivateData: (call: DeliverCall) => deliverAll(context, call, withPrivateData),
  });
}

type DeliverCall = BothWays<common.Envelope>;

function deliverAll(
  context: PeerContext,
  call: DeliverCall,
  renderer: BlockRenderer<peer.DeliverResponse>,
): void {
  const signal = signalOf(call);
  const conversation = converse(
    call,
    signal,
    (envelope) => whileAlive(context, deliver(context, envelope, renderer, signal)),
    (status) => status === common.Status.SUCCESS,
  );
  finish(call, conversation, bugsOf(context));
}

/** Answers as long as no fault has killed the peer; a dead one answers nobody. */
function alive<Request, Response>(
  context: PeerContext,
  answer: (request: Request, call: Cancellable) => Promise<Response>,
) {
  return unary(async (request: Request, call: Cancellable) => {
    assertAlive(context);
    return answer(request, call);
  }, bugsOf(context));
}

/** A stream breaks at its next message when the peer has died. */
async function* whileAlive<Message, End>(
  context: PeerContext,
  messages: AsyncGenerator<Message, End>,
): AsyncGenerator<Message, End> {
  for (;;) {
    assertAlive(context);
    const next = await messages.next();
    if (next.done === true) return next.value;
    assertAlive(context);
    yield next.value;
  }
}

function assertAlive({ faults, own }: PeerContext): void {
  if (!faults.isDead(own.mspId)) return;
  throw new RpcError(Code.UNAVAILABLE, 'Connection dropped');
}

function bugsOf(context: PeerContext) {
  return (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.log(`internal error at ${context.own.address}: ${text}`);
  };
}
