import { expect } from 'chai';
import { presentGroup } from '../../network/fabric/channel/config-update.ts';
import { consentersIn } from '../../network/fabric/channel/desired-config.ts';
import { withoutOrderer, withOrderer } from '../../network/fabric/operations/topology-change.ts';
import { leaderOf } from '../../network/fabric/operations/ordering.ts';
import { loadedNetwork } from './support/under-load.ts';

describe('a Fabric network whose orderers come and go under load', function () {
  this.timeout(180_000);
  const host = 'orderer0.beta.kepil.test';
  const { network, config, underLoad } = loadedNetwork();

  it('takes a fifth one without a failed request', async () => {
    await underLoad('fifth', async () =>
      network().change((topology) => withOrderer(topology, 'beta')),
    );
    expect(await consenters()).to.eql([1, 2, 3, 4, 5]);
  });

  it('knows who leads by the orderers’ numbers', async () => {
    const { crypto, topology } = network();
    const hosts = topology.organisations.flatMap(({ orderers }) => orderers.map((one) => one.host));
    expect(hosts).to.include(await leaderOf(crypto, topology.channel));
  });

  it('lets it go without a failed request', async () => {
    await underLoad('fourth', async () =>
      network().change((topology) => withoutOrderer(topology, host)),
    );
    expect(await consenters()).to.eql([1, 2, 3, 4]);
    expect(
      network()
        .processes()
        .map(({ name }) => name),
    ).not.to.include(host);
    expect((await network().verify()).equal).to.equal(true);
  });

  async function consenters(): Promise<readonly number[]> {
    return consentersIn(await presentGroup(config())).map(({ id }) => id);
  }
});
