import { expect } from 'chai';
import type { z } from 'zod';
import * as chaincode from '../../../chaincode/index.ts';
import type * as pledges from '../../../chaincode/pledges/operations.ts';
import { forgedApplication, Forgery } from '../../support/forgery.ts';
import { UnitLedger } from '../../support/unit-ledger.ts';
import { property } from '../pledges/builders.ts';

describe('the seal of the State Corporation', () => {
  const accomplices = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
  let ledger: UnitLedger;

  before(async () => {
    const contracts = [...chaincode.contracts, Forgery];
    ledger = await UnitLedger.create({ module: { contracts } });
  });

  after(() => ledger.close());

  const forged = (name: string) =>
    ledger.submit(
      'forgery',
      name,
      { key: `forgery-${name}`, input: {} },
      {
        org: 'AlphaMSP',
        endorsers: accomplices,
      },
    );

  /** The pledges of the property, as an organisation's peer shows them. */
  async function registerAt(org: string): Promise<unknown> {
    const { payload } = await ledger.evaluate(
      'pledges',
      'register',
      { input: { property } },
      { org },
    );
    return (JSON.parse(payload) as z.output<typeof pledges.register.output>).pledges;
  }

  it('is missing on what three organisations write with an altered chaincode, and nobody reads it', async () => {
    expect((await forged('withoutSeal')).code).to.equal('VALID');
    for (const org of ledger.organisations) {
      expect(await registerAt(org)).to.eql([]);
      const asked = { input: { application: forgedApplication.id } };
      const { refusal } = await ledger.evaluate('pledges', 'get', asked, { org });
      expect(refusal).to.contain('APPLICATION_UNSEALED');
    }
  });

  it('cannot be written without its own peer', async () => {
    expect((await forged('withSeal')).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    expect(await registerAt('BetaMSP')).to.eql([]);
  });
});
