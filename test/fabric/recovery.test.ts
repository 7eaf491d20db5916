import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { readBatchEvidence } from '../../chaincode/pledges/evidence-operations.ts';
import { readDossier } from '../../chaincode/pledges/operations.ts';
import { cessionOf, opened } from '../../gateway/stands/story/batch.ts';
import { registered, type Props } from '../../gateway/stands/story/pledge.ts';
import { inSlot } from '../../gateway/stands/story/props.ts';
import { readInfo } from '../../scripts/network-info.ts';
import { healed } from '../../scripts/private-data/heal.ts';
import { type Holder, withHolders } from '../../scripts/private-data/holders.ts';
import { lackingFindings } from '../../scripts/private-data/lacking.ts';
import { RunningStage } from '../../scripts/running-stage.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { cessionLine, egknLine } from '../support/portfolio-scene.ts';
import { readyOn } from '../support/story-props.ts';
import {
  needPrograms,
  startTestNetwork,
  testTopology,
  type TestNetwork,
  withSecondPeer,
} from './support/network.ts';

describe('a Fabric network whose peer loses its folder', function () {
  this.timeout(180_000);
  let started: TestNetwork;
  let beta: LedgerConnection;
  let goscorp: LedgerConnection;

  before(async function () {
    started = await startTestNetwork(await needPrograms(this), withSecondPeer(testTopology()));
    beta = started.connection('beta');
    goscorp = started.connection('goscorp');
  });
  after(() => started?.remove());

  it('has it back from a backup, but for what its organisation alone held since', async () => {
    const backup = join(started.dir, 'backup');
    await hide(beta, 'kept', 'BetaMSP');
    await started.network.backUp('peer0.beta.kepil.test', backup);
    await started.network.untilReady();
    await hide(beta, 'since', 'BetaMSP');

    const folder = started.network.layout.node('peer0.beta.kepil.test');
    await started.network.kill('peer0.beta.kepil.test', { restart: false });
    await rm(join(folder, 'data'), { recursive: true });
    await started.network.restore('peer0.beta.kepil.test', backup);
    await started.network.untilReady();

    // It has caught up when it holds the others' ledger.
    expect((await started.network.verify()).equal).to.equal(true);
    expect(await reveal(beta, 'kept')).to.equal('answered');
    expect(await reveal(beta, 'since')).to.match(/private data matching public hash version/);
    // The same value again has the same hash, and makes the store whole.
    await hide(beta, 'since', 'BetaMSP');
    expect(await reveal(beta, 'since')).to.equal('answered');
  });

  it('is not restored from a backup of another peer, nor from half a one', async () => {
    const backup = join(started.dir, 'backup');
    const failure = (host: string) =>
      started.network.restore(host, backup).then(
        () => 'restored',
        (error: unknown) => String(error),
      );
    expect(await failure('peer0.alpha.kepil.test')).to.match(/is of peer0\.beta\.kepil\.test/);
    await rm(join(backup, 'manifest.json'));
    expect(await failure('peer0.beta.kepil.test')).to.match(/holds no finished backup/);
  });

  it('misses nothing where the organisation has a second peer', async () => {
    await hide(goscorp, 'twice', 'GosCorpMSP');
    // The first peer gives a copy to the second one while it endorses; nothing tells when it has it.
    await sleep(2000);
    await started.network.kill('peer0.goscorp.kepil.test', { restart: false });
    const second = started.connect('goscorp', 'User1', 1);
    expect(await reveal(second, 'twice')).to.equal('answered');
    second.close();
    await started.network.restart('peer0.goscorp.kepil.test');
    await started.network.untilReady();
  });

  it('keeps no byte of purged data on its disk after it was erased', async () => {
    await hide(beta, 'doomed', 'BetaMSP');
    await hide(beta, 'spared', 'BetaMSP');
    const call = { transaction: 'forget', arguments: ['doomed'], endorsers: ['BetaMSP'] };
    expect((await beta.submit(call)).status).to.equal('committed');
    const data = join(started.network.layout.node('peer0.beta.kepil.test'), 'data');
    expect(await holds(data, 'value of doomed'), 'a purge alone').to.equal(true);

    await started.network.erase('peer0.beta.kepil.test');
    await started.network.untilReady();

    expect(await holds(data, 'value of doomed'), 'after erasing').to.equal(false);
    expect(await reveal(beta, 'spared')).to.equal('answered');
    expect((await started.network.verify()).equal).to.equal(true);
  });

  async function hide(connection: LedgerConnection, name: string, mspId: string): Promise<void> {
    const outcome = await connection.submit({
      transaction: 'hide',
      arguments: [name],
      transient: { value: `value of ${name}` },
      endorsers: [mspId],
    });
    if (outcome.status !== 'committed') throw new Error(JSON.stringify(outcome));
  }

  /** `answered`, or why not. */
  async function reveal(connection: LedgerConnection, name: string): Promise<string> {
    const outcome = await connection.evaluate({ transaction: 'reveal', arguments: [name] });
    if (outcome.status === 'refused') return JSON.stringify(outcome.reason);
    expect(outcome.result).to.equal(`value of ${name}`);
    return outcome.status;
  }
});

describe('a Fabric network whose peer loses dossiers', function () {
  this.timeout(300_000);
  const topology = withSecondPeer(testTopology());
  let started: TestNetwork;
  let stage: RunningStage;
  let props: Props;

  before(async function () {
    started = await startTestNetwork(await needPrograms(this), topology);
    await started.network.deploy({ name: 'kepil', module: process.cwd() });
    stage = new RunningStage(readInfo(started.dir), true);
    props = await readyOn(stage);
  });
  after(async () => {
    stage?.close();
    await started?.remove();
  });

  const onPeers = <T>(work: (holders: readonly Holder[]) => Promise<T>): Promise<T> =>
    withHolders({ layout: started.network.layout, topology, crypto: started.network.crypto }, work);

  it('names those deposited since the backup, and has them back from the other holder', async () => {
    const [alpha, goscorp] = ['peer0.alpha.kepil.test', 'peer0.goscorp.kepil.test'];
    const early = await registered(props);
    for (const host of [alpha, goscorp]) {
      await started.network.backUp(host, join(started.dir, `backup of ${host}`));
    }
    await started.network.untilReady();
    const late = await registered(inSlot(props, 1));
    const { batch } = (await opened(props, cessionOf(props, [[cessionLine(egknLine(1))]]))).content;
    for (const host of [alpha, goscorp]) {
      await started.network.kill(host, { restart: false });
      await rm(join(started.network.layout.node(host), 'data'), { recursive: true });
      await started.network.restore(host, join(started.dir, `backup of ${host}`));
    }
    await started.network.untilReady();
    expect((await started.network.verify()).equal).to.equal(true);

    const findings = await onPeers(lackingFindings);
    const said = findings.map(({ code, what }) => `${code}: ${what}`).join('\n');
    // The State Corporation has a second peer, and misses nothing.
    expect(findings).to.have.length(2);
    expect(said).to.contain(`PRIVATE_DATA_MISSING: ${alpha}`).and.to.contain(late.id);
    expect(said).to.contain('the dossier of revision 1').and.to.contain('participant 4');
    expect(said).to.contain(`lacks of batch ${batch}: the signature with the hash`);
    expect(said).not.to.contain(early.id);
    const asked = { application: late.id };
    const refusal = await stage.done(readDossier, asked, { org: 'AlphaMSP' }).catch(String);
    expect(refusal).to.contain('DOSSIER_LACKING');

    const { healed: back, lost } = await onPeers(healed);
    // The dossier, four signatures under it and three under consents; of the batch those of both
    // parties, for the officer's never was at the platform.
    expect([back.length, lost.length]).to.eql([1 + 4 + 3 + 2, 0]);
    expect(await onPeers(lackingFindings)).to.eql([]);
    expect(await stage.done(readDossier, asked, { org: 'AlphaMSP' })).to.eql(
      await stage.done(readDossier, asked, { org: 'GosCorpMSP' }),
    );
    const cedents = { batch, by: 'CEDENT' } as const;
    expect(await stage.done(readBatchEvidence, cedents, { org: 'AlphaMSP' })).to.eql(
      await stage.done(readBatchEvidence, cedents, { org: 'GosCorpMSP' }),
    );
    expect(await onPeers(healed)).to.eql({ healed: [], lost: [] });
    expect((await started.network.verify()).equal).to.equal(true);
  });
});

/** Whether any file under a folder holds a text. */
async function holds(folder: string, text: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    if (bytes.includes(text)) return true;
  }
  return false;
}
