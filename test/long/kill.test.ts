/**
 * `kill -9` at random moments and at named steps, under load: nothing acknowledged is lost, nothing
 * happens twice, and the chain is whole.
 *
 * A run is repeated with KEPIL_TEST_SEED. Ten runs in a row share a ledger, so that recovery also
 * meets what earlier recoveries left.
 */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { common } from '@hyperledger/fabric-protos';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import type { SubmitOutcome } from '../../gateway/ledger/outcome.ts';
import { crashSteps, type FaultPlan } from '../../network/local/faults.ts';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { type NetworkProcess, startNetworkProcess } from '../../scripts/bench/network-process.ts';
import { connect, readInfo } from '../../scripts/network-info.ts';
import { transactionsOf } from '../support/block-chain.ts';
import { Random } from '../support/random.ts';
import { count } from '../support/size.ts';

const runs = count({ small: 10, full: 200 });
const runsOfOneLedger = 10;
const clients = 8;
const longestLifeMs = 1500;
const readsAtOnce = 50;

/** What a client knows of one record that it tried to write. */
type Attempt = { readonly key: string; readonly outcome: SubmitOutcome };

describe(`the local network under kill -9, ${runs} runs`, function () {
  this.timeout(120_000);
  const firstSeed = Number(process.env['KEPIL_TEST_SEED'] ?? randomBytes(4).readUInt32BE());
  let dir = '';
  let attempts: Attempt[] = [];

  before(() => process.stdout.write(`    seed ${firstSeed}\n`));
  after(() => rmSync(dir, { recursive: true, force: true }));

  for (let run = 0; run < runs; run += 1) {
    const seed = (firstSeed + run) >>> 0;
    it(`loses and doubles nothing (run ${run + 1}, seed ${seed})`, async () => {
      if (run % runsOfOneLedger === 0) {
        rmSync(dir, { recursive: true, force: true });
        dir = mkdtempSync(path.join(tmpdir(), 'kepil-kill-'));
        attempts = [];
      }
      attempts.push(...(await lifeUntilKilled(dir, new Random(seed))));
      const network = await startNetworkProcess({
        chaincode: 'records',
        kind: 'local',
        dir,
        basePort: await freeBasePort(),
      });
      try {
        await check(network, attempts);
      } finally {
        await network.stop();
      }
    });
  }
});

/** Loads a network until it dies, by our hand or at a step of its own work. */
async function lifeUntilKilled(dir: string, random: Random): Promise<Attempt[]> {
  const faults = path.join(dir, '..', `${path.basename(dir)}-faults.json`);
  const atStep = random.next() < 0.5;
  writeFileSync(faults, JSON.stringify(atStep ? crashPlan(random) : { rules: [] }));
  const basePort = await freeBasePort();
  const network = await startNetworkProcess({
    kind: 'local',
    dir,
    basePort,
    chaincode: 'records',
    faults,
  });
  const load = loadUntilDeath(network, random);
  // A step may not come as often as was drawn; then the clock kills.
  const killer = sleep(random.integer(50, longestLifeMs)).then(() => network.kill());
  const attempts = await load;
  await killer;
  rmSync(faults, { force: true });
  rmSync(`${faults}.applied`, { force: true });
  return attempts;
}

function crashPlan(random: Random): FaultPlan {
  const step = random.pick(crashSteps);
  return { rules: [{ fault: 'crash', step, skip: random.integer(0, 60) }] };
}

async function loadUntilDeath(network: NetworkProcess, random: Random): Promise<Attempt[]> {
  const info = readInfo(network.info);
  const connections = info.organisations.map(({ name }) =>
    connect(info, { org: name, user: 'User1' }, { chaincode: 'records', deadlines: hasty }),
  );
  let isDead = false;
  void network.ended.then(() => (isDead = true));
  const attempts: Attempt[] = [];
  const client = async (index: number) => {
    const connection = connections[index % connections.length];
    while (!isDead && connection) {
      const key = `${random.integer(0, 0xffff_ffff).toString(16)}-${randomBytes(6).toString('hex')}`;
      attempts.push({ key, outcome: await put(connection, key) });
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  for (const connection of connections) connection.close();
  return attempts;
}

/** A dead network answers at once or never: there is no point in waiting. */
const hasty = { endorseMs: 2000, submitMs: 2000, statusMs: 2000, doubtfulStatusMs: 300 };

function put(connection: LedgerConnection, key: string): Promise<SubmitOutcome> {
  return connection.submit({
    contract: 'records',
    transaction: 'put',
    arguments: [JSON.stringify({ key, value: key })],
  });
}

/** Every promise that was made before the kill holds after it. */
async function check(network: NetworkProcess, attempts: readonly Attempt[]): Promise<void> {
  const info = readInfo(network.info);
  const [first, ...others] = info.organisations.map(({ name }) =>
    connect(info, { org: name, user: 'User1' }, { chaincode: 'records' }),
  );
  if (!first) throw new Error('there is no organisation');
  try {
    // The network still works, and its newest block tells how far to read.
    const last = await put(first, `after-${randomBytes(6).toString('hex')}`);
    if (last.status !== 'committed') throw new Error(`after the kill a record was ${last.status}`);
    const blocks = await blocksUntil(first, last.blockNumber);
    const transactions = transactionsOf(blocks);
    const valid = transactions.filter(({ code }) => code === 0).map((one) => one.transactionId);
    expect(new Set(valid).size, 'a transaction took effect twice').to.equal(valid.length);
    await checkAttempts(first, attempts, new Set(valid));
    for (const other of others) {
      const theirs = await blocksUntil(other, last.blockNumber);
      expect(
        theirs.map((block) => Buffer.from(block.serializeBinary()).toString('base64')),
      ).to.deep.equal(
        blocks.map((block) => Buffer.from(block.serializeBinary()).toString('base64')),
      );
    }
  } finally {
    for (const connection of [first, ...others]) connection.close();
  }
}

async function checkAttempts(
  connection: LedgerConnection,
  attempts: readonly Attempt[],
  valid: ReadonlySet<string>,
): Promise<void> {
  const checkOne = async ({ key, outcome }: Attempt) => {
    const { status, transactionId } = outcome;
    const isValid = valid.has(transactionId);
    if (status === 'committed')
      expect(isValid, `${key} was acknowledged and is lost`).to.equal(true);
    if (status === 'refused') expect(isValid, `${key} was refused and is there`).to.equal(false);
    const answer = await connection.evaluate({
      contract: 'records',
      transaction: 'get',
      arguments: [key],
    });
    if (answer.status !== 'answered') throw new Error(`${key} cannot be read`);
    // Of an unknown outcome state and chain must still tell the same.
    const found =
      answer.result === '' ? undefined : (JSON.parse(answer.result) as { transactionId: string });
    expect(found?.transactionId, `state of ${key}`).to.equal(isValid ? transactionId : undefined);
  };
  for (let done = 0; done < attempts.length; done += readsAtOnce) {
    await Promise.all(attempts.slice(done, done + readsAtOnce).map(checkOne));
  }
}

async function blocksUntil(connection: LedgerConnection, last: bigint): Promise<common.Block[]> {
  const stream = await connection.openBlocks(0n);
  const blocks: common.Block[] = [];
  try {
    for await (const block of stream) {
      blocks.push(block);
      if (BigInt(block.getHeader()?.getNumber() ?? 0) >= last) return blocks;
    }
    throw new Error(`the peer ended its blocks before block ${last}`);
  } finally {
    stream.close();
  }
}
