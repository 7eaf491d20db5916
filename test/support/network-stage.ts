/** A running network, local or Fabric, as a stage: an administrator of each organisation plays. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
import { type Instant, instantOfMs } from '../../chaincode/kernel/instant.ts';
import { isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import type { Props } from '../../gateway/stands/story/pledge.ts';
import {
  admitted,
  extended,
  founded,
  mandated,
  trusted,
} from '../../gateway/stands/story/setting.ts';
import { Signers } from '../../gateway/stands/story/signers.ts';
import type { Stage } from '../../gateway/stands/story/stage.ts';
import { connect, type NetworkInfo } from '../../scripts/network-info.ts';
import { textOf } from '../../scripts/outcome-text.ts';

export class NetworkStage implements Stage {
  readonly channel: string;
  readonly #info: NetworkInfo;
  readonly #connections = new Map<string, LedgerConnection>();

  constructor(info: NetworkInfo) {
    this.#info = info;
    this.channel = info.channel;
  }

  now(): Instant {
    return instantOfMs(Math.floor(Date.now() / 1000) * 1000);
  }

  async done<Op extends Operation>(
    operation: Op,
    input: z.input<Op['input']>,
    { org }: { readonly org: string },
  ): Promise<z.output<Op['output']>> {
    const connection = this.#connectionOf(org);
    const call = callOf(operation, { input: input as Json, key: randomUUID() }, connection.mspId);
    const outcome = await (isQuery(operation)
      ? connection.evaluate(call)
      : connection.submit(call));
    if (outcome.status === 'refused' || outcome.status === 'unknown') {
      throw new Error(`${operation.contract}:${operation.name}: ${textOf(outcome, 'en')}`);
    }
    return operation.output.parse(JSON.parse(outcome.result ?? 'null')) as z.output<Op['output']>;
  }

  say(): void {
    // Nobody watches.
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  #connectionOf(org: string): LedgerConnection {
    const known = this.#connections.get(org);
    if (known !== undefined) return known;
    const connection = connect(this.#info, { org, user: 'Admin' });
    this.#connections.set(org, connection);
    return connection;
  }
}

/** Does what has to be on the ledger before a pledge can be filed. */
export async function readyToFile(stage: Stage): Promise<Props> {
  const signers = new Signers();
  await founded(stage);
  await extended(stage);
  await trusted(stage, signers);
  await admitted(stage, signers);
  return { stage, signers, mandate: await mandated(stage, signers), slot: 1 };
}
