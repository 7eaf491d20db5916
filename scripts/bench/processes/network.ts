/** A network for the bench and the crash tests, in a process of its own (`../network-process.ts`). */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startFabricNetwork } from '../../../network/fabric/network.ts';
import { findPrograms } from '../../../network/fabric/programs.ts';
import { startLocalNetwork } from '../../../network/local/network.ts';
import { topologyOf } from '../../../network/topology.ts';
import { fabricPlaces, packageFolder } from '../../config.ts';
import type { NetworkReport, NetworkRequest } from '../network-process.ts';

const folders = {
  records: path.join(packageFolder, 'scripts', 'bench', 'chaincode'),
  kepil: packageFolder,
};

type Started = { readonly info: string; stop(): Promise<void> };

async function startLocal({ dir, basePort, chaincode, faults }: NetworkRequest): Promise<Started> {
  const network = await startLocalNetwork({
    dataDir: dir,
    topology: topologyOf({ basePort }),
    chaincodes: [{ name: chaincode, runs: { folder: folders[chaincode] } }],
    ...(faults === undefined ? {} : { faults: { file: faults } }),
  });
  return { info: path.join(dir, 'info.json'), stop: () => network.stop() };
}

async function startFabric({ dir, basePort, chaincode }: NetworkRequest): Promise<Started> {
  const programs = await findPrograms(fabricPlaces());
  const network = await startFabricNetwork({ dir, programs, topology: topologyOf({ basePort }) });
  await network.deploy({ name: chaincode, module: folders[chaincode] });
  await network.untilReady();
  const info = path.join(dir, 'bench-info.json');
  writeFileSync(info, JSON.stringify(network.info()));
  return { info, stop: () => network.stop() };
}

process.once('message', (request: NetworkRequest) => void serve(request));

async function serve(request: NetworkRequest): Promise<void> {
  try {
    const network = await (request.kind === 'local' ? startLocal(request) : startFabric(request));
    process.once('SIGTERM', () => void end(network));
    tell({ info: network.info });
  } catch (error) {
    tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function end(network: Started): Promise<void> {
  await network.stop();
  process.exit(0);
}

/** Whoever started it may be gone: then there is nobody to run for. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

function tell(report: NetworkReport): void {
  process.send?.(report);
}
