import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { peersSeenBy } from '../../network/fabric/channel/discovery.ts';
import { ordererPorts, ownAddress, peerPorts } from '../../network/fabric/layout.ts';
import { channelValue, metricsAt } from '../../network/fabric/operations/metrics.ts';
import { leaderOf, untilAllVote } from '../../network/fabric/operations/ordering.ts';
import { compareChains } from './support/chains.ts';
import { type Account, faultsIn, startLoad } from './support/load.ts';
import { type Namespaces, needNamespaces, onMachines } from './support/namespaces.ts';
import {
  needPrograms,
  startTestNetwork,
  testTopology,
  type TestNetwork,
} from './support/network.ts';
import { say, seconds } from './support/say.ts';

const names = ['goscorp', 'authority', 'nit', 'alpha', 'beta'] as const;
type Name = (typeof names)[number];

/** From the healing until every node holds what the furthest one held then. */
const catchUpMsMax = 30_000;
/** The service may pause so long for those who are not cut off: silence takes longer to notice than death. */
const gapMsMax = 45_000;
/** An orderer that hangs is found after a minute and started again; until then no other may be cut. */
const allVoteMsMax = 90_000;
const cutMs = 15_000;
const perSecond = 20;

describe('a Fabric network whose organisations are cut from each other', function () {
  this.timeout(240_000);
  let namespaces: Namespaces;
  let started: TestNetwork;
  const topology = testTopology();

  before(async function () {
    const programs = await needPrograms(this);
    namespaces = await needNamespaces(this, names);
    started = await startTestNetwork(programs, onMachines(topology, namespaces));
  });
  after(async () => {
    await started?.remove();
    await namespaces?.remove();
  });

  it('serves both of two organisations that lose sight of each other, and does not fork', async () => {
    await throughCut('pair', {
      clients: names,
      cut: async () => namespaces.cut('nit', 'beta'),
      during: async () => expect(await seenBy('beta')).not.to.include('NitMSP'),
      heal: async () => namespaces.heal('nit', 'beta'),
    });
    expect(await seenBy('beta')).to.include('NitMSP');
  });

  it('goes on when two that order lose sight of each other, and does not fork', async () => {
    await throughCut('orderers', {
      clients: names,
      cut: async () => namespaces.cut('authority', 'nit'),
      during: async () => expect(await seenBy('nit')).not.to.include('AuthorityMSP'),
      heal: async () => namespaces.heal('authority', 'nit'),
    });
  });

  it('finds another leader when the leading one is cut from the others, and does not fork', async () => {
    const before = await leaderOf(started.network.crypto, topology.channel);
    const leader = names.find((name) => before?.includes(`.${name}.`));
    if (leader === undefined) throw new Error('nobody leads');
    const others = names.filter((name) => name !== leader);
    // Its own clients reach it all the time, and are told no, or nothing for sure.
    const lone = startLoad([started.connection(leader)], 'lone', { perSecond: 1 });
    await throughCut('leader', {
      clients: others,
      cut: async () => {
        for (const other of others) await namespaces.cut(leader, other);
      },
      during: async () => {
        expect(await seenBy(leader)).to.have.length(1);
        say(`another leader ${seconds(await untilAnotherLeads(before))} after the first look`);
      },
      heal: async () => {
        for (const other of others) await namespaces.heal(leader, other);
      },
    });
    const account = await lone.stop();
    expect(await faultsIn(account, started.connection(others[0] ?? leader), 'lone')).to.eql([]);
  });

  it('goes on without an organisation that nobody reaches, and it catches up', async () => {
    // Not the leader's, which the test before is about.
    const leader = await leaderOf(started.network.crypto, topology.channel);
    const alone = leader === 'orderer0.alpha.kepil.test' ? 'nit' : 'alpha';
    await throughCut('alone', {
      clients: names.filter((name) => name !== alone),
      cut: async () => namespaces.unplug(alone),
      during: async () =>
        expect((await heights()).get(`peer0.${alone}.kepil.test`)).to.equal(undefined),
      heal: async () => namespaces.plugIn(alone),
    });
  });

  type Cut = {
    /** Whose clients go on asking meanwhile. */
    readonly clients: readonly Name[];
    readonly cut: () => Promise<void>;
    /** Shows, near the end of the cut, that there was one. */
    readonly during: () => Promise<unknown>;
    readonly heal: () => Promise<void>;
  };

  /** Cuts under load, heals, and proves that nothing was lost, doubled or forked. */
  async function throughCut(prefix: string, { clients, cut, during, heal }: Cut): Promise<void> {
    const load = startLoad(
      clients.map((name) => started.connection(name)),
      prefix,
      { perSecond },
    );
    say(`led by ${await leaderOf(started.network.crypto, topology.channel)}`);
    let caughtUpMs: number;
    let account: Account;
    try {
      await load.untilServed(perSecond, gapMsMax);
      // Of four orderers one may be away. Who was cut off before, or is short of processor time,
      // hurries after blocks for a while and votes on none: with the next cut it would be two.
      await untilAllVote(started.network.crypto, topology.channel, allVoteMsMax);
      await cut();
      try {
        await sleep(cutMs);
        await during();
      } finally {
        await heal();
      }
      caughtUpMs = await untilCaughtUp();
      // Else a standstill that outlasts the cut would count as two short ones.
      await load.untilServed(perSecond, gapMsMax);
    } finally {
      account = await load.stop();
    }
    say(
      `${account.committed.length} committed, ${account.refused.length} refused, ` +
        `${account.unknown.length} unknown; longest gap ${seconds(account.longestGapMs)}; ` +
        `caught up ${seconds(caughtUpMs)} after the healing`,
    );
    for (const { name, restarts } of started.network.processes()) {
      if (restarts > 0)
        say(`${name} ended or hung, and was started again: ${restarts} times so far`);
    }
    for (const reason of [...new Set(account.reasons)].slice(0, 3)) say(reason);
    expect(account.committed.length).to.be.greaterThan(0);
    expect(account.longestGapMs).to.be.below(gapMsMax);
    expect(caughtUpMs).to.be.below(catchUpMsMax);
    await started.network.untilReady(60_000);
    for (const name of clients) {
      expect(await faultsIn(account, started.connection(name), prefix), name).to.eql([]);
    }
    await expectOneChain();
  }

  async function expectOneChain(): Promise<void> {
    const last = Math.min(...known(await heights())) - 1;
    // Afresh: a connection over a cut may have died without knowing.
    const fresh = names.map((name) => started.connect(name));
    const { blocks, forks } = await compareChains(fresh, last);
    for (const connection of fresh) connection.close();
    const { equal, peers, lastBlock } = await started.network.verify();
    say(`${blocks} blocks equal at ${fresh.length} peers; equal snapshots at ${lastBlock}`);
    expect(forks).to.eql([]);
    expect(blocks).to.equal(last + 1);
    expect(peers).to.have.length(names.length);
    expect(equal).to.equal(true);
  }

  /** Waits until every node holds what the furthest one holds now; gives how long it took. */
  async function untilCaughtUp(): Promise<number> {
    const healedAt = Date.now();
    const goal = Math.max(...known(await heights()));
    let last = 'nobody';
    for (;;) {
      const behind = [...(await heights())].filter(([, height = 0]) => height < goal);
      const [slowest] = behind;
      if (slowest === undefined) {
        say(`the last to catch up: ${last}`);
        return Date.now() - healedAt;
      }
      if (Date.now() - healedAt > 2 * catchUpMsMax) {
        throw new Error(`not caught up with ${goal}: ${JSON.stringify(behind)}`);
      }
      last = slowest[0];
      await sleep(250);
    }
  }

  async function untilAnotherLeads(before: string | undefined): Promise<number> {
    const lookedAt = Date.now();
    while (Date.now() - lookedAt < gapMsMax) {
      const leader = await leaderOf(started.network.crypto, topology.channel);
      if (leader !== before) return Date.now() - lookedAt;
      await sleep(250);
    }
    throw new Error(`${before} still leads`);
  }

  /**
   * How many blocks each peer and orderer has; nothing for one that does not answer. From their
   * metrics alone: a whole status takes seconds of its own where processors are busy.
   */
  async function heights(): Promise<ReadonlyMap<string, number | undefined>> {
    const asked = started.network.crypto.organisations.flatMap(({ peers, orderers }) => [
      ...peers.map(({ node }) => ({ node, port: peerPorts(node).operations })),
      ...orderers.map(({ node }) => ({ node, port: ordererPorts(node).operations })),
    ]);
    const found = asked.map(async ({ node, port }) => {
      const metrics = await metricsAt(ownAddress(node), port);
      const height = channelValue(metrics, 'ledger_blockchain_height', topology.channel);
      return [node.host, height] as const;
    });
    return new Map(await Promise.all(found));
  }

  /** MSPs of the peers that an organisation's peer believes to be alive. */
  async function seenBy(name: Name): Promise<readonly string[]> {
    const { layout, crypto } = started.network;
    const organisation = crypto.organisations.find((one) => one.name === name);
    const [peer] = organisation?.peers ?? [];
    if (organisation === undefined || peer === undefined) throw new Error(`no ${name}`);
    const endpoint = `${layout.address(peer.node)}:${peer.node.port}`;
    const seen = await peersSeenBy(organisation, endpoint, peer.node.host, topology.channel);
    return seen.map(({ mspId }) => mspId);
  }
});

function known(heights: ReadonlyMap<string, number | undefined>): readonly number[] {
  return [...heights.values()].filter((height) => height !== undefined);
}
