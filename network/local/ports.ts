/** Looks whether the network's ports are free, before anything is written or started. */
import { createServer } from 'node:net';
import type { Node, Topology } from '../topology.ts';
import { StartError } from './start-error.ts';

/** The same topology with a free port wherever it says 0; fails on a port that is taken. */
export async function withFreePorts(topology: Topology): Promise<Topology> {
  const organisations = [];
  for (const organisation of topology.organisations) {
    const peers = await freed(organisation.peers);
    const orderers = await freed(organisation.orderers);
    organisations.push({ ...organisation, peers, orderers });
  }
  return { ...topology, organisations };
}

async function freed(nodes: readonly Node[]): Promise<readonly Node[]> {
  const found = [];
  for (const node of nodes) found.push({ ...node, port: await freePort(node.port, node.host) });
  return found;
}

/** A port of loopback that was free a moment ago: the wanted one, or any where 0 is wanted. */
export async function freePort(wanted: number, forWhat: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? taken(wanted, forWhat) : error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}

function taken(port: number, forWhat: string): StartError {
  return new StartError(
    `Port ${port}, which ${forWhat} needs, is taken by another program.`,
    `Stop that program, or start the network on other ports with --base-port.`,
  );
}
