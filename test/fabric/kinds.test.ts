/** Every kind of application on real Fabric: what must hold is what holds on the local network. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Props } from '../../gateway/stands/story/props.ts';
import { type FabricNetwork, startFabricNetwork } from '../../network/fabric/network.ts';
import { packageFolder } from '../../scripts/config.ts';
import { readInfo } from '../../scripts/network-info.ts';
import { RunningStage } from '../../scripts/running-stage.ts';
import { readyOn } from '../support/evidence-story.ts';
import { kindHolds, kindNames, kinds } from '../support/pledge-kinds.ts';
import { needPrograms, testTopology } from './support/network.ts';

describe('every kind of application on a Fabric network', function () {
  this.timeout(300_000);
  let dir = '';
  let network: FabricNetwork | undefined;
  let stage: RunningStage | undefined;
  let props: Props;

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

  for (const name of kindNames) it(kinds[name][0], () => kindHolds(props, name));
});
