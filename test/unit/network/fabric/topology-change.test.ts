import { expect } from 'chai';
import {
  withoutOrderer,
  withoutOrganisation,
  withOrderer,
  withOrganisation,
  withPeer,
} from '../../../../network/fabric/operations/topology-change.ts';
import { numbered, type Topology, topologyOf } from '../../../../network/topology.ts';

const gamma = {
  name: 'gamma',
  mspId: 'GammaMSP',
  domain: 'gamma.kepil.test',
  peers: [{ name: 'peer0', host: 'peer0.gamma.kepil.test', port: 12_051 }],
  orderers: [],
};

describe('a change of the topology', () => {
  it('gives every orderer a number that it keeps when others leave', () => {
    const founding = numbered(topologyOf());
    expect(numbersOf(founding)).to.eql([1, 2, 3, 4]);
    const five = withOrderer(founding, 'beta');
    expect(numbersOf(five)).to.eql([1, 2, 3, 4, 5]);
    const left = withoutOrderer(five, 'orderer0.authority.kepil.test');
    expect(numbersOf(left)).to.eql([1, 3, 4, 5]);
    // Whoever comes next does not take the number of one that is there.
    expect(numbersOf(withOrderer(left, 'authority'))).to.eql([1, 6, 3, 4, 5]);
  });

  it('is the same when given once more by name', () => {
    const once = withPeer(topologyOf(), 'beta', { name: 'peer1' });
    expect(withPeer(once, 'beta', { name: 'peer1' })).to.equal(once);
    const joined = withOrganisation(topologyOf(), gamma);
    expect(withOrganisation(joined, gamma)).to.equal(joined);
    expect(() => withOrganisation(joined, { ...gamma, mspId: 'OtherMSP' })).to.throw(/already/);
  });

  it('gives each node a port that no other one has', () => {
    let topology = topologyOf();
    for (const name of ['goscorp', 'beta']) {
      topology = withOrderer(withPeer(topology, name), name);
    }
    const ports = topology.organisations.flatMap(({ peers, orderers }) => [
      ...peers.flatMap(({ port }) => [port, port + 1, port + 2]),
      ...orderers.flatMap(({ port }) => [port, port + 4, port + 5]),
    ]);
    expect(new Set(ports).size).to.equal(ports.length);
  });

  it('takes an organisation out with its orderers, and no other one', () => {
    const left = withoutOrganisation(topologyOf(), 'authority');
    expect(left.organisations.map(({ name }) => name)).to.eql(['goscorp', 'nit', 'alpha', 'beta']);
    expect(numbersOf(left)).to.eql([1, 3, 4]);
  });
});

function numbersOf({ organisations }: Topology) {
  return organisations.flatMap(({ orderers }) => orderers.map(({ consenter }) => consenter));
}
