/**
 * Where everything of a Fabric network lies on one machine: folders, files and ports.
 *
 * The same layout serves the network of one machine and what one organisation runs on its own:
 * the latter has only its own nodes.
 */
import { join } from 'node:path';
import type { Node, Organisation } from '../topology.ts';

/** Paths and addresses of a network's parts. */
export type Layout = {
  /** The network's folder; all that follows lies in it. */
  readonly root: string;
  readonly crypto: string;
  /** `configtx.yaml` and the channel's first block. */
  readonly channel: string;
  readonly packages: string;
  readonly logs: string;
  /** Files of processes that run now. */
  readonly run: string;
  /** One node's configuration, and its data in `data`. */
  node(host: string): string;
  /** Under which address others reach a node. */
  address(node: Node): string;
  /** The address that a node listens at. */
  bind(node: Node): string;
};

/** What a layout may be told. */
export type LayoutOptions = {
  /**
   * Whether all nodes share this machine. They are then reached over 127.0.0.1, which needs no
   * name to resolve; otherwise by their host names, as other machines must.
   */
  readonly oneMachine?: boolean;
};

/** Lays out a network under its folder. */
export function layoutOf(root: string, options: LayoutOptions = {}): Layout {
  const oneMachine = options.oneMachine ?? true;
  return {
    root,
    crypto: join(root, 'crypto'),
    channel: join(root, 'channel'),
    packages: join(root, 'packages'),
    logs: join(root, 'logs'),
    run: join(root, 'run'),
    node: (host) => join(root, 'nodes', host),
    address: (node) => node.machine?.address ?? (oneMachine ? '127.0.0.1' : node.host),
    bind: (node) => node.machine?.address ?? (oneMachine ? '127.0.0.1' : '0.0.0.0'),
  };
}

/** Where a node's own organisation reaches what is not for others: its chaincode, its metrics. */
export function ownAddress({ machine }: Node): string {
  return machine?.address ?? '127.0.0.1';
}

/** A peer's further ports, beside the one that clients use. */
export function peerPorts(peer: Node): { readonly chaincode: number; readonly operations: number } {
  return { chaincode: peer.port + 1, operations: peer.port + 2 };
}

/** An orderer's further ports, beside the one that peers and other orderers use. */
export function ordererPorts(orderer: Node): {
  readonly admin: number;
  readonly operations: number;
} {
  return { admin: orderer.port + 4, operations: orderer.port + 5 };
}

/** Chaincode servers of an organisation listen above its first peer, in order of their start. */
export function chaincodePort(organisation: Organisation, index: number): number {
  const [peer] = organisation.peers;
  if (peer === undefined) throw new Error(`${organisation.name} has no peer`);
  if (index >= chaincodesMax) throw new Error(`more than ${chaincodesMax} chaincodes`);
  return peer.port + 10 + index;
}

/** The ports between a peer and its organisation's second one leave room for so many. */
export const chaincodesMax = 80;
