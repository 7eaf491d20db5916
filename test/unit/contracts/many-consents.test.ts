import { expect } from 'chai';
import { z } from 'zod';
import * as consents from '../../../chaincode/consents/operations.ts';
import { type Consent, consent } from '../../../chaincode/consents/schema.ts';
import { putConsent } from '../../../chaincode/consents/store.ts';
import { accepted } from '../../../chaincode/kernel/outcome.ts';
import { command, contractOf } from '../../../chaincode/ledger/contract.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import { writing } from '../../support/writing.ts';
import { applicationNumber, banks } from '../pledges/builders.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';

const asked = writing('asked', z.array(consent));

const Records = contractOf('records', [
  command(asked, async (ledger, all) => {
    for (const each of all as Consent[]) await putConsent(ledger, each);
    return accepted({});
  }),
]);

describe('the consents of an application', () => {
  const application = applicationNumber(1);

  /** Of the nth participant, asked for so many times. */
  const askedOf = (participant: number, times: number) =>
    Array.from({ length: times }, (_, index) =>
      consent.parse({
        application,
        participant,
        revision: 1,
        attempt: index + 1,
        platform: banks[0],
        system: 'pledges',
        purpose: 'REGISTRATION',
        mode: 'CALL_CENTRE_1414',
        services: ['GBDFL'],
        form: documentHashOf('form'),
        requestedAt: '2026-03-10T06:00:00.000Z',
        state: 'REQUESTED',
      }),
    );

  it('are all found, though they are more than a page (CN-1)', async () => {
    const ledger = await KepilLedger.create(undefined, undefined, [Records]);
    const org = 'AlphaMSP';
    for (const participant of [1, 2, 3, 4, 5, 6]) {
      await ledger.done(asked, askedOf(participant, 20), { org });
    }
    const found = await ledger.done(consents.list, { application }, { org });
    expect(found.consents.length).to.equal(120);
    await ledger.close();
  });
});
