/** The process that keeps a network running and carries out what commands ask of it. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Json } from '../../../chaincode/kernel/canonical-json.ts';
import type { Line } from './protocol.ts';

/** Something that a command may ask for; `step` tells the one who waits what is being done. */
export type Operation = (input: Json, step: (what: string) => void) => Promise<Json>;

/** Largest request: a definition with its collections is far smaller. */
const requestBytesMax = 1024 * 1024;

/** Serves operations at a socket, each under its name as the path. */
export async function serveOperations(
  socket: string,
  operations: Readonly<Record<string, Operation>>,
): Promise<Server> {
  // A socket that a killed keeper left; a living one was asked before.
  rmSync(socket, { force: true });
  const server = createServer((request, response) => {
    void answer(request, response, operations);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  chmodSync(socket, 0o600);
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  operations: Readonly<Record<string, Operation>>,
): Promise<void> {
  const write = (line: Line): void => {
    response.write(`${JSON.stringify(line)}\n`);
  };
  try {
    const name = (request.url ?? '').slice(1);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw new Error(`the network's keeper knows no ${name}`);
    const input = JSON.parse(await bodyOf(request)) as Json;
    const result = await operation(input, (step) => {
      write({ step });
    });
    write({ result });
  } catch (error) {
    write({ error: error instanceof Error ? error.message : String(error) });
  }
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > requestBytesMax) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
