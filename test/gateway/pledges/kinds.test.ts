/** Every kind of application on the local network, over the wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Props } from '../../../gateway/stands/story/props.ts';
import { type LocalNetwork, startLocalNetwork } from '../../../network/local/network.ts';
import { topologyOf } from '../../../network/topology.ts';
import { freeBasePort } from '../../../scripts/bench/free-ports.ts';
import { packageFolder } from '../../../scripts/config.ts';
import { RunningStage } from '../../../scripts/running-stage.ts';
import { readyOn } from '../../support/evidence-story.ts';
import { kindHolds, kindNames, kinds } from '../../support/pledge-kinds.ts';

describe('every kind of application on the local network', function () {
  this.timeout(120_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kepil-kinds-'));
  let network: LocalNetwork | undefined;
  let stage: RunningStage | undefined;
  let props: Props;

  before(async () => {
    network = await startLocalNetwork({
      dataDir,
      topology: topologyOf({ basePort: await freeBasePort() }),
      chaincodes: [{ name: 'kepil', runs: { folder: packageFolder } }],
    });
    stage = new RunningStage(network.info(), true);
    props = await readyOn(stage);
  });

  after(async () => {
    stage?.close();
    await network?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  for (const name of kindNames) it(kinds[name][0], () => kindHolds(props, name));
});
