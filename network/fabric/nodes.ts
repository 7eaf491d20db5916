/** A network's nodes: their folders with configuration, and their processes. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../identity/atomic-folder.ts';
import type { Crypto } from '../identity/folder.ts';
import { builderScripts } from './chaincode/builder.ts';
import { ordererConfig } from './config/orderer.ts';
import { peerConfig } from './config/peer.ts';
import type { Layout } from './layout.ts';
import { ordererProcess, peerProcess, type Specification } from './process/specification.ts';
import type { Programs } from './programs.ts';
import { yaml } from './yaml.ts';

/** A node's folder and its process. */
export type RenderedNode = {
  readonly folder: string;
  readonly files: Files;
  readonly process: Specification;
};

/** Renders every node of the organisations, orderers first: peers need them at once. */
export function renderNodes(
  layout: Layout,
  programs: Programs,
  crypto: Crypto,
): readonly RenderedNode[] {
  const orderers = crypto.organisations.flatMap((organisation) =>
    organisation.orderers.map((orderer) => ({
      folder: layout.node(orderer.node.host),
      files: { 'orderer.yaml': yaml(ordererConfig(layout, organisation, orderer)) },
      process: ordererProcess(layout, programs, organisation, orderer),
    })),
  );
  const peers = crypto.organisations.flatMap((organisation) =>
    organisation.peers.map((peer) => ({
      folder: layout.node(peer.node.host),
      files: {
        'core.yaml': yaml(peerConfig(layout, organisation, peer)),
        ...Object.fromEntries(
          Object.entries(builderScripts).map(([path, text]) => [join('builder', path), text]),
        ),
      },
      process: peerProcess(layout, programs, organisation, peer),
    })),
  );
  return [...orderers, ...peers];
}

/** Writes a node's files anew: they follow from the data, and nobody edits them by hand. */
export async function writeNode({ folder, files }: RenderedNode): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 });
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    if (path.startsWith(join('builder', 'bin'))) await chmod(file, 0o755);
  }
}
