import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { type LocalNetwork, startLocalNetwork } from '../../network/local/network.ts';
import { topologyOf } from '../../network/topology.ts';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { packageFolder } from '../../scripts/config.ts';
import { connect } from '../../scripts/network-info.ts';
import { RunningStage } from '../../scripts/running-stage.ts';
import { bytesIn } from '../support/leveldb/entries.ts';
import { answersTo, blocksOf, eventsOf, filesIn } from '../support/personal/channels.ts';
import { carelessFolder, tellAll } from '../support/personal/careless.ts';
import { privateDataOf } from '../support/personal/private-stream.ts';
import { type PlayedRun, playedRun } from '../support/personal/run.ts';
import { PersonalScanner, sightingsIn, type Written } from '../support/personal/scanner.ts';

describe('personal data on the local network (SE-2)', function () {
  this.timeout(180_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kepil-privacy-'));
  const said: string[] = [];
  let network: LocalNetwork;
  let stage: RunningStage;
  let beta: LedgerConnection;
  let run: PlayedRun;
  let scanner: PersonalScanner;

  before(async () => {
    network = await startLocalNetwork({
      dataDir,
      topology: topologyOf({ basePort: await freeBasePort() }),
      chaincodes: [
        { name: 'kepil', runs: { folder: packageFolder } },
        { name: 'careless', runs: { folder: carelessFolder } },
      ],
      log: (line) => said.push(line),
    });
    stage = new RunningStage(network.info(), true);
    beta = connect(network.info(), who);
    run = await playedRun(stage);
    scanner = new PersonalScanner(run.values);
  });

  after(async () => {
    beta?.close();
    stage?.close();
    await network?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

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

  it('is in no line that the network or its chaincode wrote', async () => {
    expect(scanner.scan(said.join('\n'), 'said by the network')).to.eql([]);
    const logs = await found(filesIn(path.join(dataDir, 'chaincode')));
    expect(logs.sightings).to.eql([]);
    expect(logs.count).to.be.greaterThan(0);
  });

  it('would be seen in each of these places, as what a careless chaincode lets out', async () => {
    const told = await tellAll(network.info());
    expect(said.join('\n')).to.not.contain(told.value.text);
    const seen = async (written: AsyncIterable<Written>) =>
      (await sightingsIn(told.scanner, written)).sightings.length;
    const careless = connect(network.info(), who, { chaincode: 'careless' });
    expect(await seen(blocksOf(beta)), 'blocks').to.be.greaterThan(1);
    expect(await seen(eventsOf(careless)), 'events').to.equal(1);
    expect(await seen(filesIn(path.join(dataDir, 'chaincode'))), 'logs').to.be.greaterThan(0);
    expect(told.scanner.scan(told.refusal, 'refusal')).to.not.eql([]);
    careless.close();
  });

  it('is what its holders keep until the purge', async () => {
    for (const [name, mspId] of holders) {
      expect((await found(privateDataOf(network.info(), name))).sightings, name).to.not.eql([]);
      expect((await found(answersTo('own', stage, run, mspId))).sightings, name).to.not.eql([]);
    }
    expect((await found(privateDataOf(network.info(), 'beta'))).sightings).to.eql([]);
    expect((await found(bytesIn(dataDir))).sightings).to.not.eql([]);
  });

  it('is nowhere after the purge, and in no file (CN-6)', async () => {
    await run.purge();
    for (const [name, mspId] of holders) {
      expect((await found(privateDataOf(network.info(), name))).sightings, name).to.eql([]);
      expect((await found(answersTo('own', stage, run, mspId))).sightings, name).to.eql([]);
    }
    await network.stop();
    const files = await found(bytesIn(dataDir));
    expect(files.sightings).to.eql([]);
    expect(files.count).to.be.greaterThan(500);
  });
});

/** A stranger to all of it. */
const who = { org: 'beta', user: 'User1' };

/** Who holds what the story deposits. */
const holders = [
  ['alpha', 'AlphaMSP'],
  ['goscorp', 'GosCorpMSP'],
] as const;
