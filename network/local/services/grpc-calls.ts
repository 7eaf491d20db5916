/** Carries what the services answer onto grpc-js's calls: errors, cancellation, back-pressure. */
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { RpcError, serviceErrorOf } from './status.ts';

/** What an endpoint proves its host name with. */
export type ServerTls = { readonly certificatePem: string; readonly keyPem: string };

/** A running endpoint. */
export type RunningServer = { readonly port: number; stop(): Promise<void> };

/** Told of errors that are nobody's but ours. */
export type BugReport = (error: unknown) => void;

/** The part of a streaming call that answers go into. */
export type Outgoing = {
  write(message: unknown): boolean;
  end(): void;
  emit(name: 'error', error: unknown): boolean;
  once(name: 'drain' | 'cancelled', listener: () => void): unknown;
  off(name: 'drain', listener: () => void): unknown;
  readonly cancelled: boolean;
};

/** The part of any call that tells when its caller has gone. */
export type Cancellable = Pick<Outgoing, 'once' | 'cancelled'>;

/** A call in both directions. */
export type BothWays<Request> = Outgoing & AsyncIterable<Request>;

/** Fabric's own bound on a message. */
const messageMaxBytes = 100 * 1024 * 1024;
/** What a stopping endpoint waits for calls in work. */
const drainMs = 500;

/** A server with Fabric's bounds, to which services are added. */
export function newServer(): Server {
  return new Server({
    'grpc.max_receive_message_length': messageMaxBytes,
    'grpc.max_send_message_length': messageMaxBytes,
  });
}

/** Opens a server on a port of loopback, with TLS; port 0 takes a free one. */
export async function listen(server: Server, tls: ServerTls, port: number): Promise<RunningServer> {
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
function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, drainMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A handler of calls with one request and one response. */
export function unary<Request, Response>(
  answer: (request: Request, call: Cancellable) => Promise<Response>,
  report: BugReport,
) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    answer(call.request, call).then(
      (response) => reply(null, response),
      (error: unknown) => {
        if (!(error instanceof RpcError)) report(error);
        reply(serviceErrorOf(error));
      },
    );
  };
}

/** Ends a streaming call when the work for it has ended, well or badly. */
export function finish(call: Outgoing, working: Promise<unknown>, report: BugReport): void {
  working.then(
    () => call.end(),
    (error: unknown) => {
      if (call.cancelled) return;
      if (!(error instanceof RpcError)) report(error);
      call.emit('error', serviceErrorOf(error));
    },
  );
}

/** Answers each request of a call in both directions while `goesOn` says so of the last answer. */
export async function converse<Request, Response, End>(
  call: BothWays<Request>,
  signal: AbortSignal,
  answer: (request: Request) => AsyncGenerator<Response, End>,
  goesOn: (end: End | undefined) => boolean,
): Promise<void> {
  // The iterator's own end would tear the call down before its status is sent: it is left open.
  const requests = call[Symbol.asyncIterator]();
  for (;;) {
    const next = await requests.next();
    if (next.done === true || signal.aborted) return;
    if (!goesOn(await pump(call, answer(next.value), signal))) return;
  }
}

/** Writes what is generated, no faster than the reader takes it. */
export async function pump<Message, End>(
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

/** Aborts when the caller has gone or its deadline has passed. */
export function signalOf(call: Cancellable): AbortSignal {
  const controller = new AbortController();
  // A reason of our own spares the making of an error with its stack.
  const abort = () => controller.abort('the caller has gone');
  call.once('cancelled', abort);
  if (call.cancelled) abort();
  return controller.signal;
}
