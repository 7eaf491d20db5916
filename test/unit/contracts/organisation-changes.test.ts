import { expect } from 'chai';
import * as decisions from '../../../chaincode/decisions/operations.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { approved, extended, system } from '../../../gateway/stands/story/setting.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import { refusalOf, stageOf } from '../../support/kepil-stage.ts';

const { bin } = people.alphaHead;
const alpha = { org: 'AlphaMSP' };
const pledges = { id: system, name: 'Pledges' };
const admission = {
  kind: 'organisation.admission' as const,
  organisation: {
    bin,
    name: 'Alpha',
    kind: 'NON_STATE_SYSTEM_OWNER' as const,
    mspId: 'AlphaMSP',
    categories: [],
    systems: [pledges],
  },
};
const change = {
  kind: 'organisation.change' as const,
  organisation: {
    bin,
    name: 'Alpha Bank',
    categories: ['SECOND_TIER_BANK'],
    systems: [pledges, { id: 'archive', name: 'Archive' }],
  },
};
const exclusion = { kind: 'organisation.exclusion' as const, bin };
const readmission = { kind: 'organisation.readmission' as const, bin };

describe('what the consortium decides about a party (OR-1)', function () {
  this.timeout(30_000);
  let ledger: KepilLedger;

  beforeEach(async () => {
    ledger = await KepilLedger.founded('2026-11-20T06:00:00.000Z');
    await extended(stageOf(ledger));
  });
  afterEach(() => ledger.close());

  const known = async () => (await ledger.done(organisations.get, { bin }, alpha)).organisation;
  const missing = async () =>
    (await ledger.call(organisations.mayFile, { bin, on: '2026-11-20' }, alpha)).codes;
  const proposed = async (subject: Parameters<typeof ledger.decide>[0]) =>
    (await ledger.call(decisions.propose, { subject, reason: 'r' }, alpha)).codes;

  it('changes its name, categories and systems, and leaves what it is', async () => {
    await ledger.decide(admission);
    const before = await known();
    const decision = await ledger.decide(change);
    expect(await known()).to.eql({
      ...before,
      ...change.organisation,
      since: [{ kind: 'CHANGED', decision }],
    });
    const codes = await missing();
    expect(codes).to.include('PARTICIPANT_EXCLUDED_BY_REGIME');
    expect(codes.filter((code) => code === 'KDP_NOT_IN_PRODUCTION')).to.have.length(2);
    await approved(stageOf(ledger), { bin, system: 'archive' });
    expect(await proposed(change)).to.eql(['ORGANISATION_UNCHANGED']);
  });

  it('admits nobody under the BIN or the MSP of another member', async () => {
    const of = (changes: object) => ({
      ...admission,
      organisation: { ...admission.organisation, ...changes },
    });
    for (const mixed of [{ bin: people.betaHead.bin }, { mspId: 'BetaMSP' }]) {
      expect(await proposed(of(mixed))).to.eql(['ORGANISATION_OF_ANOTHER_MEMBER']);
    }
    expect(await proposed(of({ bin: people.bankHead.bin, mspId: 'GammaMSP' }))).to.eql([]);
    const member = { mspId: 'GammaMSP', bin, name: 'Gamma', kind: 'QUASI_STATE_ENTITY' as const };
    expect(await proposed({ kind: 'roster.admission', member })).to.eql(['MEMBER_ALREADY']);
  });

  it('takes no other MSP by a change', async () => {
    await ledger.decide(admission);
    const organisation = { ...change.organisation, mspId: 'BetaMSP' };
    expect(await proposed({ ...change, organisation })).to.eql(['FIELD_UNKNOWN']);
  });

  it('readmits whom it excluded, and keeps every decision', async () => {
    const admittedBy = await ledger.decide(admission);
    expect(await proposed(readmission)).to.eql(['ORGANISATION_NOT_EXCLUDED']);
    const excludedBy = await ledger.decide(exclusion);
    expect(await known()).to.include({ excludedBy });
    expect(await missing()).to.include('ORGANISATION_EXCLUDED');
    expect(await proposed(exclusion)).to.eql(['ORGANISATION_EXCLUDED']);
    expect(await proposed(change)).to.eql(['ORGANISATION_EXCLUDED']);
    const decision = await ledger.decide(readmission);
    const { excludedBy: now, ...party } = await known();
    expect(now).to.equal(undefined);
    expect(party).to.eql({
      ...admission.organisation,
      admittedBy,
      since: [
        { kind: 'EXCLUDED', decision: excludedBy },
        { kind: 'READMITTED', decision },
      ],
    });
    expect(await missing()).not.to.include('ORGANISATION_EXCLUDED');
  });

  it('says nothing of who was never a party', async () => {
    for (const subject of [change, exclusion, readmission]) {
      expect(await proposed(subject), subject.kind).to.eql(['ORGANISATION_UNKNOWN']);
    }
    expect(await refusalOf(ledger.decide(change))).to.contain('OR-1');
  });
});
