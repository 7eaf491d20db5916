/** Compares the roster on the ledger with the channel's organisations and the peers that are seen. */
import type { Member } from '../../chaincode/roster/schema.ts';
import type { Finding } from '../../network/fabric/operations/doctor.ts';

/** What is compared. */
export type RosterView = {
  readonly roster: readonly Pick<Member, 'mspId' | 'peers'>[];
  /** MSPs of the channel's organisations. */
  readonly channel: readonly string[];
  /** Peers as discovery shows them. */
  readonly seen: readonly { readonly mspId: string; readonly endpoint: string }[];
};

/** Where the roster says one thing, and the channel or its peers another. */
export function rosterFindings({ roster, channel, seen }: RosterView): readonly Finding[] {
  const members: readonly string[] = roster.map(({ mspId }) => mspId);
  return [
    ...channel
      .filter((mspId) => !members.includes(mspId))
      .map((mspId) => ({
        code: 'ROSTER_LACKS_MEMBER',
        what: `${mspId} is in the channel and not in the roster: it endorses, and has no vote.`,
        next: 'Admit it: kepil network add-org once more, with its BIN, title and kind; on several machines: kepil call decisions propose, of the kind roster.admission.',
      })),
    ...members
      .filter((mspId) => !channel.includes(mspId))
      .map((mspId) => ({
        code: 'ROSTER_HAS_LEFT_MEMBER',
        what: `${mspId} is in the roster and not in the channel: its vote counts and cannot be cast.`,
        next: 'Remove it from the roster: kepil call decisions propose, of the kind roster.removal.',
      })),
    ...roster.flatMap((member) => peerFindings(member, seen)),
  ];
}

/** Only where an organisation has stated its peers: who states none leaves nothing to compare. */
function peerFindings(
  { mspId, peers }: RosterView['roster'][number],
  seen: RosterView['seen'],
): readonly Finding[] {
  if (peers.length === 0) return [];
  const stated = peers.map(({ host, port }) => `${host}:${port}`);
  const own = seen.filter((one) => one.mspId === mspId).map(({ endpoint }) => endpoint);
  const next = `${mspId} states its peers anew (kepil call roster statePeers), or starts the one that is down.`;
  return [
    ...stated
      .filter((endpoint) => !own.includes(endpoint))
      .map((endpoint) => ({
        code: 'ROSTER_PEER_UNSEEN',
        what: `${mspId} states a peer at ${endpoint}, and no peer sees it.`,
        next,
      })),
    ...own
      .filter((endpoint) => !stated.includes(endpoint))
      .map((endpoint) => ({
        code: 'ROSTER_PEER_UNSTATED',
        what: `${mspId} runs a peer at ${endpoint} that it has not stated.`,
        next,
      })),
  ];
}
