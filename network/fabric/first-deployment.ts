/** The chaincode that a network is started for. */
import type { DeployRequest } from './chaincode/deployment.ts';
import type { FabricNetwork } from './network.ts';

/** Deploys it; where that fails nothing stays up, since whoever started it has no network to stop. */
export async function deployOrStop(network: FabricNetwork, request: DeployRequest): Promise<void> {
  try {
    await network.deploy(request);
  } catch (error) {
    await network.stop();
    throw error;
  }
}
