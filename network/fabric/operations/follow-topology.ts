/**
 * Brings a running network to what its topology says: organisations, peers and orderers join or
 * leave while it serves. Every step looks first whether it is done, so that a run that was killed
 * is finished by the next one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Member, MemberOrderer } from '../../identity/member.ts';
import type { DeployContext } from '../chaincode/context.ts';
import { joinDeployment } from '../chaincode/deploy.ts';
import { readDeployments } from '../chaincode/deployment.ts';
import { Lifecycle } from '../chaincode/lifecycle.ts';
import {
  configBlock,
  type ConfigContext,
  presentGroup,
  updateChannel,
} from '../channel/config-update.ts';
import { membersIn, withoutOrganisation } from '../channel/desired-config.ts';
import { chainFolder } from '../channel/join.ts';
import { joinBySnapshot } from '../channel/join-by-snapshot.ts';
import { channelStatus, joinOrderer } from '../channel/participation.ts';
import {
  membersChange,
  ordererChange,
  ordererDifference,
  withoutConsenter,
} from '../channel/wanted-changes.ts';
import { isThere } from '../../presence.ts';

/** How long an orderer that joins may take to hold the chain. */
const joinTimeoutMs = 120_000;
const pauseMs = 250;

/** Lets the channel follow the topology; the nodes that it names run already. */
export async function followTopology(context: DeployContext): Promise<void> {
  const config: ConfigContext = { ...context, channel: context.topology.channel };
  await followMembers(context, config);
  await followOrderers(context, config);
  await dismiss(context, config);
  await joinNewPeers(context);
  await joinDeployments(context);
}

/** Admits organisations that the channel lacks, and makes their peers its anchors. */
async function followMembers(context: DeployContext, config: ConfigContext): Promise<void> {
  const { crypto, progress } = context;
  const known = membersIn(await presentGroup(config), 'Application');
  for (const { name } of crypto.members.filter(({ mspId }) => !known.includes(mspId))) {
    progress(`signing ${name} into the channel, by a majority`);
  }
  const change = await membersChange(context, known);
  await updateChannel(config, 'admitting organisations and naming anchor peers', change);
}

/** Lets orderers join and leave, one at a time: each change needs a quorum of those before it. */
async function followOrderers(context: DeployContext, config: ConfigContext): Promise<void> {
  const { crypto, layout, progress, supervisor } = context;
  const { lacking, surplus } = ordererDifference(context, await presentGroup(config));
  for (const { member, orderer } of lacking) await addOrderer(context, config, member, orderer);
  for (const leaving of surplus) {
    const address = `${leaving.host}:${leaving.port}`;
    progress(`signing the orderer at ${address} out of the channel`);
    await updateChannel(config, `removing the orderer at ${address}`, (channel) =>
      withoutConsenter(channel, layout, crypto.members, leaving),
    );
  }
  const kept = crypto.members.flatMap(({ orderers }) => orderers.map(({ node }) => node.host));
  const gone = supervisor
    .states()
    .filter(({ kind, name }) => kind === 'orderer' && !kept.includes(name));
  for (const { name } of gone) await supervisor.stop(name);
}

/** It first follows the chain, and is signed in when it has it: no quorum waits for it. */
async function addOrderer(
  context: DeployContext,
  config: ConfigContext,
  member: Member,
  { node }: MemberOrderer,
): Promise<void> {
  const organisation = context.crypto.organisations.find(({ mspId }) => mspId === member.mspId);
  const orderer = organisation?.orderers.find((one) => one.node.host === node.host);
  if (organisation === undefined || orderer === undefined) {
    throw new Error(`the keys of ${node.host} are not here`);
  }
  context.progress(`letting ${node.host} take the chain`);
  await joinOrderer(organisation, orderer, config.channel, await configBlock(config));
  await untilOrderer(config, organisation, orderer, ({ status }) => status === 'active');
  context.progress(`signing ${node.host} into the channel, by a majority`);
  const change = await ordererChange(context, member, orderer);
  await updateChannel(config, `adding the orderer ${node.host}`, change);
  await untilOrderer(
    config,
    organisation,
    orderer,
    ({ status, consensusRelation }) => status === 'active' && consensusRelation === 'consenter',
  );
}

async function untilOrderer(
  { channel }: ConfigContext,
  organisation: OrganisationCrypto,
  orderer: NodeCrypto,
  isThere: (status: { readonly status: string; readonly consensusRelation: string }) => boolean,
): Promise<void> {
  for (const deadline = Date.now() + joinTimeoutMs; Date.now() < deadline;) {
    // One that does not answer yet is asked again until its time is up.
    const status = await channelStatus(organisation, orderer, channel).catch(() => undefined);
    if (status !== undefined && isThere(status)) return;
    await sleep(pauseMs);
  }
  throw new Error(`${orderer.node.host} did not come to order in ${joinTimeoutMs / 1000} s`);
}

/** Takes organisations out that the topology no longer has; their folders stay. */
async function dismiss(context: DeployContext, config: ConfigContext): Promise<void> {
  const { crypto, progress, supervisor, topology } = context;
  const wanted = crypto.members.map(({ mspId }) => mspId);
  const leaving = membersIn(await presentGroup(config), 'Application').filter(
    (mspId) => !wanted.includes(mspId),
  );
  for (const mspId of leaving) {
    progress(`signing ${mspId} out of the channel, by a majority`);
    await updateChannel(config, `removing ${mspId}`, (channel) =>
      withoutOrganisation(channel, 'Application', mspId),
    );
  }
  const names = topology.organisations.map(({ name }) => name);
  const gone = supervisor.states().filter(({ organisation }) => !names.includes(organisation));
  for (const { name } of gone) await supervisor.stop(name);
}

/** Peers that have no chain yet take a snapshot, of their own organisation's peer where they can. */
async function joinNewPeers(context: DeployContext): Promise<void> {
  const { layout, crypto, topology, progress } = context;
  const all = crypto.organisations.flatMap((organisation) =>
    organisation.peers.map((peer) => ({ organisation, peer })),
  );
  const checked = await Promise.all(
    all.map(async (one) => ({
      ...one,
      joined: await isThere(chainFolder(layout, one.peer.node.host, topology.channel)),
    })),
  );
  for (const { organisation, peer } of checked.filter(({ joined }) => !joined)) {
    const givers = checked.filter(({ joined }) => joined);
    const giver = givers.find((one) => one.organisation === organisation) ?? givers[0];
    if (giver === undefined) throw new Error('nobody gives a snapshot');
    progress(`joining ${peer.node.host} by a snapshot of ${giver.peer.node.host}`);
    await joinBySnapshot(context, { organisation, peer }, giver);
  }
}

/** Organisations that have not approved a chaincode yet do so, and run it. */
async function joinDeployments(context: DeployContext): Promise<void> {
  const { layout, programs, topology, crypto } = context;
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  for (const deployment of await readDeployments(layout)) {
    const { name } = deployment.request;
    const approved = await Promise.all(
      crypto.organisations.map(async (one) =>
        lifecycle.hasApproved(one, name, deployment.sequence),
      ),
    );
    for (const [index, organisation] of crypto.organisations.entries()) {
      if (!approved[index]) await joinDeployment(context, organisation, deployment);
    }
  }
}
