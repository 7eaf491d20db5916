/**
 * Which orderers have a part in the next block, and so how many of them may be lost now.
 *
 * One that runs, answers and has every block may still vote on nothing: after a fall behind it
 * fetches blocks, and while it doubts the leader it waits. Who stops another one then stops all.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crypto } from '../../identity/folder.ts';
import { quorumOf } from '../channel/quorum.ts';
import { ordererPorts, ownAddress } from '../layout.ts';
import { channelValue, metricsAt } from './metrics.ts';

/** What an orderer says of itself; the values are absent when it does not answer. */
export type OrdererView = {
  readonly host: string;
  /** The number of the one that it takes for the leader. */
  readonly leader?: number | undefined;
  /** Which leadership it is in: each change of the leader is a new view. */
  readonly view?: number | undefined;
  /** Of the block that it votes on next. */
  readonly sequence?: number | undefined;
  readonly phase?: number | undefined;
  /** Blocks that it has. */
  readonly height?: number | undefined;
};

/** How the orderers of a channel stand to one another. */
export type Ordering = {
  /** Hosts of those that vote on the next block. */
  readonly voting: readonly string[];
  /** Hosts of those that do not, whether they run or not. */
  readonly absent: readonly string[];
  /** So many of those that vote make a block. */
  readonly needed: number;
  /** So many of those that vote can be lost, and blocks are still made. */
  readonly spare: number;
};

/** SmartBFT's own number of the phase in which a view has been given up. */
const abortedPhase = 3;

/** Votes are for the current block or, when others are a step ahead, for the next one. */
const sequenceLagMax = 1;

/** The looks are not at one moment, and under load a block is made meanwhile. */
const looksMax = 3;
const pauseMs = 300;

/** Who votes by what the orderers say: those in the newest view that are at its newest block. */
export function orderingIn(views: readonly OrdererView[]): Ordering {
  const newest = Math.max(...views.map(({ view = -1 }) => view));
  const running = views.filter(
    ({ view, phase }) => view !== undefined && view === newest && phase !== abortedPhase,
  );
  const furthest = Math.max(...running.map(({ sequence = 0 }) => sequence));
  const voting = running
    .filter(({ sequence = 0 }) => furthest - sequence <= sequenceLagMax)
    .map(({ host }) => host);
  const needed = quorumOf(views.length);
  return {
    voting,
    absent: views.map(({ host }) => host).filter((host) => !voting.includes(host)),
    needed,
    spare: Math.max(0, voting.length - needed),
  };
}

/** Who votes now; nothing where not all orderers are on this machine, which alone it sees. */
export async function orderingOf(crypto: Crypto, channel: string): Promise<Ordering | undefined> {
  const all = crypto.members.flatMap(({ orderers }) => orderers).length;
  for (let look = 1; ; look += 1) {
    const views = await viewsOf(crypto, channel);
    if (views.length === 0 || views.length < all) return undefined;
    const ordering = orderingIn(views);
    if (ordering.absent.length === 0 || look === looksMax) return ordering;
    await sleep(pauseMs);
  }
}

/**
 * Waits until every orderer votes, so that one can be lost; says who does not when time is up.
 * One that hurries after the others is beside them for a moment now and then: three looks count.
 */
export async function untilAllVote(
  crypto: Crypto,
  channel: string,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (let steady = 0; ;) {
    const ordering = await orderingOf(crypto, channel);
    if (ordering === undefined) return;
    steady = ordering.absent.length === 0 ? steady + 1 : 0;
    if (steady === looksMax) return;
    if (steady === 0 && Date.now() > deadline) {
      throw new Error(
        `${ordering.absent.join(', ')} did not vote on blocks within ${timeoutMs / 1000} s`,
      );
    }
    await sleep(pauseMs);
  }
}

/** The host of the leading orderer: most of the orderers' own word. */
export async function leaderOf(crypto: Crypto, channel: string): Promise<string | undefined> {
  const votes = new Map<number, number>();
  for (const { leader } of await viewsOf(crypto, channel)) {
    if (leader !== undefined) votes.set(leader, (votes.get(leader) ?? 0) + 1);
  }
  const [most] = [...votes].sort(([, one], [, other]) => other - one);
  const all = crypto.members.flatMap((member) => member.orderers.map(({ node }) => node));
  return all.find(({ consenter }, index) => (consenter ?? index + 1) === most?.[0])?.host;
}

/** Asks every orderer of this machine. */
export async function viewsOf(crypto: Crypto, channel: string): Promise<readonly OrdererView[]> {
  const orderers = crypto.organisations.flatMap((organisation) => organisation.orderers);
  return Promise.all(
    orderers.map(async ({ node }) => {
      const metrics = await metricsAt(ownAddress(node), ordererPorts(node).operations);
      const value = (name: string) =>
        channelValue(metrics, `consensus_smartbft_view_${name}`, channel);
      return {
        host: node.host,
        leader: value('leader_id'),
        view: value('number'),
        sequence: value('proposal_sequence'),
        phase: value('phase'),
        height: channelValue(metrics, 'ledger_blockchain_height', channel),
      };
    }),
  );
}
