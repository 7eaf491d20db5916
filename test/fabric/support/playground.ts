/** A Fabric network on which a suite plays the story. */
import { deployOrStop } from '../../../network/fabric/first-deployment.ts';
import { type FabricNetwork, startFabricNetwork } from '../../../network/fabric/network.ts';
import { packageFolder } from '../../../scripts/config.ts';
import { readInfo } from '../../../scripts/network-info.ts';
import { type Playground, playgroundOn } from '../../support/playground.ts';
import { there } from '../../support/there.ts';
import { needPrograms, testTopology } from './network.ts';

export type FabricPlayground = Playground & { readonly network: () => FabricNetwork };

/** Registers the hooks; they skip the suite where Fabric is not at hand. */
export function fabricPlayground(): FabricPlayground {
  let network: FabricNetwork | undefined;
  const playground = playgroundOn(async (dir, suite) => {
    const programs = await needPrograms(suite);
    const started = await startFabricNetwork({ dir, programs, topology: testTopology() });
    network = started;
    await deployOrStop(started, { name: 'kepil', module: packageFolder });
    return { info: () => readInfo(dir), stop: () => started.stop() };
  });
  return { ...playground, network: () => there(network) };
}
