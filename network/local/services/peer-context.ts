/** What the services of one organisation's peer stand on. */
import type { Channel } from '../engine/channel.ts';
import type { Faults } from '../faults.ts';
import type { CommitWatch } from './commit-watch.ts';
import type { Ordering } from './ordering.ts';

/** A peer as clients name it: its organisation, and the address that failures are reported with. */
export type PeerNode = { readonly mspId: string; readonly address: string };

/**
 * Where proposals are compared: at the organisations that endorse, as Fabric's gateway does, or at
 * all that are able to run them, which finds a chaincode that depends on the clock or on chance.
 */
export type Comparison = 'endorsers' | 'all';

/** One organisation's peer with its gateway, among the network's others. */
export type PeerContext = {
  readonly channel: Channel;
  readonly own: PeerNode;
  /** All organisations' peers, this one among them. */
  readonly peers: readonly PeerNode[];
  readonly ordering: Ordering;
  readonly commits: CommitWatch;
  readonly faults: Faults;
  readonly compare: Comparison;
  readonly now: () => Date;
  readonly log: (line: string) => void;
};
