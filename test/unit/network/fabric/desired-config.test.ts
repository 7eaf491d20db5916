import { expect } from 'chai';
import type { ConfigGroup } from '../../../../network/fabric/channel/config-update.ts';
import {
  type Consenter,
  consentersIn,
  membersIn,
  withAnchors,
  withConsenters,
  withEndpoints,
  withOrganisation,
  withoutOrganisation,
} from '../../../../network/fabric/channel/desired-config.ts';

describe('the channel as the topology asks', () => {
  it('takes an organisation once, and lets it go once', () => {
    const wider = withOrganisation(channel, 'Application', 'GammaMSP', { groups: {} });
    expect(membersIn(wider, 'Application')).to.eql(['AlphaMSP', 'GammaMSP']);
    expect(withOrganisation(wider, 'Application', 'GammaMSP', { groups: {} })).to.equal(wider);
    const narrower = withoutOrganisation(wider, 'Application', 'GammaMSP');
    expect(membersIn(narrower, 'Application')).to.eql(['AlphaMSP']);
    expect(withoutOrganisation(narrower, 'Application', 'GammaMSP')).to.equal(narrower);
  });

  it('names anchors and endpoints, and changes nothing where they stand', () => {
    const anchors = [{ host: 'peer0.alpha.kepil.test', port: 7051 }];
    const anchored = withAnchors(channel, 'AlphaMSP', anchors);
    expect(anchored).not.to.equal(channel);
    expect(withAnchors(anchored, 'AlphaMSP', anchors)).to.equal(anchored);
    const reached = withEndpoints(channel, 'AlphaMSP', ['orderer0.alpha.kepil.test:7050']);
    expect(withEndpoints(reached, 'AlphaMSP', ['orderer0.alpha.kepil.test:7050'])).to.equal(
      reached,
    );
  });

  for (const [orderers, quorum] of [
    [4, 3],
    [5, 4],
    [6, 4],
    [7, 5],
  ] as const) {
    it(`asks ${quorum} of ${orderers} orderers to sign a block`, () => {
      const consenters = Array.from({ length: orderers }, (_, index) => consenter(index + 1));
      const changed = withConsenters(channel, consenters);
      expect(consentersIn(changed)).to.eql(consenters);
      expect(withConsenters(changed, consenters)).to.equal(changed);
      const validation = changed.groups['Orderer']?.policies?.['BlockValidation'] as unknown as {
        readonly mod_policy: string;
        readonly policy: {
          readonly value: {
            readonly identities: readonly { readonly principal: { readonly mspid: string } }[];
            readonly rule: { readonly n_out_of: { readonly n: number; readonly rules: object[] } };
          };
        };
      };
      const { identities, rule } = validation.policy.value;
      expect(validation.mod_policy).to.equal('Admins');
      expect(rule.n_out_of.n).to.equal(quorum);
      expect(rule.n_out_of.rules).to.have.length(orderers);
      expect(identities.map(({ principal }) => principal.mspid)).to.eql(
        consenters.map(({ msp_id: mspId }) => mspId),
      );
    });
  }
});

const channel: ConfigGroup = {
  groups: {
    Application: { groups: { AlphaMSP: { groups: {} } } },
    Orderer: {
      groups: { AlphaMSP: { groups: {} } },
      policies: { BlockValidation: { mod_policy: 'Admins', policy: {}, version: '0' } },
    },
  },
};

function consenter(id: number): Consenter {
  const pem = Buffer.from(`certificate ${id}`).toString('base64');
  return {
    id,
    host: `orderer${id}`,
    port: 7050 + id,
    msp_id: `Org${id}MSP`,
    identity: pem,
    client_tls_cert: pem,
    server_tls_cert: pem,
  };
}
