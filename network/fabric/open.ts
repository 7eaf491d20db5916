/** Opens the network that lies in a folder: of one machine, or one organisation's part of it. */
import { type Crypto, ensureCrypto } from '../identity/folder.ts';
import { numbered, type Topology } from '../topology.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type Place, readPlace } from './place.ts';
import { readTopology } from './topology-file.ts';

/** A network as its folder tells it. */
export type OpenedNetwork = {
  readonly layout: Layout;
  readonly topology: Topology;
  /** Absent where all nodes share this machine. */
  readonly place: Place | undefined;
  /** On one organisation's machine its keys alone are here. */
  readonly crypto: () => Promise<Crypto>;
};

/** Opens the network in a folder; nothing where there is none. */
export async function openNetwork(root: string): Promise<OpenedNetwork | undefined> {
  const written = await readTopology(root);
  if (written === undefined) return undefined;
  const topology = numbered(written);
  const place = await readPlace(root);
  const layout = layoutOf(root, { oneMachine: place === undefined });
  const own = place?.organisation;
  return {
    layout,
    topology,
    place,
    crypto: async () => ensureCrypto(layout.crypto, topology, { own }),
  };
}
