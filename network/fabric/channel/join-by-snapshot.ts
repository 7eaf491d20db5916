/** Lets a peer join the channel by another one's snapshot, instead of the whole chain. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Topology } from '../../topology.ts';
import type { Layout } from '../layout.ts';
import { ownAddress, peerPorts } from '../layout.ts';
import { channelValue, metricsAt } from '../operations/metrics.ts';
import { flags } from '../process/flags.ts';
import type { Programs } from '../programs.ts';
import { peerAdmin } from './peer-command.ts';
import { removeSnapshot, takeSnapshot } from './snapshot.ts';

const joinTimeoutMs = 300_000;
const pauseMs = 200;

/** A peer and the organisation that it is of. */
export type PeerOf = { readonly organisation: OrganisationCrypto; readonly peer: NodeCrypto };

/** Where the peers are. */
export type JoinContext = {
  readonly layout: Layout;
  readonly programs: Programs;
  readonly topology: Topology;
};

/** Lets a peer join by a snapshot that another one makes now. */
export async function joinBySnapshot(
  context: JoinContext,
  joining: PeerOf,
  giver: PeerOf,
): Promise<void> {
  const { layout, programs, topology } = context;
  const { channel } = topology;
  const snapshot = await takeSnapshot(layout, programs, giver.organisation, giver.peer, channel);
  try {
    await joinFromFolder(context, joining, snapshot.folder, snapshot.lastBlock + 1);
  } finally {
    await removeSnapshot(snapshot);
  }
}

/** Lets a peer join by a snapshot that lies in a folder, and waits until it has so many blocks. */
export async function joinFromFolder(
  { layout, programs, topology }: JoinContext,
  { organisation, peer }: PeerOf,
  snapshotpath: string,
  height: number,
): Promise<void> {
  const admin = peerAdmin(layout, programs, organisation, peer);
  const options = flags({ snapshotpath });
  await admin.run('joining by a snapshot', 'channel', 'joinbysnapshot', ...options);
  const { node } = peer;
  for (const deadline = Date.now() + joinTimeoutMs; Date.now() < deadline;) {
    const metrics = await metricsAt(ownAddress(node), peerPorts(node).operations);
    const present = channelValue(metrics, 'ledger_blockchain_height', topology.channel) ?? 0;
    if (present >= height) return;
    await sleep(pauseMs);
  }
  throw new Error(`${node.host} did not reach block ${height} in ${joinTimeoutMs / 1000} s`);
}
