import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { leaderOf } from '../../network/fabric/operations/status.ts';
import { type Account, faultsIn, startLoad } from './support/load.ts';
import { needPrograms, startTestNetwork, type TestNetwork } from './support/network.ts';

/** The service must be back after the loss of a leader within this (and of others sooner). */
const recoveryMsMax = 30_000;
const perSecond = 20;

describe('a Fabric network under failures', function () {
  this.timeout(180_000);
  let started: TestNetwork;
  let connections: readonly LedgerConnection[];

  before(async function () {
    started = await startTestNetwork(await needPrograms(this));
    connections = ['goscorp', 'nit', 'alpha'].map((name) => started.connect(name));
  });
  after(async () => {
    for (const connection of connections ?? []) connection.close();
    await started?.remove();
  });

  it('is there within 30 seconds of nothing', () => {
    say(`${started.startSeconds.toFixed(1)} s from nothing to a serving chaincode`);
    expect(started.startSeconds).to.be.below(30);
  });

  for (const [what, name] of [
    ['a peer that nobody of the load is connected to', 'peer0.beta.kepil.test'],
    ['a peer that a part of the load is connected to', 'peer0.nit.kepil.test'],
    ['a chaincode process', 'marks_1.alpha.kepil.test'],
  ] as const) {
    it(`loses and doubles nothing when ${what} is killed`, async () => {
      expectWhole(await underLoad(name, async () => started.network.kill(name)));
    });
  }

  it('loses and doubles nothing when an orderer that follows is killed', async () => {
    const leader = await leaderOf(started.network.crypto, 'kepil');
    const follower = ['orderer0.nit.kepil.test', 'orderer0.alpha.kepil.test'].find(
      (name) => name !== leader,
    );
    expectWhole(await underLoad('follower', async () => started.network.kill(follower ?? '')));
  });

  it('finds another leader when the leading orderer is killed and stays away', async () => {
    const leader = await leaderOf(started.network.crypto, 'kepil');
    if (leader === undefined) throw new Error('nobody leads');
    const account = await underLoad('leader', async () => {
      await started.network.kill(leader, { restart: false });
      await sleep(20_000);
      expect(await leaderOf(started.network.crypto, 'kepil')).not.to.equal(leader);
      await started.network.restart(leader);
    });
    expectWhole(account);
  });

  it('does not fork when an organisation falls silent, and it catches up', async () => {
    const own = started.network
      .processes()
      .filter(({ organisation }) => organisation === 'authority')
      .map(({ name }) => name);
    const account = await underLoad('silent', async () => {
      for (const name of own) started.network.signal(name, 'SIGSTOP');
      await sleep(10_000);
      for (const name of own) started.network.signal(name, 'SIGCONT');
    });
    expectWhole(account);
    expect((await started.network.verify()).equal).to.equal(true);
  });

  it('goes on after every node was killed at once', async () => {
    const prefix = 'all';
    const load = startLoad(connections, prefix, perSecond);
    await sleep(2000);
    const names = started.network.processes().map(({ name }) => name);
    await Promise.all(names.map(async (name) => started.network.kill(name)));
    await started.network.untilReady(90_000);
    await sleep(5000);
    const account = await load.stop();
    expect(await faultsIn(account, reader(), prefix)).to.eql([]);
    expect((await markOnce('after-all')).status).to.equal('committed');
  });

  /** Runs a load, does the harm in its midst, waits until the network serves, and accounts. */
  async function underLoad(
    prefix: string,
    harm: () => Promise<void>,
  ): Promise<Account & { readonly faults: readonly string[] }> {
    const load = startLoad(connections, prefix, perSecond);
    await sleep(3000);
    await harm();
    await sleep(2000);
    await started.network.untilReady(60_000);
    await sleep(2000);
    const account = await load.stop();
    const { committed, refused, unknown, longestGapMs, reasons } = account;
    say(
      `${committed.length} committed, ${refused.length} refused, ${unknown.length} unknown; ` +
        `longest gap ${(longestGapMs / 1000).toFixed(1)} s`,
    );
    for (const reason of [...new Set(reasons)].slice(0, 3)) say(reason);
    return { ...account, faults: await faultsIn(account, reader(), prefix) };
  }

  function expectWhole(account: Account & { readonly faults: readonly string[] }): void {
    expect(account.faults).to.eql([]);
    expect(account.committed.length).to.be.greaterThan(0);
    expect(account.longestGapMs).to.be.below(recoveryMsMax);
  }

  async function markOnce(name: string) {
    return reader().submit({ transaction: 'mark', arguments: [name] });
  }

  function reader(): LedgerConnection {
    const [first] = connections;
    if (first === undefined) throw new Error('no connection');
    return first;
  }
});

/** Figures belong beside the test that measured them. */
function say(text: string): void {
  process.stdout.write(`      ${text}\n`);
}
