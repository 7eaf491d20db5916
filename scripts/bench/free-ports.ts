import { createServer } from 'node:net';
import { topologyOf } from '../../network/topology.ts';

const attemptsMax = 50;
const firstPort = 20_000;
const lastPort = 27_000;

/**
 * A base port from which a whole network fits: the ports of its peers and orderers are free now.
 *
 * Another program may still take one before the network does; the network then says so.
 */
export async function freeBasePort(): Promise<number> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const basePort = firstPort + Math.floor(Math.random() * (lastPort - firstPort));
    const { organisations } = topologyOf({ basePort });
    const ports = organisations.flatMap(({ peers, orderers }) =>
      [...peers, ...orderers].map(({ port }) => port),
    );
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return basePort;
  }
  throw new Error('no base port is free for a network');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
