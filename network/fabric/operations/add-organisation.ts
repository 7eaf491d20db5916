/**
 * Lets an organisation join the running network: the others sign it into the channel, its peer
 * takes a snapshot instead of the whole chain, it approves the chaincodes that stand, and only
 * when every peer knows it does it endorse.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Crypto, ensureCrypto, type OrganisationCrypto } from '../../identity/folder.ts';
import type { Organisation, Topology } from '../../topology.ts';
import { type DeployContext, joinDeployment } from '../chaincode/deploy.ts';
import { deployedVersions, readDeployments } from '../chaincode/deployment.ts';
import { type ConfigContext, type ConfigGroup, updateChannel } from '../channel/config-update.ts';
import { firstPeer, peerAdmin } from '../channel/peer-command.ts';
import { untilReady } from '../channel/readiness.ts';
import { removeSnapshot, takeSnapshot } from '../channel/snapshot.ts';
import { organisationConfig } from '../config/channel.ts';
import type { Layout } from '../layout.ts';
import { renderNodes, writeNode } from '../nodes.ts';
import { silentPort } from '../process/port.ts';
import { flags } from '../process/flags.ts';
import { runProgram } from '../process/run-program.ts';
import type { Programs } from '../programs.ts';
import { writeTopology } from '../topology-file.ts';
import { channelValue, metricsAt } from './metrics.ts';
import { ownAddress, peerPorts } from '../layout.ts';

const nodeTimeoutMs = 60_000;
const joinTimeoutMs = 300_000;

/** Adds an organisation that orders nothing, and gives the network as it is then. */
export async function addOrganisation(
  context: DeployContext,
  organisation: Organisation,
): Promise<DeployContext> {
  const { layout, programs, topology, supervisor, progress } = context;
  if (organisation.orderers.length > 0) {
    throw new Error('an organisation joins without an orderer; an orderer is added afterwards');
  }
  if (topology.organisations.some(({ name }) => name === organisation.name)) {
    throw new Error(`${organisation.name} is in the network already`);
  }
  const wider: Topology = {
    ...topology,
    organisations: [...topology.organisations, organisation],
  };
  progress(`making certificates of ${organisation.name}`);
  const crypto = await ensureCrypto(layout.crypto, wider);
  const joined = named(crypto, organisation.name);

  progress(`signing ${organisation.name} into the channel, by a majority`);
  const config: ConfigContext = { ...context, channel: topology.channel };
  const group = await printedGroup(layout, programs, joined);
  await updateChannel(config, `adding ${joined.mspId}`, (channelGroup) =>
    withOrganisation(channelGroup, joined.mspId, group),
  );

  const next: DeployContext = { ...context, topology: wider, crypto };
  const own = renderNodes(layout, programs, { ...crypto, organisations: [joined] });
  for (const node of own) {
    await writeNode(node);
    await supervisor.start(node.process);
    await silentPort(node.process, nodeTimeoutMs);
  }
  await joinBySnapshot(next, joined);
  for (const deployment of await readDeployments(layout)) {
    await joinDeployment(next, joined, deployment);
  }
  progress(`waiting until ${organisation.name} can endorse with the others`);
  await untilReady(layout, crypto, wider.channel, await deployedVersions(layout));
  await writeTopology(layout.root, wider);
  return next;
}

/** The channel's configuration with an organisation more. */
export function withOrganisation(
  channelGroup: ConfigGroup,
  mspId: string,
  group: ConfigGroup,
): ConfigGroup {
  const application = channelGroup.groups['Application'];
  if (application === undefined) throw new Error('the channel has no application group');
  const groups = { ...application.groups, [mspId]: group };
  return {
    ...channelGroup,
    groups: { ...channelGroup.groups, Application: { ...application, groups } },
  };
}

/** What the organisation sends to the others: its certificates, policies and anchor peers. */
async function printedGroup(
  layout: Layout,
  programs: Programs,
  organisation: OrganisationCrypto,
): Promise<ConfigGroup> {
  const folder = layout.node(firstPeer(organisation).node.host);
  const [node] = renderNodes(layout, programs, {
    dir: '',
    organisations: [organisation],
    members: [],
  });
  if (node !== undefined) await writeNode(node);
  const text = JSON.stringify({ Organizations: [organisationConfig(layout, organisation)] });
  // JSON is YAML too.
  await writeFile(join(folder, 'configtx.yaml'), text);
  const options = flags({ printOrg: organisation.mspId, configPath: folder });
  const { stdout } = await runProgram('printing the organisation', programs.configtxgen, options);
  return JSON.parse(stdout) as ConfigGroup;
}

async function joinBySnapshot(context: DeployContext, joined: OrganisationCrypto): Promise<void> {
  const { layout, programs, crypto, topology, progress } = context;
  const [giver] = crypto.organisations;
  if (giver === undefined) throw new Error('nobody gives a snapshot');
  progress(`joining ${joined.name}'s peer by a snapshot of ${giver.name}'s`);
  const { channel } = topology;
  const snapshot = await takeSnapshot(layout, programs, giver, firstPeer(giver), channel);
  try {
    await peerAdmin(layout, programs, joined).run(
      'joining by a snapshot',
      'channel',
      'joinbysnapshot',
      ...flags({ snapshotpath: snapshot.folder }),
    );
    await untilHeight(joined, channel, snapshot.lastBlock + 1);
  } finally {
    await removeSnapshot(snapshot);
  }
}

async function untilHeight(
  organisation: OrganisationCrypto,
  channel: string,
  height: number,
): Promise<void> {
  const { node } = firstPeer(organisation);
  for (const deadline = Date.now() + joinTimeoutMs; Date.now() < deadline;) {
    const metrics = await metricsAt(ownAddress(node), peerPorts(node).operations);
    if ((channelValue(metrics, 'ledger_blockchain_height', channel) ?? 0) >= height) return;
    await sleep(200);
  }
  throw new Error(`${node.host} did not reach block ${height} in ${joinTimeoutMs / 1000} s`);
}

function named(crypto: Crypto, name: string): OrganisationCrypto {
  const found = crypto.organisations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} has no certificates`);
  return found;
}
