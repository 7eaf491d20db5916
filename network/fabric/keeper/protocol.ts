/**
 * How a command talks to the process that keeps a network running: HTTP over a socket in the
 * network's folder, a request an operation, the answer a line of JSON for each step and one for
 * the end.
 */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../chaincode/kernel/canonical-json.ts';
import type { Layout } from '../layout.ts';

/** A line of an answer. */
export type Line =
  { readonly step: string } | { readonly result: Json } | { readonly error: string };

/** Longest path of a socket that every Unix takes. */
const socketPathMax = 100;

/** Where the keeper of a network listens; only its own user reaches the folder. */
export function socketOf(layout: Layout): string {
  const path = join(layout.run, 'keeper.sock');
  if (path.length <= socketPathMax) return path;
  const name = createHash('sha256').update(layout.run).digest('hex').slice(0, 16);
  return join(tmpdir(), `kepil-${name}.sock`);
}
