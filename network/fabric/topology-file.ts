/**
 * The network's topology as a file in its folder: what an operator changes to add a peer or an
 * orderer, and what every later command goes by.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Topology } from '../topology.ts';
import { ifThere } from '../presence.ts';

const nodeSchema = z.object({
  name: z.string().min(1),
  host: z.string().min(1),
  port: z.int().min(1024).max(65_000),
  machine: z
    .object({ address: z.ipv4(), launch: z.array(z.string().min(1)).min(1).exactOptional() })
    .exactOptional(),
  consenter: z.int().min(1).exactOptional(),
});

/** An organisation as the file, and a command that adds one, have it. */
export const organisationSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  mspId: z.string().regex(/^[A-Za-z][A-Za-z0-9.-]*$/),
  domain: z.string().min(1),
  peers: z.array(nodeSchema).min(1),
  orderers: z.array(nodeSchema),
});

const topologySchema = z.object({
  channel: z.string().regex(/^[a-z][a-z0-9.-]*$/),
  chaincode: z.string().min(1),
  organisations: z.array(organisationSchema).min(1),
});

/** Reads the topology of the network in a folder; nothing where there is none. */
export async function readTopology(root: string): Promise<Topology | undefined> {
  const text = await ifThere(readFile(fileOf(root), 'utf8'));
  if (text === undefined) return undefined;
  const parsed = topologySchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${fileOf(root)} is not a topology: ${z.prettifyError(parsed.error)}`);
}

/** Writes the topology of a network. */
export async function writeTopology(root: string, topology: Topology): Promise<void> {
  const file = fileOf(root);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.draft`, `${JSON.stringify(topology, undefined, 2)}\n`);
  await rename(`${file}.draft`, file);
}

function fileOf(root: string): string {
  return join(root, 'topology.json');
}
