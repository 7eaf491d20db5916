import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCrypto } from '../../network/identity/folder.ts';
import { dataFolderAt } from '../../network/local/data-folder.ts';
import { type LocalNetwork, startLocalNetwork } from '../../network/local/network.ts';
import type { Topology } from '../../network/topology.ts';
import { describedBy, topologyWith } from './handle-of.ts';
import {
  chaincodeFolder,
  chaincodes,
  collections,
  endorsement,
  type NetworkHandle,
} from './network-handle.ts';

/** The local network in a folder of its own, on ports that are free, in this process. */
export async function startOnLocal(): Promise<NetworkHandle> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kepil-conformance-'));
  const anyPort = (): number => 0;
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  let network = await start(dataDir, topologyWith(anyPort, anyPort)).catch(
    async (error: unknown) => {
      await remove();
      throw error;
    },
  );
  const info = network.info();
  // Clients come back to the peers' ports after a restart; nobody knows the orderers'.
  const ports = info.organisations.map(({ endpoint }) => Number(endpoint.split(':')[1]));
  const topology = topologyWith((index) => ports[index] ?? 0, anyPort);
  const crypto = await ensureCrypto(dataFolderAt(dataDir).crypto, topology);
  return {
    kind: 'local',
    ...describedBy(topology, info, crypto),
    restart: async () => {
      await network.stop();
      network = await start(dataDir, topology);
    },
    orderTwice: () => {
      network.faults.set({ seed: 1, rules: [{ fault: 'duplicate-delivery', times: 1 }] });
    },
    stop: async () => {
      await network.stop();
      await remove();
    },
  };
}

function start(dataDir: string, topology: Topology): Promise<LocalNetwork> {
  const runs = { folder: chaincodeFolder };
  return startLocalNetwork({
    dataDir,
    topology,
    compare: 'all',
    chaincodes: [
      { name: chaincodes.caller, collections, runs },
      { name: chaincodes.callee, endorsementPolicy: endorsement.callee, runs },
    ],
  });
}
