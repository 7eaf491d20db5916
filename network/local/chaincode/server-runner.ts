/** Chaincode behind its own server (chaincode as a service), called over gRPC as a peer calls it. */
import { credentials, type ChannelCredentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { MessageStream } from './message-stream.ts';
import { StreamRunner, type RunnerOptions } from './stream-runner.ts';

/** Where a chaincode server listens. */
export type ChaincodeServerAddress = {
  /** `HOST:PORT`. */
  readonly address: string;
  /** TLS, where the server asks for it: whom to trust, and who we are where it wants to know. */
  readonly tls?: {
    readonly rootCertificatesPem: string;
    readonly certificatePem?: string;
    readonly keyPem?: string;
  };
};

/** Fabric's own bound on messages between peer and chaincode. */
const messageBytesMax = 100 * 1024 * 1024;

const clientOptions = {
  'grpc.max_receive_message_length': messageBytesMax,
  'grpc.max_send_message_length': messageBytesMax,
  // A server that was started anew is called again at once, not after a growing pause.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  // Each organisation's peer has a connection of its own.
  'grpc.use_local_subchannel_pool': 1,
};

/** Runs a chaincode behind a server. */
export function serverRunner(
  name: string,
  server: ChaincodeServerAddress,
  options: RunnerOptions = {},
): StreamRunner {
  const connect = (): Promise<MessageStream> => {
    const client = new peer.ChaincodeClient(server.address, credentialsOf(server), clientOptions);
    return Promise.resolve(messageStream(client.connect(), () => client.close()));
  };
  return new StreamRunner(name, connect, options);
}

function credentialsOf({ tls }: ChaincodeServerAddress): ChannelCredentials {
  if (tls === undefined) return credentials.createInsecure();
  const { rootCertificatesPem, certificatePem, keyPem } = tls;
  const optional = (pem: string | undefined) => (pem === undefined ? null : Buffer.from(pem));
  return credentials.createSsl(
    Buffer.from(rootCertificatesPem),
    optional(keyPem),
    optional(certificatePem),
  );
}

function messageStream(
  call: ClientDuplexStream<peer.ChaincodeMessage, peer.ChaincodeMessage>,
  release: () => void,
): MessageStream {
  let ended = false;
  let listener: () => void = () => undefined;
  const end = () => {
    if (ended) return;
    ended = true;
    release();
    listener();
  };
  call.on('end', end);
  // An error is an end; the runner words it.
  call.on('error', end);
  return {
    send: (message) => {
      if (!ended) call.write(message);
    },
    onMessage: (receive) => call.on('data', receive),
    onEnd: (ending) => {
      listener = ending;
    },
    end: () => {
      call.end();
      end();
    },
  };
}
