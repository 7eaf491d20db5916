/** Asks the process that keeps a network running. */
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Json } from '../../../chaincode/kernel/canonical-json.ts';
import type { Line } from './protocol.ts';

/** The operation was refused or failed; the message is the keeper's. */
export class KeeperError extends Error {}

/**
 * Asks for an operation and gives its result, or nothing where no keeper listens. `onStep` hears
 * what is being done meanwhile.
 */
export async function askKeeper(
  socket: string,
  operation: string,
  input: Json = null,
  onStep: (step: string) => void = () => undefined,
): Promise<Json | undefined> {
  const response = await send(socket, operation, input);
  if (response === undefined) return undefined;
  for await (const text of createInterface({ input: response })) {
    const line = JSON.parse(text) as Line;
    if ('error' in line) throw new KeeperError(line.error);
    if ('result' in line) return line.result;
    onStep(line.step);
  }
  throw new KeeperError('the network ended before it answered');
}

async function send(
  socket: string,
  operation: string,
  input: Json,
): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: socket, path: `/${operation}`, method: 'POST' });
    outgoing.once('response', resolve);
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
    outgoing.end(JSON.stringify(input));
  });
}
