import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Crypto, ensureCrypto } from '../../../../network/identity/folder.ts';
import { Msp } from '../../../../network/identity/msp.ts';
import { topologyOf } from '../../../../network/topology.ts';

const topology = topologyOf({
  organisations: [
    { name: 'alpha', mspId: 'AlphaMSP' },
    { name: 'beta', mspId: 'BetaMSP' },
  ],
  orderers: ['alpha'],
});

describe('crypto folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-crypto-'));
  });
  afterEach(async () => rm(dir, { recursive: true }));

  it('gives every organisation its nodes and users, whom its MSP knows', async () => {
    const { organisations } = await ensureCrypto(dir, topology);
    const [alpha, beta] = organisations;
    expect(alpha?.users.map(({ name }) => name)).to.eql(['Admin', 'User1', 'gateway', 'auditor']);
    expect([alpha?.orderers.length, beta?.orderers.length]).to.eql([1, 0]);
    for (const { mspId, caRoots, peers, orderers, users } of organisations) {
      const msp = new Msp(mspId, caRoots);
      const roles = [...peers, ...orderers, ...users].map(
        ({ signer }) => msp.identify(Buffer.from(signer.certificatePem), new Date()).role,
      );
      const orderer = orderers.map(() => 'orderer');
      expect(roles).to.eql(['peer', ...orderer, 'admin', 'client', 'client', 'client']);
    }
  });

  it('lays files where applications for Fabric look, readable by their owner only', async () => {
    await ensureCrypto(dir, topology);
    const own = join(dir, 'peerOrganizations', 'alpha.kepil.test');
    for (const path of [
      'peers/peer0.alpha.kepil.test/tls/ca.crt',
      'users/User1@alpha.kepil.test/msp/keystore/priv_sk',
      'users/User1@alpha.kepil.test/msp/signcerts/User1@alpha.kepil.test-cert.pem',
      'users/User1@alpha.kepil.test/tls/client.key',
      'msp/tlscacerts/tlsca.alpha.kepil.test-cert.pem',
      'ca/priv_sk',
    ]) {
      expect((await stat(join(own, path))).mode & 0o077, path).to.equal(0);
    }
    const config = await readFile(join(own, 'msp', 'config.yaml'), 'utf8');
    expect(config).to.contain('AdminOUIdentifier:');
    const ordering = await readdir(join(dir, 'ordererOrganizations', 'alpha.kepil.test', 'ca'));
    expect(ordering, 'the key lies in one place').to.eql(['ca.alpha.kepil.test-cert.pem']);
  });

  it('is safe to repeat and to run twice at once', async () => {
    const [first, second] = await Promise.all([
      ensureCrypto(dir, topology),
      ensureCrypto(dir, topology),
    ]);
    const third = await ensureCrypto(dir, topology);
    expect(certificatesOf(first)).to.eql(certificatesOf(third));
    expect(certificatesOf(second)).to.eql(certificatesOf(third));
  });

  it('adds what the data adds, and makes again what is missing', async () => {
    const before = await ensureCrypto(dir, topology);
    const lost = join(dir, 'peerOrganizations/alpha.kepil.test/users/User1@alpha.kepil.test');
    await rm(lost, { recursive: true });
    const wider = topologyOf({ organisations: [...topology.organisations, gamma], orderers: [] });
    const after = await ensureCrypto(dir, wider);
    expect(after.organisations.map(({ name }) => name)).to.eql(['alpha', 'beta', 'gamma']);
    expect(after.organisations[0]?.caRoots).to.eql(before.organisations[0]?.caRoots);
    expect(after.organisations[0]?.peers[0]?.tlsCert).to.eql(
      before.organisations[0]?.peers[0]?.tlsCert,
    );
    expect((await stat(lost)).isDirectory()).to.equal(true);
  });
});

const gamma = { name: 'gamma', mspId: 'GammaMSP' };

function certificatesOf(crypto: Crypto): readonly string[] {
  return crypto.organisations.flatMap(({ caRoots, peers, users }) => [
    ...caRoots,
    ...peers.map(({ tlsCert }) => tlsCert),
    ...users.map(({ signer }) => signer.certificatePem),
  ]);
}
