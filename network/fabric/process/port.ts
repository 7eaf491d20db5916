/** Ports: whether they are free before a start, and when something listens after it. */
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Which of the ports are taken on this machine. */
export async function takenPorts(ports: readonly number[]): Promise<readonly number[]> {
  const checks = await Promise.all(ports.map(async (port) => ((await isFree(port)) ? [] : [port])));
  return checks.flat();
}

/** Waits until something listens at the port; false when nothing did in time. */
export async function listens(port: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  do {
    if (await accepts(port)) return true;
    await sleep(50);
  } while (Date.now() < deadline);
  return false;
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
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
