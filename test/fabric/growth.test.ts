import { join } from 'node:path';
import { expect } from 'chai';
import {
  adminOf,
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
import { until } from '../support/until.ts';
import { marksModule, testBasePort } from './support/network.ts';
import { loadedNetwork } from './support/under-load.ts';

describe('a Fabric network that grows under load', function () {
  this.timeout(300_000);
  const { started, network, config, underLoad } = loadedNetwork();
  const gamma = {
    name: 'gamma',
    mspId: 'GammaMSP',
    domain: 'gamma.kepil.test',
    peers: [{ name: 'peer0', host: 'peer0.gamma.kepil.test', port: testBasePort() + 801 }],
    orderers: [],
  };

  it('takes a new version of the chaincode without a failed request', async () => {
    await underLoad('upgrade', async () => {
      const module = join(process.cwd(), marksModule);
      await network().deploy({ name: 'marks', version: '2', module });
    });
    const names = network()
      .processes()
      .map(({ name }) => name);
    expect(names).to.include('marks_2.alpha.kepil.test');
    expect(names).not.to.include('marks_1.alpha.kepil.test');
  });

  it('lets a sixth organisation join without a failed request', async () => {
    await underLoad('join', async () => {
      await network().change((topology) => withOrganisation(topology, gamma));
    });
    const connection = started().connect('gamma');
    const outcome = await connection.submit({ transaction: 'mark', arguments: ['by-gamma'] });
    connection.close();
    expect(outcome.status).to.equal('committed');
  });

  it('refuses a change that fewer than a majority have signed', async () => {
    const proposed = await proposeUpdate(config(), 'removing beta', (channel) =>
      withoutMember(channel, 'Application', 'BetaMSP'),
    );
    if (proposed === undefined) throw new Error('nothing was proposed');
    const admins = network().crypto.organisations.map(adminOf);
    // Of six, four are more than half; whoever sends it signs too, and is the first of the three.
    const signed = admins.slice(0, 3).reduce(signUpdate, proposed);
    const refusal = (work: Promise<void>) =>
      work.then(
        () => 'taken',
        (error: unknown) => String(error),
      );
    expect(await refusal(submitUpdate(config(), signed))).to.match(/3 signatures and need 4/);
    // What our own check says, the orderers say too.
    expect(await refusal(sendUpdate(config(), signed))).to.match(/policy/);
    expect(membersIn(await presentGroup(config()), 'Application')).to.include('BetaMSP');
  });

  it('gives an organisation a second peer, which holds its private data too', async () => {
    const beta = started().connect('beta');
    const secret = { transaction: 'hide', arguments: ['kept'], transient: { value: 'kept value' } };
    const hidden = await beta.submit({ ...secret, endorsers: ['BetaMSP'] });
    beta.close();
    expect(hidden.status).to.equal('committed');
    await underLoad('peer', async () => network().change((topology) => withPeer(topology, 'beta')));
    const second = started().connect('beta', 'User1', 1);
    await until(
      'its private data',
      async () => {
        const outcome = await second.evaluate({ transaction: 'reveal', arguments: ['kept'] });
        return outcome.status === 'answered' && outcome.result === 'kept value';
      },
      { timeoutMs: 60_000, pauseMs: 500 },
    );
    second.close();
    const { groups } = await presentGroup(config());
    const own = groups['Application']?.groups['BetaMSP']?.values?.['AnchorPeers'];
    expect(JSON.stringify(own)).to.contain(String(testBasePort() + 601 + 100));
  });

  it('renews every certificate without a failed request', async () => {
    const before = network().crypto.organisations[0]?.peers[0]?.tlsCert;
    // An organisation with one peer has no other to ask: its clients wait until it is back.
    await underLoad('renewal', async () => network().rotateCertificates());
    expect(network().crypto.organisations[0]?.peers[0]?.tlsCert).not.to.equal(before);
  });

  it('holds one ledger at all seven peers', async () => {
    const { equal, peers } = await network().verify();
    expect(peers).to.have.length(7);
    expect(equal).to.equal(true);
  });

  it('lets an organisation go without a failed request', async () => {
    await underLoad('leave', async () =>
      network().change((topology) => withoutOrganisation(topology, 'gamma')),
    );
    expect(
      network()
        .info()
        .organisations.map(({ name }) => name),
    ).not.to.include('gamma');
  });
});
