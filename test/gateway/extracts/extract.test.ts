/** Extracts on the local network, by command. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Props } from '../../../gateway/stands/story/pledge.ts';
import { type LocalNetwork, startLocalNetwork } from '../../../network/local/network.ts';
import { topologyOf } from '../../../network/topology.ts';
import { freeBasePort } from '../../../scripts/bench/free-ports.ts';
import { packageFolder } from '../../../scripts/config.ts';
import { RunningStage } from '../../../scripts/running-stage.ts';
import { readyOn } from '../../support/evidence-story.ts';
import { extractsProve } from '../../support/extract-commands.ts';

describe('extracts on the local network', function () {
  this.timeout(180_000);
  const dir = mkdtempSync(path.join(tmpdir(), 'kepil-extracts-'));
  const dataDir = path.join(dir, 'network');
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
    rmSync(dir, { recursive: true, force: true });
  });

  it('prove a pledge and its end, and nothing that was changed', () =>
    extractsProve(props, dataDir, dir));
});
