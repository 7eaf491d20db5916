/** What a doctor finds about the roster: read from the ledger, the channel and its peers. */
import type { ChannelContext } from '../../network/fabric/chaincode/context.ts';
import { presentGroup } from '../../network/fabric/channel/config-update.ts';
import { membersIn } from '../../network/fabric/channel/desired-config.ts';
import { peersSeenBy } from '../../network/fabric/channel/discovery.ts';
import { firstPeer } from '../../network/fabric/channel/peer-command.ts';
import type { Finding } from '../../network/fabric/operations/doctor.ts';
import { readInfo } from '../network-info.ts';
import { rosterFindings } from './findings.ts';
import { rosterOf } from './votes.ts';

/** Findings about the roster; none where no roster is kept, or nobody answers for it. */
export async function lookAtRoster(part: ChannelContext): Promise<readonly Finding[]> {
  const { layout, topology, crypto } = part;
  // Where this machine has no key to ask with, or something else answers, there is none to look at.
  const roster = await rosterOf(readInfo(layout.root)).catch(() => undefined);
  const [organisation] = crypto.organisations;
  if (roster === undefined || organisation === undefined) return [];
  const { node } = firstPeer(organisation);
  const endpoint = `${layout.address(node)}:${node.port}`;
  const [group, seen] = await Promise.all([
    presentGroup({ ...part, channel: topology.channel }),
    peersSeenBy(organisation, endpoint, node.host, topology.channel),
  ]);
  return rosterFindings({ roster, channel: membersIn(group, 'Application'), seen });
}
