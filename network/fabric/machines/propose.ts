/**
 * A change of a channel that stands on several machines, from the topology that its organisations
 * have agreed on: what the channel has to change to be so, for each of them to sign.
 */
import type { ChannelContext } from '../chaincode/context.ts';
import { type ConfigContext, presentGroup, proposeUpdate } from '../channel/config-update.ts';
import { membersIn, withoutOrganisation } from '../channel/desired-config.ts';
import type { ChannelUpdate } from '../channel/update-file.ts';
import {
  type Change,
  membersChange,
  ordererChange,
  ordererDifference,
  withoutConsenter,
} from '../channel/wanted-changes.ts';

/** Proposes what the topology asks of the channel; at most one orderer at a time. */
export async function proposeTopology(context: ChannelContext): Promise<ChannelUpdate | undefined> {
  const { layout, crypto, topology } = context;
  const config: ConfigContext = { ...context, channel: topology.channel };
  const present = await presentGroup(config);
  const known = membersIn(present, 'Application');
  const mspIds = crypto.members.map(({ mspId }) => mspId);
  const leaving = known.filter((mspId) => !mspIds.includes(mspId));
  const { lacking, surplus } = ordererDifference(context, present);
  const [coming] = lacking;
  const [going] = surplus;
  const changes: Change[] = [await membersChange(context, known)];
  if (coming !== undefined) {
    changes.push(await ordererChange(context, coming.member, coming.orderer));
  } else if (going !== undefined) {
    changes.push((channel) => withoutConsenter(channel, layout, crypto.members, going));
  }
  changes.push((channel) =>
    leaving.reduce((group, mspId) => withoutOrganisation(group, 'Application', mspId), channel),
  );
  const what = `bringing the channel ${topology.channel} to the agreed topology`;
  return proposeUpdate(config, what, (channel) =>
    changes.reduce((group, change) => change(group), channel),
  );
}
