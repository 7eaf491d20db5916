import { join } from 'node:path';
import { expect } from 'chai';
import * as pledges from '../../chaincode/pledges/operations.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import { newProperty, pledgeOf } from '../../gateway/stands/story/dossiers.ts';
import { salt } from '../../gateway/stands/story/signers.ts';
import { ordererPorts, peerPorts } from '../../network/fabric/layout.ts';
import { connect, readInfo, type NetworkInfo } from '../../scripts/network-info.ts';
import { RunningStage } from '../../scripts/running-stage.ts';
import { bytesIn } from '../support/leveldb/entries.ts';
import { carelessFolder, tellAll } from '../support/personal/careless.ts';
import { answersTo, blocksOf, eventsOf, filesIn } from '../support/personal/channels.ts';
import { privateDataOf } from '../support/personal/private-stream.ts';
import { type PlayedRun, playedRun } from '../support/personal/run.ts';
import { PersonalScanner, sightingsIn, type Written } from '../support/personal/scanner.ts';
import { inOwnWords } from '../support/personal/values.ts';
import { needPrograms, startTestNetwork, type TestNetwork } from './support/network.ts';

/** Who holds what the story deposits. */
const holders = [
  ['alpha', 'AlphaMSP'],
  ['goscorp', 'GosCorpMSP'],
] as const;

describe('personal data on a Fabric network (SE-2)', function () {
  this.timeout(600_000);
  let started: TestNetwork;
  let info: NetworkInfo;
  let stage: RunningStage;
  let beta: LedgerConnection;
  let run: PlayedRun;
  let scanner: PersonalScanner;

  before(async function () {
    started = await startTestNetwork(await needPrograms(this));
    await started.network.deploy({ name: 'kepil', module: process.cwd() });
    await started.network.deploy({ name: 'careless', module: carelessFolder });
    info = readInfo(started.dir);
    stage = new RunningStage(info, true);
    beta = connect(info, { org: 'beta', user: 'User1' });
    run = await playedRun(stage);
    await abandoned();
    scanner = new PersonalScanner(run.values);
  });
  after(async () => {
    beta?.close();
    stage?.close();
    await started?.remove();
  });

  /** A deposit that both holders endorse, and that is never sent to be ordered. */
  async function abandoned(): Promise<void> {
    const alpha = connect(info, { org: 'alpha', user: 'Admin' });
    const dossier = inOwnWords(pledgeOf(stage, newProperty()));
    const input = { salt: salt(), slot: 900, dossier };
    const call = callOf(pledges.deposit, { input, key: crypto.randomUUID() }, 'AlphaMSP');
    const forgotten = () => Promise.reject(new Error('forgotten'));
    const said = await alpha.submit(call, { persist: forgotten }).then(String, String);
    expect(said).to.contain('forgotten');
    alpha.close();
  }

  const found = (written: AsyncIterable<Written>) => sightingsIn(scanner, written);

  it('is in no block and in no event', async () => {
    const blocks = await found(blocksOf(beta));
    expect(blocks.sightings).to.eql([]);
    expect(blocks.count).to.be.greaterThan(150);
    const events = await found(eventsOf(beta));
    expect(events.sightings).to.eql([]);
    expect(events.count).to.be.greaterThan(50);
  });

  it('is in no answer that anyone gets, and in nothing said of what is refused', async () => {
    const answers = await found(answersTo('query', stage, run, 'BetaMSP'));
    expect(answers.sightings).to.eql([]);
    expect(answers.count).to.be.greaterThan(40);
    expect((await found(answersTo('own', stage, run, 'BetaMSP'))).sightings).to.eql([]);
    expect(run.refusals).to.have.length(8).and.to.not.include('accepted');
    expect(scanner.scan(run.refusals.join('\n'), 'refusals')).to.eql([]);
  });

  it('is in no line of a log and in no metric of any node', async () => {
    const logs = await found(filesIn(started.network.layout.logs));
    expect(logs.sightings).to.eql([]);
    expect(logs.count).to.be.greaterThan(20);
    const metrics = await found(metricsOf());
    expect(metrics.sightings).to.eql([]);
    expect(metrics.count).to.equal(9);
  });

  /** What every node tells Prometheus. */
  async function* metricsOf(): AsyncGenerator<Written> {
    for (const { peers, orderers } of started.network.crypto.organisations) {
      const ports = [
        ...peers.map(({ node }) => peerPorts(node).operations),
        ...orderers.map(({ node }) => ordererPorts(node).operations),
      ];
      for (const port of ports) {
        const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
        const text = await answer.text();
        expect(text).to.contain('# HELP');
        yield { at: `metrics at ${port}`, bytes: text };
      }
    }
  }

  it('would be seen in each of these places, as what a careless chaincode lets out', async () => {
    const told = await tellAll(info);
    const seen = async (written: AsyncIterable<Written>) =>
      (await sightingsIn(told.scanner, written)).sightings.map(({ at }) => at);
    const careless = connect(info, { org: 'beta', user: 'User1' }, { chaincode: 'careless' });
    expect(await seen(blocksOf(beta)), 'blocks').to.not.eql([]);
    expect(await seen(eventsOf(careless)), 'events').to.not.eql([]);
    const logs = await seen(filesIn(started.network.layout.logs));
    expect(logs.join(), 'logs').to.contain('careless').and.to.contain('peer0.beta');
    const metrics = async function* () {
      for await (const { at, bytes } of metricsOf()) {
        yield { at, bytes: Buffer.concat([Buffer.from(bytes), Buffer.from(told.value.text)]) };
      }
    };
    expect(await seen(metrics()), 'metrics').to.have.length(9);
    expect(told.scanner.scan(told.refusal, 'refusal')).to.not.eql([]);
    careless.close();
  });

  it('is what its holders keep until the purge', async () => {
    for (const [name, mspId] of holders) {
      expect((await found(privateDataOf(info, name))).sightings, name).to.not.eql([]);
      expect((await found(answersTo('own', stage, run, mspId))).sightings, name).to.not.eql([]);
    }
    expect((await found(privateDataOf(info, 'beta'))).sightings).to.eql([]);
  });

  it('is told to nobody after the purge, from the next block on (CN-6)', async () => {
    await run.purge();
    for (const [name, mspId] of holders) {
      expect((await found(privateDataOf(info, name))).sightings, name).to.eql([]);
      expect((await found(answersTo('own', stage, run, mspId))).sightings, name).to.eql([]);
    }
  });

  it('lies in the files of its holders until they are erased, and of no other peer ever', async () => {
    const hosts = holders.map(([name]) => `peer0.${name}.kepil.test`);
    for (const host of ['authority', 'nit', 'beta']) {
      expect(await lyingAt(`peer0.${host}.kepil.test`), host).to.eql({});
    }
    for (const host of hosts) {
      const before = await lyingAt(host);
      process.stdout.write(`      ${host} before erasing: ${JSON.stringify(before)}\n`);
      expect(before).to.not.eql({});
      await started.network.erase(host);
    }
    await started.network.untilReady();
    for (const host of hosts) expect(await lyingAt(host), host).to.eql({});
    expect((await started.network.verify()).equal).to.equal(true);
  });

  /** How many entries of each database of a peer, or other files, hold something personal. */
  async function lyingAt(host: string): Promise<Readonly<Record<string, number>>> {
    const data = join(started.network.layout.node(host), 'data');
    const entries: Record<string, number> = {};
    for await (const { at, bytes } of bytesIn(data)) {
      if (scanner.scan(bytes, at).length === 0) continue;
      const folder = at.split('/').slice(0, -1).join('/');
      entries[folder] = (entries[folder] ?? 0) + 1;
    }
    return entries;
  }
});
