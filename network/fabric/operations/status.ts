/** How a network stands: heights, leader, chaincodes, certificates, disk. */
import { X509Certificate } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crypto, NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Topology } from '../../topology.ts';
import { serversOf } from '../chaincode/servers.ts';
import { readDeployments, versionOf } from '../chaincode/deployment.ts';
import { peersSeenBy } from '../channel/discovery.ts';
import { channelStatus } from '../channel/participation.ts';
import { quorumOf } from '../channel/quorum.ts';
import { missingFor } from '../channel/readiness.ts';
import { type Layout, ownAddress, peerPorts } from '../layout.ts';
import { silentPort } from '../process/port.ts';
import { runningProcess } from '../process/record.ts';
import { channelValue, metricsAt } from './metrics.ts';
import { leaderOf, type Ordering, orderingOf } from './ordering.ts';
import { ifThere } from '../../presence.ts';

/** A network at one moment. */
export type NetworkStatus = {
  readonly channel: string;
  /** Whether every organisation can endorse with the others, and the orderers have a leader. */
  readonly ready: boolean;
  /** What keeps it from being so, in words. */
  readonly missing: readonly string[];
  readonly nodes: readonly NodeStatus[];
  /** Absent where not all orderers can be seen. */
  readonly ordering: Ordering | undefined;
  readonly chaincodes: readonly ChaincodeStatus[];
};

/** A peer or an orderer. */
export type NodeStatus = {
  readonly name: string;
  readonly kind: 'peer' | 'orderer';
  /** Its process on this machine; absent when it does not run. */
  readonly pid: number | undefined;
  /** Blocks that it has; absent when it does not answer. */
  readonly height: number | undefined;
  /** How many blocks it is behind the furthest node. */
  readonly lag: number | undefined;
  /** Whether this orderer leads. */
  readonly leads: boolean;
  /** Until the first of its certificates runs out. */
  readonly certificateDaysLeft: number;
  readonly diskMegabytes: number;
};

/** A chaincode and its processes on this machine. */
export type ChaincodeStatus = {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  readonly servers: readonly ServerStatus[];
};

/** An organisation's process of a chaincode. */
export type ServerStatus = {
  readonly name: string;
  readonly pid: number | undefined;
  /** Whether it runs: under systemd we know no process, and see that its port is served. */
  readonly runs: boolean;
};

const dayMs = 24 * 3_600_000;

/** Whether a node runs: we know its process, or it answers, as one does that systemd keeps. */
export function isUp({ pid, height }: Pick<NodeStatus, 'pid' | 'height'>): boolean {
  return pid !== undefined || height !== undefined;
}

/** Looks at every node that the layout has. */
export async function statusOf(
  layout: Layout,
  topology: Topology,
  crypto: Crypto,
  now = new Date(),
): Promise<NetworkStatus> {
  const { channel } = topology;
  const chaincodes = await chaincodesOf(layout, topology, crypto);
  const [leader, ordering] = await Promise.all([
    leaderOf(crypto, channel),
    orderingOf(crypto, channel),
  ]);
  const orders = crypto.organisations.some(({ orderers }) => orderers.length > 0);
  const nodes = await nodesOf(layout, crypto, { channel, leader, now });
  const highest = Math.max(0, ...nodes.map(({ height }) => height ?? 0));
  const missing = [
    ...(await missingFor(layout, crypto, channel, chaincodes)),
    ...(leader === undefined && orders ? ['no orderer says who leads'] : []),
    ...quorumMissing(crypto, nodes, ordering),
  ];
  return {
    channel,
    ready: missing.length === 0,
    missing,
    ordering,
    chaincodes,
    nodes: nodes.map((node) => ({
      ...node,
      lag: node.height === undefined ? undefined : highest - node.height,
    })),
  };
}

type Look = {
  readonly channel: string;
  readonly leader: string | undefined;
  readonly now: Date;
};

async function nodesOf(
  layout: Layout,
  crypto: Crypto,
  { channel, leader, now }: Look,
): Promise<readonly Omit<NodeStatus, 'lag'>[]> {
  const looks = crypto.organisations.flatMap((organisation) => [
    ...organisation.peers.map(async (peer) => {
      const height = await peerHeight(layout, organisation, peer, channel);
      return nodeStatus(layout, peer, { kind: 'peer', height, leads: false, now });
    }),
    ...organisation.orderers.map(async (orderer) => {
      const height = await ordererHeight(organisation, orderer, channel);
      const leads = orderer.node.host === leader;
      return nodeStatus(layout, orderer, { kind: 'orderer', height, leads, now });
    }),
  ]);
  return Promise.all(looks);
}

/** Peers may all be well and nothing commit. On one organisation's machine this cannot be seen. */
function quorumMissing(
  { members }: Crypto,
  nodes: readonly Pick<NodeStatus, 'kind' | 'height'>[],
  ordering: Ordering | undefined,
): readonly string[] {
  const all = members.flatMap(({ orderers }) => orderers).length;
  const here = nodes.filter(({ kind }) => kind === 'orderer');
  const serving = here.filter(({ height }) => height !== undefined).length;
  if (here.length < all) return [];
  if (serving < quorumOf(all)) {
    return [`${serving} of ${all} orderers serve, ${quorumOf(all)} are needed`];
  }
  const voting = ordering?.voting.length ?? all;
  if (voting >= quorumOf(all)) return [];
  return [`${voting} of ${all} orderers vote on blocks, ${quorumOf(all)} are needed`];
}

async function nodeStatus(
  layout: Layout,
  node: NodeCrypto,
  { now, ...seen }: Pick<NodeStatus, 'kind' | 'height' | 'leads'> & { readonly now: Date },
): Promise<Omit<NodeStatus, 'lag'>> {
  const { host } = node.node;
  const bytes = await bytesIn(join(layout.node(host), 'data'));
  return {
    name: host,
    ...seen,
    pid: runningProcess(layout.run, host),
    certificateDaysLeft: daysLeft(node, now),
    diskMegabytes: Math.round(bytes / 1_048_576),
  };
}

async function peerHeight(
  layout: Layout,
  organisation: OrganisationCrypto,
  { node }: NodeCrypto,
  channel: string,
): Promise<number | undefined> {
  const metrics = await metricsAt(ownAddress(node), peerPorts(node).operations);
  const height = channelValue(metrics, 'ledger_blockchain_height', channel);
  if (height !== undefined) return height;
  const endpoint = `${layout.address(node)}:${node.port}`;
  // A peer that does not answer has no height to show.
  const seen = await peersSeenBy(organisation, endpoint, node.host, channel).catch(() => []);
  return seen.find((one) => one.endpoint === endpoint)?.height;
}

async function ordererHeight(
  organisation: OrganisationCrypto,
  orderer: NodeCrypto,
  channel: string,
): Promise<number | undefined> {
  // An orderer that does not answer has no height to show.
  const status = await channelStatus(organisation, orderer, channel).catch(() => undefined);
  return status?.height;
}

async function chaincodesOf(
  layout: Layout,
  topology: Topology,
  crypto: Crypto,
): Promise<readonly ChaincodeStatus[]> {
  const deployments = (await readDeployments(layout)).map(async (deployment) => {
    const { request, sequence } = deployment;
    const servers = serversOf({ layout, topology, crypto }, deployment).map(async (server) => {
      const { name } = server;
      const pid = runningProcess(layout.run, name);
      const runs = pid !== undefined || (await silentPort(server, 0)) === undefined;
      return { name, pid, runs };
    });
    return { ...versionOf(request), sequence, servers: await Promise.all(servers) };
  });
  return Promise.all(deployments);
}

function daysLeft({ signer, tlsCert }: NodeCrypto, now: Date): number {
  const ends = [signer.certificatePem, tlsCert].map((pem) =>
    new Date(new X509Certificate(pem).validTo).getTime(),
  );
  return Math.floor((Math.min(...ends) - now.getTime()) / dayMs);
}

async function bytesIn(folder: string): Promise<number> {
  // A node in service makes and deletes files while they are counted.
  const entries = (await ifThere(readdir(folder, { recursive: true }))) ?? [];
  const sizes = await Promise.all(
    entries.map(async (entry) => (await ifThere(stat(join(folder, entry))))?.size ?? 0),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
