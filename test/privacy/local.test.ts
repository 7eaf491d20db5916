import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { type LocalNetwork, startLocalNetwork } from '../../network/local/network.ts';
import { topologyOf } from '../../network/topology.ts';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { packageFolder } from '../../scripts/config.ts';
import { connect } from '../../scripts/network-info.ts';
import { bytesIn } from '../support/leveldb/entries.ts';
import { blocksOf, eventsOf, filesIn } from '../support/personal/channels.ts';
import { carelessFolder, tellAll } from '../support/personal/careless.ts';
import { sightingsIn, type Written } from '../support/personal/scanner.ts';
import { PlayedNetwork, stranger, tellsHoldersAlone } from '../support/personal/secrecy.ts';

describe('personal data on the local network (SE-2)', function () {
  this.timeout(300_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kepil-privacy-'));
  const said: string[] = [];
  let network: LocalNetwork;
  let played: PlayedNetwork;

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
    played = await PlayedNetwork.playedOn(network.info());
  });

  after(async () => {
    played?.close();
    await network?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  tellsHoldersAlone(() => played);

  it('is in no line that the network or its chaincode wrote', async () => {
    expect(played.scanner.scan(said.join('\n'), 'said by the network')).to.eql([]);
    const logs = await played.found(filesIn(path.join(dataDir, 'chaincode')));
    expect(logs.sightings).to.eql([]);
    expect(logs.count).to.be.greaterThan(0);
  });

  it('would be seen in each of these places, as what a careless chaincode lets out', async () => {
    const told = await tellAll(network.info());
    expect(said.join('\n')).to.not.contain(told.value.text);
    const seen = async (written: AsyncIterable<Written>) =>
      (await sightingsIn(told.scanner, written)).sightings.length;
    const careless = connect(network.info(), stranger, { chaincode: 'careless' });
    expect(await seen(blocksOf(played.beta)), 'blocks').to.be.greaterThan(1);
    expect(await seen(eventsOf(careless)), 'events').to.equal(1);
    expect(await seen(filesIn(path.join(dataDir, 'chaincode'))), 'logs').to.be.greaterThan(0);
    expect(told.scanner.scan(told.refusal, 'refusal')).to.not.eql([]);
    careless.close();
  });

  it('lies in the network’s files until the purge', async () => {
    expect((await played.found(bytesIn(dataDir))).sightings).to.not.eql([]);
  });

  it('is nowhere after the purge, and in no file (CN-6)', async () => {
    await played.run.purge();
    expect(await played.toldToHolders()).to.eql([]);
    await network.stop();
    const files = await played.found(bytesIn(dataDir));
    expect(files.sightings).to.eql([]);
    expect(files.count).to.be.greaterThan(500);
  });
});
