/** A running network, local or Fabric, as a stage: each organisation's administrator plays. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
import type { Json } from '../chaincode/kernel/canonical-json.ts';
import { type Instant, instantOfMs } from '../chaincode/kernel/instant.ts';
import { isQuery, type Operation } from '../chaincode/ledger/operation.ts';
import type { LedgerConnection } from '../gateway/ledger/connection.ts';
import { callOf } from '../gateway/ledger/operation-call.ts';
import type { Stage } from '../gateway/stands/story/stage.ts';
import { connect, type NetworkInfo } from './network-info.ts';
import { dataOf, textOf } from './outcome-text.ts';
import { PlainError } from './plain-error.ts';

const commitTimeoutMs = 30_000;

/** One connection for each organisation. */
export class RunningStage implements Stage {
  readonly channel: string;
  readonly #info: NetworkInfo;
  readonly #quiet: boolean;
  readonly #connections = new Map<string, LedgerConnection>();
  #step = 0;

  constructor(info: NetworkInfo, quiet: boolean) {
    this.#info = info;
    this.#quiet = quiet;
    this.channel = info.channel;
  }

  now(): Instant {
    const seconds = Math.floor((Date.now() + this.#info.clockOffsetMs) / 1000);
    return instantOfMs(seconds * 1000);
  }

  async nextSecond(): Promise<void> {
    await setTimeout(1000);
  }

  async done<Op extends Operation>(
    operation: Op,
    input: z.input<Op['input']>,
    { org }: { readonly org: string },
  ): Promise<z.output<Op['output']>> {
    const connection = this.connection(org);
    const request = { input: input as Json, key: randomUUID() };
    const call = callOf(operation, request, connection.mspId);
    const outcome = await (isQuery(operation)
      ? connection.evaluate(call)
      : connection.submit(call));
    if (outcome.status === 'refused' || outcome.status === 'unknown') {
      const { contract, name } = operation;
      throw new PlainError(`${contract}:${name} did not succeed.\n${textOf(outcome, 'en')}`, {
        next: 'The network keeps what was done. `npm start -- --fresh` begins anew.',
        cause: dataOf(outcome, 'en'),
      });
    }
    if (outcome.status === 'committed') await this.#committedByAll(outcome.transactionId);
    return operation.output.parse(JSON.parse(outcome.result ?? 'null')) as z.output<Op['output']>;
  }

  say(sentence: string): void {
    this.#step += 1;
    if (!this.#quiet) process.stdout.write(`${this.#step}. ${sentence}\n`);
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  /** Each peer commits in its own time, and the next step may be another organisation's. */
  async #committedByAll(transactionId: string): Promise<void> {
    const peers = this.#info.organisations.map(({ mspId }) => this.connection(mspId));
    await Promise.all(peers.map((peer) => peer.statusOf(transactionId, commitTimeoutMs)));
  }

  /** An organisation's connection, as its administrator. */
  connection(org: string): LedgerConnection {
    const known = this.#connections.get(org);
    if (known !== undefined) return known;
    const connection = connect(this.#info, { org, user: 'Admin' });
    this.#connections.set(org, connection);
    return connection;
  }
}
