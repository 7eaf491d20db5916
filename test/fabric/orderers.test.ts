import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { presentGroup } from '../../network/fabric/channel/config-update.ts';
import { consentersIn } from '../../network/fabric/channel/desired-config.ts';
import { withoutOrderer, withOrderer } from '../../network/fabric/operations/topology-change.ts';
import { leaderOf } from '../../network/fabric/operations/status.ts';
import type { Programs } from '../../network/fabric/programs.ts';
import { faultsIn, startLoad } from './support/load.ts';
import { needPrograms, startTestNetwork, type TestNetwork } from './support/network.ts';
import { say } from './support/say.ts';

const pace = { perSecond: 20 };

describe('a Fabric network whose orderers come and go under load', function () {
  this.timeout(180_000);
  const host = 'orderer0.beta.kepil.test';
  let programs: Programs;
  let started: TestNetwork;
  let connections: readonly LedgerConnection[];

  before(async function () {
    programs = await needPrograms(this);
    started = await startTestNetwork(programs);
    connections = ['goscorp', 'nit', 'alpha'].map((name) => started.connect(name));
  });
  after(async () => {
    for (const connection of connections ?? []) connection.close();
    await started?.remove();
  });

  it('takes a fifth one without a failed request', async () => {
    await underLoad('fifth', async () =>
      started.network.change((topology) => withOrderer(topology, 'beta')),
    );
    expect(await consenters()).to.eql([1, 2, 3, 4, 5]);
  });

  it('knows who leads by the orderers’ numbers', async () => {
    const { crypto, topology } = started.network;
    const hosts = topology.organisations.flatMap(({ orderers }) => orderers.map((one) => one.host));
    expect(hosts).to.include(await leaderOf(crypto, topology.channel));
  });

  it('lets it go without a failed request', async () => {
    await underLoad('fourth', async () =>
      started.network.change((topology) => withoutOrderer(topology, host)),
    );
    expect(await consenters()).to.eql([1, 2, 3, 4]);
    expect(started.network.processes().map(({ name }) => name)).not.to.include(host);
    expect((await started.network.verify()).equal).to.equal(true);
  });

  async function consenters(): Promise<readonly number[]> {
    const { layout, crypto, topology } = started.network;
    const group = await presentGroup({ layout, crypto, programs, channel: topology.channel });
    return consentersIn(group).map(({ id }) => id);
  }

  async function underLoad(prefix: string, change: () => Promise<void>): Promise<void> {
    const load = startLoad(connections, prefix, pace);
    await sleep(2000);
    await change();
    await sleep(3000);
    const account = await load.stop();
    const [reader] = connections;
    if (reader === undefined) throw new Error('no connection');
    say(`${account.committed.length} committed, longest gap ${account.longestGapMs} ms`);
    expect(account.reasons).to.eql([]);
    expect(account.committed.length).to.be.greaterThan(0);
    expect(await faultsIn(account, reader, prefix)).to.eql([]);
  }
});
