/**
 * What says of a folder that it is one organisation's part of a network that stands on several
 * machines, and how that machine is furnished. The folder of a network of one machine has none.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ifThere } from '../presence.ts';

const placeSchema = z.object({
  /** Short name of the organisation whose part it is. */
  organisation: z.string(),
  /** Folder of Fabric's programs. */
  bin: z.string(),
  /** Folder of this package, with its `node_modules`. */
  module: z.string(),
  /** The program that runs the chaincode: Node. */
  node: z.string(),
  /** The user that runs the nodes, and alone reads their keys. */
  user: z.string(),
});

/** One organisation's machine. */
export type Place = z.output<typeof placeSchema>;

/** Its file in the folder. */
export const placeFile = 'place.json';

/** Reads whose part a folder is; nothing where it holds a network of one machine. */
export async function readPlace(root: string): Promise<Place | undefined> {
  const text = await ifThere(readFile(join(root, placeFile), 'utf8'));
  return text === undefined ? undefined : placeSchema.parse(JSON.parse(text));
}
