/** `kepil demo`: plays a procedure on the running network, each step said in a sentence. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { z } from 'zod';
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
import { type Instant, instantOfMs } from '../../chaincode/kernel/instant.ts';
import { isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import * as pledgeOperations from '../../chaincode/pledges/operations.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import * as pledge from '../../gateway/stands/story/pledge.ts';
import {
  admitted,
  extended,
  founded,
  mandated,
  trusted,
} from '../../gateway/stands/story/setting.ts';
import { salt, Signers } from '../../gateway/stands/story/signers.ts';
import { cast, type Stage } from '../../gateway/stands/story/stage.ts';
import { examples, print } from '../command-line.ts';
import { defaultNetwork } from '../config.ts';
import { connect, type NetworkInfo, readInfo } from '../network-info.ts';
import { dataOf, textOf } from '../outcome-text.ts';
import { PlainError } from '../plain-error.ts';

type Options = { readonly network: string; readonly json?: boolean };

/** A platform's slots for open dossiers (`pledges:deposit`). */
const slotsMax = 1000;

export function register(program: Command): void {
  const demo = program.command('demo').description('play a procedure on the running network');
  const command = demo
    .command('pledge')
    .description('one pledge from its draft to its termination and the purge of its dossier')
    .option('--network <place>', "the network's folder or info file", defaultNetwork())
    .option('--json', 'print JSON')
    .action(playPledge);
  examples(command, [['kepil demo pledge', 'with the demonstration keys; can be played again']]);
}

async function playPledge({ network, json }: Options): Promise<void> {
  const stage = new RunningStage(readInfo(network), json ?? false);
  try {
    const signers = new Signers();
    await founded(stage);
    await extended(stage);
    await trusted(stage, signers);
    await admitted(stage, signers);
    const mandate = await mandated(stage, signers);
    const slot = 1 + (Number.parseInt(salt().slice(0, 6), 16) % (slotsMax / 2));
    const props = { stage, signers, mandate, slot };
    const registered = await pledge.registered(props);
    const ending = { ...props, slot: slot + slotsMax / 2 };
    const ended = await pledge.terminated(ending, registered);
    await pledge.purged(props, registered);
    await pledge.purged(ending, ended);
    stage.say('Dossiers and signatures are purged from every peer; the register stays.');
    const property = registered.targets[0]?.property ?? '';
    const shown = await stage.done(
      pledgeOperations.register,
      { property },
      { org: cast.authority },
    );
    print(
      json,
      { property, applications: [registered.id, ended.id], register: shown },
      `Look for yourself, as any organisation:\n  npx kepil call pledges register '{"property":"${property}"}' --org beta`,
    );
  } finally {
    stage.close();
  }
}

/** A running network as a stage: one connection for each organisation that plays. */
class RunningStage implements Stage {
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

  async done<Op extends Operation>(
    operation: Op,
    input: z.input<Op['input']>,
    { org }: { readonly org: string },
  ): Promise<z.output<Op['output']>> {
    const connection = this.#connection(org);
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
    return operation.output.parse(JSON.parse(outcome.result ?? 'null')) as z.output<Op['output']>;
  }

  say(sentence: string): void {
    this.#step += 1;
    if (!this.#quiet) process.stdout.write(`${this.#step}. ${sentence}\n`);
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  #connection(org: string): LedgerConnection {
    const known = this.#connections.get(org);
    if (known !== undefined) return known;
    const connection = connect(this.#info, { org, user: 'Admin' });
    this.#connections.set(org, connection);
    return connection;
  }
}
