import type {
  ChaincodeCall,
  ChaincodeOutcome,
  ChaincodeRunner,
} from '../engine/chaincode-runner.ts';
import { messageOf } from '../engine/error-message.ts';
import { ChaincodeConnection } from './connection.ts';
import type { Connect } from './message-stream.ts';

/** How long a peer waits for what. */
export type RunnerOptions = {
  /** Fabric's `chaincode.executetimeout`. */
  readonly executeTimeoutMs?: number;
  /** How long a new connection may take to register. */
  readonly startTimeoutMs?: number;
};

const defaults = { executeTimeoutMs: 30_000, startTimeoutMs: 10_000 };

/**
 * Runs a chaincode over a stream, which it makes at the first call and anew after it has ended.
 */
export class StreamRunner implements ChaincodeRunner {
  readonly #name: string;
  readonly #connect: Connect;
  readonly #options: Required<RunnerOptions>;
  #connection: ChaincodeConnection | undefined;
  #connecting: Promise<ChaincodeConnection> | undefined;

  constructor(name: string, connect: Connect, options: RunnerOptions = {}) {
    this.#name = name;
    this.#connect = connect;
    this.#options = { ...defaults, ...options };
  }

  async run(call: ChaincodeCall): Promise<ChaincodeOutcome> {
    const connection = await this.#connected();
    return connection.run(call, this.#options.executeTimeoutMs);
  }

  /** Resolves once the chaincode answers; for readiness. */
  async warmUp(): Promise<void> {
    await this.#connected();
  }

  close(): Promise<void> {
    this.#connection?.end();
    this.#connection = undefined;
    return Promise.resolve();
  }

  async #connected(): Promise<ChaincodeConnection> {
    if (this.#connection?.ended === false) return this.#connection;
    this.#connecting ??= this.#start().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #start(): Promise<ChaincodeConnection> {
    let connection: ChaincodeConnection | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      connection = new ChaincodeConnection(await this.#connect());
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error('timeout expired while starting chaincode'));
        }, this.#options.startTimeoutMs);
      });
      await Promise.race([connection.ready, late]);
      this.#connection = connection;
      return connection;
    } catch (error) {
      connection?.end();
      throw new Error(
        `could not launch chaincode ${this.#name}: connection to ${this.#name} failed: ${messageOf(error)}`,
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  }
}
