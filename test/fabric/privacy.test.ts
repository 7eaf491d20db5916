import { join } from 'node:path';
import { expect } from 'chai';
import * as pledges from '../../chaincode/pledges/operations.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import { newProperty, pledgeOf } from '../../gateway/stands/story/dossiers.ts';
import { salt } from '../../gateway/stands/story/signers.ts';
import { ordererPorts, peerPorts } from '../../network/fabric/layout.ts';
import { connect, readInfo } from '../../scripts/network-info.ts';
import { bytesIn } from '../support/leveldb/entries.ts';
import { carelessFolder, tellAll } from '../support/personal/careless.ts';
import { blocksOf, eventsOf, filesIn } from '../support/personal/channels.ts';
import { sightingsIn, type Written } from '../support/personal/scanner.ts';
import {
  holders,
  PlayedNetwork,
  stranger,
  tellsHoldersAlone,
} from '../support/personal/secrecy.ts';
import { inOwnWords } from '../support/personal/values.ts';
import { needPrograms, startTestNetwork, type TestNetwork } from './support/network.ts';
import { say } from './support/say.ts';

describe('personal data on a Fabric network (SE-2)', function () {
  this.timeout(600_000);
  let started: TestNetwork;
  let played: PlayedNetwork;

  before(async function () {
    started = await startTestNetwork(await needPrograms(this));
    await started.network.deploy({ name: 'kepil', module: process.cwd() });
    await started.network.deploy({ name: 'careless', module: carelessFolder });
    played = await PlayedNetwork.playedOn(readInfo(started.dir));
    await abandoned();
  });
  after(async () => {
    played?.close();
    await started?.remove();
  });

  /** A deposit that both holders endorse, and that is never sent to be ordered. */
  async function abandoned(): Promise<void> {
    const { info, stage } = played;
    const alpha = connect(info, { org: 'alpha', user: 'Admin' });
    const dossier = inOwnWords(pledgeOf(stage, newProperty()));
    const input = { salt: salt(), slot: 900, dossier };
    const call = callOf(pledges.deposit, { input, key: crypto.randomUUID() }, 'AlphaMSP');
    const forgotten = () => Promise.reject(new Error('forgotten'));
    const said = await alpha.submit(call, { persist: forgotten }).then(String, String);
    expect(said).to.contain('forgotten');
    alpha.close();
  }

  tellsHoldersAlone(() => played);

  it('is in no line of a log and in no metric of any node', async () => {
    const logs = await played.found(filesIn(started.network.layout.logs));
    expect(logs.sightings).to.eql([]);
    expect(logs.count).to.be.greaterThan(20);
    const metrics = await played.found(metricsOf());
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
    const { info, beta } = played;
    const told = await tellAll(info);
    const seen = async (written: AsyncIterable<Written>) =>
      (await sightingsIn(told.scanner, written)).sightings.map(({ at }) => at);
    const careless = connect(info, stranger, { chaincode: 'careless' });
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

  it('is told to nobody after the purge, from the next block on (CN-6)', async () => {
    await played.run.purge();
    expect(await played.toldToHolders()).to.eql([]);
  });

  it('lies in the files of its holders until they are erased, and of no other peer ever', async () => {
    const hosts = holders.map(([name]) => `peer0.${name}.kepil.test`);
    for (const host of ['authority', 'nit', 'beta']) {
      expect(await lyingAt(`peer0.${host}.kepil.test`), host).to.eql({});
    }
    for (const host of hosts) {
      const before = await lyingAt(host);
      say(`${host} before erasing: ${JSON.stringify(before)}`);
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
      if (played.scanner.scan(bytes, at).length === 0) continue;
      const folder = at.split('/').slice(0, -1).join('/');
      entries[folder] = (entries[folder] ?? 0) + 1;
    }
    return entries;
  }
});
