/** Chaincode in this very process: the shim's own server, with its stream short-circuited. */
import { EventEmitter } from 'node:events';
import type { peer } from '@hyperledger/fabric-protos';
import shim from 'fabric-shim';
import type { MessageStream } from './message-stream.ts';
import { StreamRunner, type RunnerOptions } from './stream-runner.ts';

/** What the shim's server has and its published types leave out. */
type ConnectableServer = { connect(stream: ChaincodeEnd): void };

/** Runs a chaincode of the shim in this process; messages are handed over and never serialised. */
export function inProcessRunner(
  name: string,
  chaincode: shim.ChaincodeInterface,
  options: RunnerOptions = {},
): StreamRunner {
  // The server listens only once it is started, and it never is.
  const server = shim.Shim.server(chaincode, {
    ccid: name,
    address: '',
  } as shim.ChaincodeServerOpts);
  const connect = () => {
    const ends = new StreamEnds();
    (server as unknown as ConnectableServer).connect(ends.chaincode);
    return Promise.resolve(ends.peer);
  };
  return new StreamRunner(name, connect, options);
}

/** What the shim uses of a gRPC stream. */
class ChaincodeEnd extends EventEmitter {
  readonly #write: (message: peer.ChaincodeMessage) => void;
  readonly #end: () => void;

  constructor(write: (message: peer.ChaincodeMessage) => void, end: () => void) {
    super();
    this.#write = write;
    this.#end = end;
  }

  write(message: peer.ChaincodeMessage): void {
    this.#write(message);
  }

  end(): void {
    this.#end();
  }
}

/** Two ends of a stream; what is sent at one arrives at the other, in order and a little later. */
class StreamEnds {
  readonly chaincode: ChaincodeEnd;
  readonly peer: MessageStream;
  /** What the chaincode said before anyone listened. */
  readonly #early: peer.ChaincodeMessage[] = [];
  #listener: ((message: peer.ChaincodeMessage) => void) | undefined;
  #onEnd: () => void = () => undefined;

  constructor() {
    this.chaincode = new ChaincodeEnd(
      (message) => this.#toPeer(message),
      () => this.#onEnd(),
    );
    this.peer = {
      send: (message) => {
        queueMicrotask(() => this.chaincode.emit('data', message));
      },
      onMessage: (listener) => {
        this.#listener = listener;
        for (const message of this.#early.splice(0)) this.#toPeer(message);
      },
      onEnd: (listener) => {
        this.#onEnd = listener;
      },
      end: () => this.chaincode.emit('end'),
    };
  }

  #toPeer(message: peer.ChaincodeMessage): void {
    const listener = this.#listener;
    if (listener === undefined) this.#early.push(message);
    else queueMicrotask(() => listener(message));
  }
}
