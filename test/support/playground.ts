/** A network on which a suite plays the story: brought up before its tests, taken down after them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context } from 'mocha';
import type { Props } from '../../gateway/stands/story/props.ts';
import { startLocalNetwork } from '../../network/local/network.ts';
import { topologyOf } from '../../network/topology.ts';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { packageFolder } from '../../scripts/config.ts';
import type { NetworkInfo } from '../../scripts/network-info.ts';
import { RunningStage } from '../../scripts/running-stage.ts';
import { readyOn } from './story-props.ts';
import { there } from './there.ts';

/** What the tests of a suite play with; nothing of it is there before its hooks have run. */
export type Playground = {
  /** The network's folder; the suite may write beside what lies there. */
  readonly dir: () => string;
  readonly props: () => Props;
};

type Network = { readonly info: () => NetworkInfo; readonly stop: () => Promise<void> };

/** Registers the hooks that bring a network up in a new folder and take it down. */
export function playgroundOn(start: (dir: string, suite: Context) => Promise<Network>): Playground {
  let dir: string | undefined;
  let network: Network | undefined;
  let stage: RunningStage | undefined;
  let props: Props | undefined;

  before(async function () {
    dir = mkdtempSync(path.join(tmpdir(), 'kepil-playground-'));
    network = await start(dir, this);
    stage = new RunningStage(network.info(), true);
    props = await readyOn(stage);
  });

  after(async () => {
    stage?.close();
    await network?.stop();
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  });

  return { dir: () => there(dir), props: () => there(props) };
}

/** On a local network. */
export function localPlayground(): Playground {
  return playgroundOn(async (dataDir) =>
    startLocalNetwork({
      dataDir,
      topology: topologyOf({ basePort: await freeBasePort() }),
      chaincodes: [{ name: 'kepil', runs: { folder: packageFolder } }],
    }),
  );
}
