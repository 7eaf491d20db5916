/**
 * When a channel serves: every peer knows every other one with its chaincodes, so that any of them
 * finds enough endorsers. Right after a start gossip has not met everyone, and endorsement fails
 * with "no peer combination can satisfy the endorsement policy".
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crypto, NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Node } from '../../topology.ts';
import type { Layout } from '../layout.ts';
import { type ChaincodeVersion, peersSeenBy } from './discovery.ts';

const pauseMs = 150;

/** A peer that is further behind would endorse from the past; fewer blocks are on their way. */
const lagMax = 10;

/** What is still missing, in words; empty when the channel serves. */
export async function missingFor(
  layout: Layout,
  crypto: Crypto,
  channel: string,
  chaincodes: readonly ChaincodeVersion[],
): Promise<readonly string[]> {
  const views = crypto.organisations.flatMap((organisation) =>
    organisation.peers.map(async (peer) => missingAt(layout, crypto, organisation, peer)),
  );
  return (await Promise.all(views)).flat();

  async function missingAt(
    at: Layout,
    { members }: Crypto,
    organisation: OrganisationCrypto,
    peer: NodeCrypto,
  ): Promise<readonly string[]> {
    const { node } = peer;
    const endpointOf = (one: { readonly node: Node }): string =>
      `${at.address(one.node)}:${one.node.port}`;
    try {
      const seen = await peersSeenBy(organisation, endpointOf(peer), node.host, channel);
      const highest = Math.max(...seen.map(({ height }) => height));
      return members.flatMap((other) =>
        other.peers.flatMap((one) => {
          const found = seen.find(({ endpoint }) => endpoint === endpointOf(one));
          if (found === undefined) return [`${node.host} does not see ${one.node.host}`];
          if (highest - found.height > lagMax) {
            return [`${one.node.host} is ${highest - found.height} blocks behind`];
          }
          return chaincodes
            .filter((wanted) => !found.chaincodes.some((one) => same(one, wanted)))
            .map(({ name }) => `${node.host} does not know that ${one.node.host} runs ${name}`);
        }),
      );
    } catch (error) {
      return [`${node.host} does not answer: ${reasonOf(error)}`];
    }
  }
}

/** Waits until nothing is missing; says what is when it does not come about in time. */
export async function untilReady(
  layout: Layout,
  crypto: Crypto,
  channel: string,
  chaincodes: readonly ChaincodeVersion[],
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const missing = await missingFor(layout, crypto, channel, chaincodes);
    if (missing.length === 0) return;
    if (Date.now() > deadline) {
      const [first] = missing;
      throw new Error(
        `the channel ${channel} does not serve yet: ${first} (${missing.length} in all)`,
      );
    }
    await sleep(pauseMs);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function same(one: ChaincodeVersion, other: ChaincodeVersion): boolean {
  return one.name === other.name && one.version === other.version;
}
