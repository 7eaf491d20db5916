/** Extracts on real Fabric, whose peers and orderers sign: what holds on the local network holds. */
import { expect } from 'chai';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { verifyExtract } from '../../gateway/extracts/verify.ts';
import { withOrganisation } from '../../network/fabric/operations/topology-change.ts';
import { extractsProve, registerExtract } from '../support/extract-commands.ts';
import { testBasePort } from './support/network.ts';
import { fabricPlayground } from './support/playground.ts';
import { say } from './support/say.ts';

describe('extracts on a Fabric network', function () {
  this.timeout(300_000);
  const { props, dir, network } = fabricPlayground();
  let proved: Awaited<ReturnType<typeof extractsProve>>;

  it('prove a pledge and its end, and nothing that was changed', () =>
    extractsProve(props(), dir(), dir()).then((made) => (proved = made)));

  it('go on to be proved by the same fingerprint when an organisation has joined', async () => {
    const peer = { name: 'peer0', host: 'peer0.gamma.kepil.test', port: testBasePort() + 801 };
    const domain = 'gamma.kepil.test';
    const gamma = { name: 'gamma', mspId: 'GammaMSP', domain, peers: [peer], orderers: [] };
    await network().change((topology) => withOrganisation(topology, gamma));
    const text = await registerExtract(dir(), proved.property);
    const verdict = valueOrThrow(verifyExtract(text, { fingerprint: proved.fingerprint }));
    expect(verdict.organisations).to.include('GammaMSP');
    // What was written before was endorsed by a majority of the five of that time.
    expect(verdict.records[0]?.record.data).to.include({ state: 'TERMINATED' });
    const configs = (JSON.parse(text) as { readonly configs: readonly unknown[] }).configs;
    say(`${text.length} bytes with ${configs.length} configurations`);
    expect(configs.length).to.be.greaterThan(1);
  });
});
