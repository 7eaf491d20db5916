import { expect } from 'chai';
import { topologyOf } from '../../../network/topology.ts';

describe('topology', () => {
  it('gives five organisations a peer each, and four of them an orderer (SE-4)', () => {
    const { organisations } = topologyOf();
    expect(organisations.map(({ mspId, peers }) => [mspId, peers[0]?.host, peers[0]?.port])).to.eql(
      [
        ['GosCorpMSP', 'peer0.goscorp.kepil.test', 7051],
        ['AuthorityMSP', 'peer0.authority.kepil.test', 8051],
        ['NitMSP', 'peer0.nit.kepil.test', 9051],
        ['AlphaMSP', 'peer0.alpha.kepil.test', 10051],
        ['BetaMSP', 'peer0.beta.kepil.test', 11051],
      ],
    );
    expect(organisations.filter(({ orderers }) => orderers.length > 0)).to.have.length(4);
  });

  it('is changed by names, domain and port alone', () => {
    const topology = topologyOf({
      channel: 'mychannel',
      organisations: [{ name: 'org1', mspId: 'Org1MSP' }],
      domain: 'example.com',
      basePort: 17051,
    });
    expect(topology.channel).to.equal('mychannel');
    expect(topology.organisations[0]?.peers[0]).to.eql({
      name: 'peer0',
      host: 'peer0.org1.example.com',
      port: 17051,
    });
  });

  it('puts a peer where an application expects it', () => {
    const { organisations } = topologyOf({
      organisations: [
        { name: 'org1', mspId: 'Org1MSP' },
        { name: 'org2', mspId: 'Org2MSP', port: 9051 },
      ],
    });
    expect(organisations.map(({ peers: [peer] }) => peer?.port)).to.eql([7051, 9051]);
    expect(organisations.map(({ orderers: [orderer] }) => orderer?.port)).to.eql([7050, 9050]);
  });
});
