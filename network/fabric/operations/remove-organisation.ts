/**
 * Takes an organisation out of the running network: a majority signs it out of the channel, and its
 * processes on this machine stop. Its folder stays, as its own copy of what it was party to.
 */
import type { Topology } from '../../topology.ts';
import type { DeployContext } from '../chaincode/deploy.ts';
import { deployedVersions } from '../chaincode/deployment.ts';
import { type ConfigContext, type ConfigGroup, updateChannel } from '../channel/config-update.ts';
import { untilReady } from '../channel/readiness.ts';
import { writeTopology } from '../topology-file.ts';

/** Removes an organisation that orders nothing, and gives the network as it is then. */
export async function removeOrganisation(
  context: DeployContext,
  name: string,
): Promise<DeployContext> {
  const { layout, topology, crypto, supervisor, progress } = context;
  const leaving = topology.organisations.find((one) => one.name === name);
  if (leaving === undefined) throw new Error(`${name} is not in the network`);
  if (leaving.orderers.length > 0) {
    throw new Error(`${name} orders: its orderer must be replaced before it can leave`);
  }
  progress(`signing ${name} out of the channel, by a majority`);
  const config: ConfigContext = { ...context, channel: topology.channel };
  await updateChannel(config, `removing ${leaving.mspId}`, (channelGroup) =>
    withoutOrganisation(channelGroup, leaving.mspId),
  );
  const stays = (one: { readonly name: string }): boolean => one.name !== name;
  const narrower: Topology = {
    ...topology,
    organisations: topology.organisations.filter(stays),
  };
  await writeTopology(layout.root, narrower);
  progress(`stopping the processes of ${name}`);
  const own = supervisor.states().filter(({ organisation }) => organisation === name);
  for (const process of own) await supervisor.stop(process.name);
  const left = {
    ...crypto,
    organisations: crypto.organisations.filter(stays),
    members: crypto.members.filter(stays),
  };
  await untilReady(layout, left, topology.channel, await deployedVersions(layout));
  return { ...context, topology: narrower, crypto: left };
}

/** The channel's configuration with an organisation less. */
export function withoutOrganisation(channelGroup: ConfigGroup, mspId: string): ConfigGroup {
  const application = channelGroup.groups['Application'];
  if (application === undefined) throw new Error('the channel has no application group');
  const { [mspId]: removed, ...groups } = application.groups;
  if (removed === undefined) throw new Error(`${mspId} is not in the channel`);
  return {
    ...channelGroup,
    groups: { ...channelGroup.groups, Application: { ...application, groups } },
  };
}
