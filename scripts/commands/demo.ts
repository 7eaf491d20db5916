/** `kepil demo`: plays a procedure on the running network, each step said in a sentence. */
import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
import { type Instant, instantOfMs } from '../../chaincode/kernel/instant.ts';
import { isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import * as pledgeOperations from '../../chaincode/pledges/operations.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import { type ChapterName, chapters } from '../../gateway/stands/story/kinds.ts';
import { allPurged, type Played } from '../../gateway/stands/story/pledge.ts';
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

type Options = { readonly network: string; readonly json?: boolean; readonly kind: Kind };

/** One chapter of the story, or all of them one after the other. */
type Kind = ChapterName | 'all';

/** A platform's slots for open dossiers (`pledges:deposit`), and how many a chapter may take. */
const [slotsMax, slotsEach] = [1000, 10];

export function register(program: Command): void {
  const demo = program.command('demo').description('play a procedure on the running network');
  const names = Object.keys(chapters) as ChapterName[];
  const command = demo
    .command('pledge')
    .description('one pledge from its draft to its termination and the purge of its dossier')
    .addOption(
      new Option('--kind <kind>', 'another kind of application, with the pledge that it is about')
        .choices([...names, 'all'])
        .default('pledge'),
    )
    .option('--network <place>', "the network's folder or info file", defaultNetwork())
    .option('--json', 'print JSON')
    .action(playPledge);
  examples(command, [
    ['kepil demo pledge', 'with the demonstration keys; can be played again'],
    ['kepil demo pledge --kind cession', 'the claim is ceded, and the pledge with it'],
    ['kepil demo pledge --kind all', 'every kind, one after the other'],
  ]);
}

async function playPledge({ network, json, kind }: Options): Promise<void> {
  const stage = new RunningStage(readInfo(network), json ?? false);
  try {
    const signers = new Signers();
    await founded(stage);
    await extended(stage);
    await trusted(stage, signers);
    await admitted(stage, signers);
    const mandate = await mandated(stage, signers);
    const names = kind === 'all' ? (Object.keys(chapters) as ChapterName[]) : [kind];
    const shown = [];
    for (const name of names) {
      const props = { stage, signers, mandate, slot: firstSlot() };
      const played = await chapters[name](props);
      await allPurged(props, played);
      shown.push({ kind: name, ...(await shownBy(stage, played)) });
    }
    const property = shown.at(-1)?.registers[0]?.property ?? '';
    print(
      json,
      { played: shown },
      `Look for yourself, as any organisation:\n  npx kepil call pledges register '{"property":"${property}"}' --org beta`,
    );
  } finally {
    stage.close();
  }
}

/** Chance keeps what is played again from the slots of what was not purged. */
function firstSlot(): number {
  const chapter = Number.parseInt(salt().slice(0, 6), 16) % (slotsMax / slotsEach);
  return 1 + chapter * slotsEach;
}

/** The applications that were played, and the registers of the homes as the authority sees them. */
async function shownBy(stage: Stage, { applications, properties }: Played) {
  const registers = [];
  for (const property of properties) {
    const asked = { org: cast.authority };
    const shown = await stage.done(pledgeOperations.register, { property }, asked);
    registers.push({ property, ...shown });
  }
  return { applications: applications.map(({ id }) => id), registers };
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
