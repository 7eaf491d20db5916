/** The endpoint of one organisation's peer: TLS on loopback, and Fabric's services behind it. */
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status as Code,
} from '@grpc/grpc-js';
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
import type { PeerContext } from './peer-context.ts';
import { RpcError, serviceErrorOf } from './status.ts';
import { submit } from './submit.ts';

/** What the endpoint proves its host name with. */
export type ServerTls = { readonly certificatePem: string; readonly keyPem: string };

/** Fabric's own bound on a message. */
const messageMaxBytes = 100 * 1024 * 1024;

/** A running endpoint. */
export type PeerServer = { readonly port: number; stop(): Promise<void> };

/** Opens the endpoint on a port of loopback; port 0 takes a free one. */
export async function startPeerServer(
  context: PeerContext,
  tls: ServerTls,
  port: number,
): Promise<PeerServer> {
  const server = new Server({
    'grpc.max_receive_message_length': messageMaxBytes,
    'grpc.max_send_message_length': messageMaxBytes,
  });
  addGateway(server, context);
  addEndorser(server, context);
  addDeliver(server, context);
  const credentials = ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(tls.certificatePem), private_key: Buffer.from(tls.keyPem) },
  ]);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, opened) =>
      error === null ? resolve(opened) : reject(error),
    );
  });
  return { port: bound, stop: () => stopped(server) };
}

/** Lets calls in work end for a moment, then cuts the streams, which never end by themselves. */
async function stopped(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, 500);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function addGateway(server: Server, context: PeerContext): void {
  server.addService(gateway.GatewayService, {
    evaluate: unary(context, (request: gateway.EvaluateRequest) => evaluate(context, request)),
    endorse: unary(context, (request: gateway.EndorseRequest) => endorse(context, request)),
    submit: unary(context, (request: gateway.SubmitRequest) => submit(context, request)),
    commitStatus: unary(
      context,
      (request: gateway.SignedCommitStatusRequest, signal: AbortSignal) =>
        commitStatus(context, request, signal),
    ),
    chaincodeEvents: (
      call: ServerWritableStream<
        gateway.SignedChaincodeEventsRequest,
        gateway.ChaincodeEventsResponse
      >,
    ) => {
      const signal = signalOf(call);
      const events = chaincodeEvents(context, call.request, signal);
      finish(context, call, pump(call, events, signal));
    },
  });
}

function addEndorser(server: Server, context: PeerContext): void {
  server.addService(peer.EndorserService, {
    processProposal: unary(context, async (proposal: peer.SignedProposal) => {
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

type DeliverCall = ServerDuplexStream<common.Envelope, peer.DeliverResponse>;

function deliverAll(
  context: PeerContext,
  call: DeliverCall,
  renderer: BlockRenderer<peer.DeliverResponse>,
): void {
  const signal = signalOf(call);
  const answerAll = async () => {
    // The iterator's own end would tear the call down before its status is sent: it is left open.
    const requests = call[Symbol.asyncIterator]();
    for (;;) {
      const next = await requests.next();
      if (next.done === true || signal.aborted) return;
      const answers = deliver(context, next.value as common.Envelope, renderer, signal);
      const status = await pump(call, answers, signal);
      if (status !== common.Status.SUCCESS) return;
    }
  };
  finish(context, call, answerAll());
}

type Outgoing = {
  write(message: unknown): boolean;
  end(): void;
  emit(name: 'error', error: unknown): boolean;
  once(name: 'drain' | 'cancelled', listener: () => void): unknown;
  off(name: 'drain', listener: () => void): unknown;
  readonly cancelled: boolean;
};

/** Writes what is generated, no faster than the reader takes it. */
async function pump<Message, End>(
  call: Outgoing,
  messages: AsyncGenerator<Message, End>,
  signal: AbortSignal,
): Promise<End | undefined> {
  for (;;) {
    const next = await messages.next();
    if (next.done === true) return next.value;
    if (signal.aborted) return undefined;
    if (!call.write(next.value)) await drained(call, signal);
  }
}

function drained(call: Outgoing, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.once('drain', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

function finish(context: PeerContext, call: Outgoing, working: Promise<unknown>): void {
  working.then(
    () => call.end(),
    (error: unknown) => {
      if (call.cancelled) return;
      reportBug(context, error);
      call.emit('error', serviceErrorOf(error));
    },
  );
}

function unary<Request, Response>(
  context: PeerContext,
  answer: (request: Request, signal: AbortSignal) => Promise<Response>,
) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    if (context.faults.isDead(context.own.mspId)) {
      reply(serviceErrorOf(new RpcError(Code.UNAVAILABLE, 'Connection dropped')));
      return;
    }
    answer(call.request, signalOf(call)).then(
      (response) => reply(null, response),
      (error: unknown) => {
        reportBug(context, error);
        reply(serviceErrorOf(error));
      },
    );
  };
}

function reportBug(context: PeerContext, error: unknown): void {
  if (error instanceof RpcError) return;
  context.log(`internal error at ${context.own.address}: ${String((error as Error).stack)}`);
}

/** Aborts when the caller has gone or its deadline has passed. */
function signalOf(call: Pick<Outgoing, 'once' | 'cancelled'>): AbortSignal {
  const controller = new AbortController();
  call.once('cancelled', () => controller.abort());
  if (call.cancelled) controller.abort();
  return controller.signal;
}
