import { join } from 'node:path';
import { expect } from 'chai';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { type Account, faultsIn, startLoad } from './support/load.ts';
import {
  marksModule,
  needPrograms,
  startTestNetwork,
  testBasePort,
  type TestNetwork,
} from './support/network.ts';

describe('a Fabric network that grows under load', function () {
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

  it('takes a new version of the chaincode without a failed request', async () => {
    const account = await underLoad('upgrade', async () => {
      const module = join(process.cwd(), marksModule);
      await started.network.deploy({ name: 'marks', version: '2', module });
    });
    expect(account.reasons).to.eql([]);
    const names = started.network.processes().map(({ name }) => name);
    expect(names).to.include('marks_2.alpha.kepil.test');
    expect(names).not.to.include('marks_1.alpha.kepil.test');
  });

  it('lets a sixth organisation join without a failed request', async () => {
    const account = await underLoad('join', async () => {
      await started.network.addOrganisation({
        name: 'gamma',
        mspId: 'GammaMSP',
        domain: 'gamma.kepil.test',
        peers: [{ name: 'peer0', host: 'peer0.gamma.kepil.test', port: testBasePort() + 801 }],
        orderers: [],
      });
    });
    expect(account.reasons).to.eql([]);
    const gamma = started.connect('gamma');
    const outcome = await gamma.submit({ transaction: 'mark', arguments: ['by-gamma'] });
    gamma.close();
    expect(outcome.status).to.equal('committed');
  });

  it('renews every certificate without a failed request', async () => {
    const before = started.network.crypto.organisations[0]?.peers[0]?.tlsCert;
    const account = await underLoad('renewal', async () => started.network.rotateCertificates());
    // An organisation with one peer has no other to ask: its clients wait until it is back.
    expect(account.reasons).to.eql([]);
    expect(started.network.crypto.organisations[0]?.peers[0]?.tlsCert).not.to.equal(before);
  });

  it('holds one ledger at all six peers', async () => {
    const { equal, peers } = await started.network.verify();
    expect(peers).to.have.length(6);
    expect(equal).to.equal(true);
  });

  it('lets an organisation go without a failed request', async () => {
    const account = await underLoad('leave', async () =>
      started.network.removeOrganisation('gamma'),
    );
    expect(account.reasons).to.eql([]);
    expect(started.network.info().organisations.map(({ name }) => name)).not.to.include('gamma');
  });

  async function underLoad(prefix: string, change: () => Promise<void>): Promise<Account> {
    const load = startLoad(connections, prefix, { perSecond: 20 });
    await change();
    const account = await load.stop();
    const [reader] = connections;
    if (reader === undefined) throw new Error('no connection');
    process.stdout.write(`      ${account.committed.length} committed meanwhile\n`);
    expect(await faultsIn(account, reader, prefix)).to.eql([]);
    expect(account.committed.length).to.be.greaterThan(0);
    return account;
  }
});
