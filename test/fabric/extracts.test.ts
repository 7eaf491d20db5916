/** Extracts on real Fabric, whose peers and orderers sign: what holds on the local network holds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { verifyExtract } from '../../gateway/extracts/verify.ts';
import type { Props } from '../../gateway/stands/story/pledge.ts';
import { type FabricNetwork, startFabricNetwork } from '../../network/fabric/network.ts';
import { withOrganisation } from '../../network/fabric/operations/topology-change.ts';
import { packageFolder } from '../../scripts/config.ts';
import { readInfo } from '../../scripts/network-info.ts';
import { RunningStage } from '../../scripts/running-stage.ts';
import { readyOn } from '../support/evidence-story.ts';
import { extractsProve, registerExtract } from '../support/extract-commands.ts';
import { needPrograms, testBasePort, testTopology } from './support/network.ts';

describe('extracts on a Fabric network', function () {
  this.timeout(300_000);
  let dir = '';
  let network: FabricNetwork | undefined;
  let stage: RunningStage | undefined;
  let props: Props;
  let proved: Awaited<ReturnType<typeof extractsProve>>;

  before(async function () {
    const programs = await needPrograms(this);
    dir = await mkdtemp(join(tmpdir(), 'kepil-fabric-'));
    network = await startFabricNetwork({ dir, programs, topology: testTopology() });
    await network.deploy({ name: 'kepil', module: packageFolder });
    stage = new RunningStage(readInfo(dir), true);
    props = await readyOn(stage);
  });

  after(async () => {
    stage?.close();
    await network?.stop();
    if (dir !== '') await rm(dir, { recursive: true });
  });

  it('prove a pledge and its end, and nothing that was changed', () =>
    extractsProve(props, dir, dir).then((made) => (proved = made)));

  it('go on to be proved by the same fingerprint when an organisation has joined', async () => {
    if (network === undefined) throw new Error('no network');
    const peer = { name: 'peer0', host: 'peer0.gamma.kepil.test', port: testBasePort() + 801 };
    const domain = 'gamma.kepil.test';
    const gamma = { name: 'gamma', mspId: 'GammaMSP', domain, peers: [peer], orderers: [] };
    await network.change((topology) => withOrganisation(topology, gamma));
    const text = await registerExtract(dir, proved.property);
    const verdict = valueOrThrow(verifyExtract(text, { fingerprint: proved.fingerprint }));
    expect(verdict.organisations).to.include('GammaMSP');
    // What was written before was endorsed by a majority of the five of that time.
    expect(verdict.records[0]?.record.data).to.include({ state: 'TERMINATED' });
    const configs = (JSON.parse(text) as { readonly configs: readonly unknown[] }).configs;
    process.stdout.write(`      ${text.length} bytes with ${configs.length} configurations\n`);
    expect(configs.length).to.be.greaterThan(1);
  });
});
