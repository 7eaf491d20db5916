/**
 * What an organisation does with its own part of a network on several machines: join, approve the
 * chaincode, commit it. The network of one machine does the same for all organisations at once.
 */
import {
  approveDeployment,
  type ChannelContext,
  committedNow,
  commitDeployment,
  serve,
} from '../chaincode/deploy.ts';
import { type Deployment, readDeployments } from '../chaincode/deployment.ts';
import { genesisFile, joinOrderers, joinPeers } from '../channel/join.ts';

/** Lets the nodes that are here join the channel by its first block. */
export async function joinOwn(context: ChannelContext): Promise<void> {
  const { layout, programs, crypto, topology, progress } = context;
  const genesis = genesisFile(layout, topology.channel);
  progress(`joining the channel ${topology.channel}`);
  await joinOrderers(crypto, topology.channel, genesis);
  await joinPeers(layout, programs, crypto, topology.channel, genesis);
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

async function plannedDeployment({ layout, topology }: ChannelContext): Promise<Deployment> {
  const planned = (await readDeployments(layout)).find(
    ({ request: { name } }) => name === topology.chaincode,
  );
  if (planned === undefined) throw new Error(`nothing is known of ${topology.chaincode} here`);
  return planned;
}
