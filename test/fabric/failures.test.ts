import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { leaderOf, untilAllVote } from '../../network/fabric/operations/ordering.ts';
import { statusOf } from '../../network/fabric/operations/status.ts';
import { type Account, faultsIn, type Pace, startLoad } from './support/load.ts';
import {
  needPrograms,
  startTestNetwork,
  testTopology,
  type TestNetwork,
} from './support/network.ts';
import { say, seconds } from './support/say.ts';

/** The service must be back after the loss of a leader within this (and of others sooner). */
const recoveryMsMax = 30_000;
const wholeMsMax = 60_000;
/** A returned orderer that is further behind could not yet stand in for the next one. */
const lagMax = 10;

/** How the loads go, and what of them proves that the service is back. */
const paces: readonly { readonly words: string; readonly pace: Pace; readonly served: number }[] = [
  { words: '20 a second', pace: { perSecond: 20 }, served: 20 },
  { words: 'one at a time', pace: 'one at a time', served: 3 },
];

const topology = testTopology();
const organisations = topology.organisations.map(({ name, domain, peers, orderers }) => ({
  name,
  processes: [...peers.map(({ host }) => host), ...orderers.map(({ host }) => host)].concat(
    `marks_1.${domain}`,
  ),
}));

describe('a Fabric network under failures', function () {
  this.timeout(180_000);
  let started: TestNetwork;
  const rows: string[] = [];

  before(async function () {
    started = await startTestNetwork(await needPrograms(this), topology);
  });
  after(async () => {
    for (const row of rows) say(row);
    await started?.remove();
  });

  it('is there within 30 seconds of nothing', () => {
    say(`${seconds(started.startSeconds * 1000)} from nothing to a serving chaincode`);
    expect(started.startSeconds).to.be.below(30);
  });

  for (const { words, pace, served } of paces) {
    for (const { name: organisation, processes } of organisations) {
      // One at a time its own client asks: the worst off, with no other peer to turn to.
      const clients = pace === 'one at a time' ? [organisation] : ['goscorp', 'nit', 'alpha'];
      for (const name of processes) {
        it(`loses and doubles nothing when ${name} is killed (${words})`, async () => {
          const killed = async () => started.network.kill(name);
          await survives({ what: name, words, pace, served, clients, harm: killed });
        });
      }
    }

    it(`finds another leader when the leading orderer stays away (${words})`, async () => {
      const leader = await leaderOf(started.network.crypto, 'kepil');
      if (leader === undefined) throw new Error('nobody leads');
      const harm = async (untilServed: () => Promise<void>) => {
        await started.network.kill(leader, { restart: false });
        await untilServed();
        expect(await leaderOf(started.network.crypto, 'kepil')).not.to.equal(leader);
        await started.network.restart(leader);
      };
      const clients = pace === 'one at a time' ? ['beta'] : ['goscorp', 'nit', 'alpha'];
      await survives({ what: 'the leader, for long', words, pace, served, clients, harm });
    });
  }

  it('does not fork when an organisation falls silent, and it catches up', async () => {
    const own = started.network
      .processes()
      .filter((one) => one.organisation === 'authority')
      .map(({ name }) => name);
    await survives({
      what: 'authority, silent for 10 s',
      ...steady(),
      clients: ['goscorp', 'nit', 'alpha'],
      harm: async () => {
        for (const name of own) started.network.signal(name, 'SIGSTOP');
        await sleep(10_000);
        for (const name of own) started.network.signal(name, 'SIGCONT');
      },
    });
    expect((await started.network.verify()).equal).to.equal(true);
  });

  it('goes on after every node was killed at once', async () => {
    await survives({
      what: 'everything at once',
      ...steady(),
      clients: ['goscorp', 'nit', 'alpha'],
      harm: async () => {
        const names = started.network.processes().map(({ name }) => name);
        await Promise.all(names.map(async (name) => started.network.kill(name)));
      },
    });
  });

  type Scenario = (typeof paces)[number] & {
    readonly what: string;
    /** Organisations whose clients make the load. */
    readonly clients: readonly string[];
    readonly harm: (untilServed: () => Promise<void>) => Promise<unknown>;
  };

  /** Does harm amid a load; the service comes back by itself, and the ledger agrees with its clients. */
  async function survives({ what, words, pace, served, clients, harm }: Scenario): Promise<void> {
    const prefix = `${rows.length}`.padStart(3, '0');
    const leader = await leaderOf(started.network.crypto, topology.channel);
    const load = startLoad(
      clients.map((name) => started.connection(name)),
      prefix,
      pace,
    );
    const untilServed = async () => load.untilServed(served, recoveryMsMax);
    let account: Account;
    try {
      await untilServed();
      await harm(untilServed);
      await untilServed();
      await untilWhole();
      await untilServed();
    } finally {
      account = await load.stop();
    }
    const { committed, refused, unknown, longestGapMs, reasons } = account;
    const leads = what === leader ? ' (leads)' : '';
    rows.push(
      [
        `${what}${leads}`.padEnd(38),
        words.padEnd(14),
        `${committed.length} committed`.padStart(14),
        `${refused.length} refused`.padStart(10),
        `${unknown.length} unknown`.padStart(10),
        `gap ${seconds(longestGapMs)}`.padStart(11),
      ].join(' '),
    );
    for (const reason of [...new Set(reasons)].slice(0, 3)) say(reason);
    expect(await faultsIn(account, started.connection('goscorp'), prefix)).to.eql([]);
    expect(longestGapMs).to.be.below(recoveryMsMax);
  }

  /** Waits until all nodes are back, so that the next harm is again the only one. */
  async function untilWhole(): Promise<void> {
    await started.network.untilReady(wholeMsMax);
    const { layout, crypto } = started.network;
    await untilAllVote(crypto, topology.channel, wholeMsMax);
    for (const deadline = Date.now() + wholeMsMax; ;) {
      const { nodes } = await statusOf(layout, topology, crypto);
      const late = nodes.filter(({ lag = Infinity }) => lag > lagMax);
      if (late.length === 0) return;
      if (Date.now() > deadline)
        throw new Error(`late: ${late.map(({ name, lag }) => `${name} by ${lag}`).join()}`);
      await sleep(250);
    }
  }
});

function steady(): (typeof paces)[number] {
  const [first] = paces;
  if (first === undefined) throw new Error('no pace');
  return first;
}
