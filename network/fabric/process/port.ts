/** Ports: whether they are free before a start, and when something listens after it. */
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a process listens. */
export type Listener = { readonly address: string; readonly ports: readonly number[] };

/** Which of a process's ports are taken. */
export async function takenPorts({ address, ports }: Listener): Promise<readonly number[]> {
  const checks = await Promise.all(
    ports.map(async (port) => ((await isFree(address, port)) ? [] : [port])),
  );
  return checks.flat();
}

/** Waits until a process listens at each of its ports; says at which it did not in time. */
export async function silentPort(
  { address, ports }: Listener,
  timeoutMs: number,
): Promise<number | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (const port of ports) {
    while (!(await accepts(address, port))) {
      if (Date.now() > deadline) return port;
      await sleep(50);
    }
  }
  return undefined;
}

async function isFree(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      // The address of another machine: whether something answers there is all that can be asked.
      if (code === 'EADDRNOTAVAIL') resolve(accepts(address, port).then((answers) => !answers));
      else resolve(false);
    });
    server.listen(port, address, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

async function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      end(true);
    });
    socket.once('timeout', () => {
      end(false);
    });
    socket.once('error', () => {
      end(false);
    });
  });
}
