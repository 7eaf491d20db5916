import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import {
  adminOf,
  type ConfigContext,
  presentGroup,
  proposeUpdate,
  sendUpdate,
  submitUpdate,
} from '../../network/fabric/channel/config-update.ts';
import {
  membersIn,
  withoutOrganisation as withoutMember,
} from '../../network/fabric/channel/desired-config.ts';
import { signUpdate } from '../../network/fabric/channel/update-file.ts';
import {
  withoutOrganisation,
  withOrganisation,
  withPeer,
} from '../../network/fabric/operations/topology-change.ts';
import type { Programs } from '../../network/fabric/programs.ts';
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
  let programs: Programs;
  const gamma = {
    name: 'gamma',
    mspId: 'GammaMSP',
    domain: 'gamma.kepil.test',
    peers: [{ name: 'peer0', host: 'peer0.gamma.kepil.test', port: testBasePort() + 801 }],
    orderers: [],
  };

  before(async function () {
    programs = await needPrograms(this);
    started = await startTestNetwork(programs);
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
      await started.network.change((topology) => withOrganisation(topology, gamma));
    });
    expect(account.reasons).to.eql([]);
    const connection = started.connect('gamma');
    const outcome = await connection.submit({ transaction: 'mark', arguments: ['by-gamma'] });
    connection.close();
    expect(outcome.status).to.equal('committed');
  });

  it('refuses a change that fewer than a majority have signed', async () => {
    const proposed = await proposeUpdate(configContext(), 'removing beta', (channel) =>
      withoutMember(channel, 'Application', 'BetaMSP'),
    );
    if (proposed === undefined) throw new Error('nothing was proposed');
    const admins = started.network.crypto.organisations.map(adminOf);
    // Of six, four are more than half; whoever sends it signs too, and is the first of the three.
    const signed = admins.slice(0, 3).reduce(signUpdate, proposed);
    const refusal = (work: Promise<void>) =>
      work.then(
        () => 'taken',
        (error: unknown) => String(error),
      );
    expect(await refusal(submitUpdate(configContext(), signed))).to.match(
      /3 signatures and need 4/,
    );
    // What our own check says, the orderers say too.
    expect(await refusal(sendUpdate(configContext(), signed))).to.match(/policy/);
    expect(membersIn(await presentGroup(configContext()), 'Application')).to.include('BetaMSP');
  });

  it('gives an organisation a second peer, which holds its private data too', async () => {
    const beta = started.connect('beta');
    const secret = { transaction: 'hide', arguments: ['kept'], transient: { value: 'kept value' } };
    const hidden = await beta.submit({ ...secret, endorsers: ['BetaMSP'] });
    beta.close();
    expect(hidden.status).to.equal('committed');
    const account = await underLoad('peer', async () =>
      started.network.change((topology) => withPeer(topology, 'beta')),
    );
    expect(account.reasons).to.eql([]);
    const second = started.connect('beta', 'User1', 1);
    await until(async () => {
      const outcome = await second.evaluate({ transaction: 'reveal', arguments: ['kept'] });
      return outcome.status === 'answered' && outcome.result === 'kept value';
    });
    second.close();
    const { groups } = await presentGroup(configContext());
    const own = groups['Application']?.groups['BetaMSP']?.values?.['AnchorPeers'];
    expect(JSON.stringify(own)).to.contain(String(testBasePort() + 601 + 100));
  });

  it('renews every certificate without a failed request', async () => {
    const before = started.network.crypto.organisations[0]?.peers[0]?.tlsCert;
    const account = await underLoad('renewal', async () => started.network.rotateCertificates());
    // An organisation with one peer has no other to ask: its clients wait until it is back.
    expect(account.reasons).to.eql([]);
    expect(started.network.crypto.organisations[0]?.peers[0]?.tlsCert).not.to.equal(before);
  });

  it('holds one ledger at all seven peers', async () => {
    const { equal, peers } = await started.network.verify();
    expect(peers).to.have.length(7);
    expect(equal).to.equal(true);
  });

  it('lets an organisation go without a failed request', async () => {
    const account = await underLoad('leave', async () =>
      started.network.change((topology) => withoutOrganisation(topology, 'gamma')),
    );
    expect(account.reasons).to.eql([]);
    expect(started.network.info().organisations.map(({ name }) => name)).not.to.include('gamma');
  });

  function configContext(): ConfigContext {
    const { layout, crypto } = started.network;
    return { layout, crypto, programs, channel: started.network.topology.channel };
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(500)) {
      if (await isSo()) return;
    }
    throw new Error('it did not come about in a minute');
  }

  async function underLoad(prefix: string, change: () => Promise<void>): Promise<Account> {
    const load = startLoad(connections, prefix, { perSecond: 20 });
    await change();
    const account = await load.stop();
    const [reader] = connections;
    if (reader === undefined) throw new Error('no connection');
    process.stdout.write(`      ${account.committed.length} committed meanwhile\n`);
    for (const reason of [...new Set(account.reasons)].slice(0, 3)) {
      process.stdout.write(`      ${reason}\n`);
    }
    expect(await faultsIn(account, reader, prefix)).to.eql([]);
    expect(account.committed.length).to.be.greaterThan(0);
    return account;
  }
});
