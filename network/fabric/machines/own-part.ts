/**
 * What an organisation does with its own part of a network on several machines: join, approve the
 * chaincode, commit it. The network of one machine does the same for all organisations at once.
 */
import { approveDeployment, commitDeployment } from '../chaincode/approval.ts';
import type { ChannelContext } from '../chaincode/context.ts';
import { committedNow, serve } from '../chaincode/deploy.ts';
import {
  type Deployment,
  readDeployments,
  versionOf,
  writeDeployment,
} from '../chaincode/deployment.ts';
import { configBlock, type ConfigContext } from '../channel/config-update.ts';
import { joinFromFolder } from '../channel/join-by-snapshot.ts';
import { chainFolder, genesisFile, joinOrderers, joinPeers } from '../channel/join.ts';
import { joinOrderer } from '../channel/participation.ts';
import { readSnapshot } from '../channel/snapshot.ts';
import type { Topology } from '../../topology.ts';
import { isThere } from '../../presence.ts';

/**
 * Lets the nodes that are here join the channel: by its first block; or, in a channel that stands,
 * orderers by its latest configuration and peers by a snapshot that another organisation sent.
 */
export async function joinOwn(context: ChannelContext, snapshot?: string): Promise<void> {
  const { layout, programs, crypto, topology, progress } = context;
  const { channel } = topology;
  progress(`joining the channel ${channel}`);
  if (snapshot !== undefined) {
    await joinLater({ ...context, channel }, topology, snapshot);
    return;
  }
  const genesis = genesisFile(layout, channel);
  await joinOrderers({ ...context, channel }, genesis);
  await joinPeers(layout, programs, crypto, channel, genesis);
}

async function joinLater(
  context: ConfigContext,
  topology: Topology,
  snapshot: string,
): Promise<void> {
  const { layout, crypto, channel } = context;
  for (const organisation of crypto.organisations) {
    for (const peer of organisation.peers) {
      if (await isThere(chainFolder(layout, peer.node.host, channel))) continue;
      const { lastBlock } = await readSnapshot(snapshot);
      await joinFromFolder(
        { ...context, topology },
        { organisation, peer },
        snapshot,
        lastBlock + 1,
      );
    }
    for (const orderer of organisation.orderers) {
      await joinOrderer(organisation, orderer, channel, await configBlock(context));
    }
  }
}

/** Installs the channel's chaincode here, and approves it for the organisation. */
export async function approveOwn(context: ChannelContext): Promise<Deployment> {
  const deployment = await plannedDeployment(context);
  await approveDeployment(context, deployment);
  return deployment;
}

/** Commits what a majority has approved, and waits until every organisation can endorse. */
export async function commitAsOne(context: ChannelContext): Promise<Deployment> {
  const deployment = await plannedDeployment(context);
  const standing = await committedNow(context, deployment.request.name);
  if ((standing?.sequence ?? 0) < deployment.sequence) await commitDeployment(context, deployment);
  await serve(context, deployment);
  return deployment;
}

/** Waits until every organisation can endorse with this one. */
export async function untilServing(context: ChannelContext): Promise<Deployment> {
  const deployment = await plannedDeployment(context);
  await serve(context, deployment);
  return deployment;
}

/** What is to run here; one that joins later takes the sequence that stands by then. */
async function plannedDeployment(context: ChannelContext): Promise<Deployment> {
  const { layout, topology } = context;
  const planned = (await readDeployments(layout)).find(
    ({ request: { name } }) => name === topology.chaincode,
  );
  if (planned === undefined) throw new Error(`nothing is known of ${topology.chaincode} here`);
  const standing = await committedNow(context, topology.chaincode);
  const { version } = versionOf(planned.request);
  if (standing === undefined || standing.sequence <= planned.sequence) return planned;
  if (standing.version !== version) {
    throw new Error(
      `the channel runs ${topology.chaincode} in version ${standing.version}, and here is ${version}`,
    );
  }
  const current = { ...planned, sequence: standing.sequence };
  await writeDeployment(layout, current);
  return current;
}
