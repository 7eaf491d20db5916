/** The endpoint of an orderer: `orderer.AtomicBroadcast`, for clients that bypass the gateway. */
import { common, orderer } from '@hyperledger/fabric-protos';
import { type BlockRenderer, deliver, type DeliverContext } from './deliver.ts';
import {
  type BothWays,
  converse,
  finish,
  listen,
  newServer,
  type RunningServer,
  type ServerTls,
  signalOf,
} from './grpc-calls.ts';
import type { Ordering } from './ordering.ts';

/** What an orderer's endpoint stands on. */
export type OrdererContext = DeliverContext & {
  readonly ordering: Ordering;
  readonly log: (line: string) => void;
};

const blocks: BlockRenderer<orderer.DeliverResponse> = {
  ofStatus(status) {
    const response = new orderer.DeliverResponse();
    response.setStatus(status);
    return response;
  },
  ofBlock(block) {
    const response = new orderer.DeliverResponse();
    response.setBlock(block);
    return response;
  },
};

/** Opens the orderer's endpoint on a port of loopback. */
export function startOrdererServer(
  context: OrdererContext,
  tls: ServerTls,
  port: number,
): Promise<RunningServer> {
  const server = newServer();
  const isSuccess = (status: number | undefined) => status === common.Status.SUCCESS;
  const report = (error: unknown) => context.log(`internal error at an orderer: ${String(error)}`);
  server.addService(orderer.AtomicBroadcastService, {
    broadcast: (call: BothWays<common.Envelope>) => {
      const answer = (envelope: common.Envelope) => broadcast(context, envelope);
      finish(call, converse(call, signalOf(call), answer, isSuccess), report);
    },
    deliver: (call: BothWays<common.Envelope>) => {
      const signal = signalOf(call);
      const answer = (envelope: common.Envelope) => deliver(context, envelope, blocks, signal);
      finish(call, converse(call, signal, answer, isSuccess), report);
    },
  });
  return listen(server, tls, port);
}

async function* broadcast(
  { ordering }: OrdererContext,
  envelope: common.Envelope,
): AsyncGenerator<orderer.BroadcastResponse, number> {
  const { status, info } = await ordering.broadcast(envelope);
  const response = new orderer.BroadcastResponse();
  response.setStatus(status);
  response.setInfo(info);
  yield response;
  return status;
}
