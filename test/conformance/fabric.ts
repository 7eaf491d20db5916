import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFabricNetwork } from '../../network/fabric/network.ts';
import type { Programs } from '../../network/fabric/programs.ts';
import { describedBy, topologyWith } from './handle-of.ts';
import {
  chaincodeFolder,
  chaincodes,
  collections,
  endorsement,
  type NetworkHandle,
} from './network-handle.ts';

/** Away from the ports of a network that a developer may have running. */
const firstPort = 24_051;
const portsEach = 100;

/** A real network of five organisations in a folder of its own, with the suite's chaincodes. */
export async function startOnFabric(programs: Programs): Promise<NetworkHandle> {
  const dir = await mkdtemp(join(tmpdir(), 'kepil-conformance-'));
  const peerPort = (index: number): number => firstPort + index * portsEach;
  const topology = topologyWith(peerPort, (index) => peerPort(index) - 1);
  const network = await startFabricNetwork({ dir, programs, topology });
  const stop = async (): Promise<void> => {
    await network.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const module = chaincodeFolder;
    await network.deploy({ name: chaincodes.caller, module, collections });
    await network.deploy({ name: chaincodes.callee, module, policy: endorsement.callee });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kind: 'fabric',
    ...describedBy(topology, network.info(), network.crypto),
    restart: async (organisation) => network.restart(`peer0.${organisation}.kepil.test`),
    stop,
  };
}
