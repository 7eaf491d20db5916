import { expect } from 'chai';
import * as decisions from '../../../chaincode/decisions/operations.ts';
import * as regimes from '../../../chaincode/regimes/operations.ts';
import * as roster from '../../../chaincode/roster/operations.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';

const extension = {
  kind: 'regime.extension' as const,
  procedure: 'PLEDGE' as const,
  edition: 'pilot-2025',
  until: '2027-12-31',
  basis: 'Minutes of the consortium',
};

describe('the consortium on the ledger', () => {
  let ledger: KepilLedger;

  beforeEach(async () => {
    ledger = await KepilLedger.founded();
  });

  afterEach(() => ledger.close());

  it('is founded once, by an administrator', async () => {
    const again = await ledger.call(roster.found, {}, { org: 'BetaMSP' });
    expect(again.codes).to.eql(['CONSORTIUM_FOUNDED_ALREADY']);
    const client = await ledger.call(roster.found, {}, { org: 'BetaMSP', role: 'client' });
    expect(client.codes).to.eql(['ROLE_MISSING']);
    const { members, majority } = await ledger.done(roster.members, {}, { org: 'BetaMSP' });
    expect(members).to.have.length(5);
    expect(majority).to.equal(3);
  });

  it('decides what one proposes and three approve; five see it; a fourth vote is refused', async () => {
    const id = await ledger.decide(extension);
    for (const org of ledger.ledger.organisations) {
      const decision = await ledger.done(decisions.get, { id }, { org });
      expect(decision.state).to.equal('ADOPTED');
      expect(decision.votes).to.have.length(3);
    }
    const fourth = await ledger.call(decisions.approve, { id }, { org: 'BetaMSP' });
    expect(fourth.codes).to.eql(['DECISION_CLOSED']);
  });

  it('extends a lapsed regime, after which a filing finds it in force (RG-2)', async () => {
    const question = { procedure: 'PLEDGE' as const, on: '2026-11-20' };
    const before = await ledger.call(regimes.inForce, question, { org: 'AlphaMSP' });
    expect(before.codes).to.eql(['REGIME_NO_LONGER_IN_FORCE']);
    const id = await ledger.decide(extension);
    const edition = await ledger.done(regimes.inForce, question, { org: 'AlphaMSP' });
    expect(edition.extensions).to.eql([
      { until: '2027-12-31', basis: extension.basis, decision: id },
    ]);
    const { changes } = await ledger.done(
      regimes.history,
      { procedure: 'PLEDGE', edition: 'pilot-2025' },
      { org: 'BetaMSP' },
    );
    expect(changes.map(({ revision }) => revision)).to.eql([2, 1]);
  });

  it('does not vote on what could not be carried out', async () => {
    const subject = { ...extension, until: '2026-01-01' };
    const proposed = await ledger.call(
      decisions.propose,
      { subject, reason: 'r' },
      { org: 'AlphaMSP' },
    );
    expect(proposed.codes).to.eql(['EXTENSION_NOT_LATER']);
  });

  it('does not vote on an edition under which nothing could be decided', async () => {
    const fact = { date: '2027-01-01', source: 's', certainty: 'CONFIRMED' as const };
    const edition = {
      procedure: 'PLEDGE' as const,
      edition: 'pledge-2027',
      orders: [{ number: '1', date: '2026-11-01' }],
      from: fact,
      parameters: {},
    };
    const subject = { kind: 'regime.edition' as const, edition };
    const { codes } = await ledger.call(
      decisions.propose,
      { subject, reason: 'r' },
      { org: 'AlphaMSP' },
    );
    expect(codes).to.eql(['EDITION_LACKS_TERM', 'EDITION_LACKS_TERM']);
  });

  it('names every fault of a form at once, by field (PL-3)', async () => {
    const input = { subject: { ...extension, until: '2027-02-30', extra: 1 }, votingDays: 0 };
    const { codes, outcome } = await ledger.call(
      decisions.propose,
      // What a hurried client sends: our own types would not let it through.
      input as never,
      { org: 'AlphaMSP' },
    );
    expect(codes).to.include.members(['DATE_NOT_IN_CALENDAR', 'FIELD_UNKNOWN', 'FIELD_REQUIRED']);
    expect(outcome.refusal).to.contain('/subject/until');
  });

  it('takes no votes from those who only use an organisation, nor from strangers', async () => {
    const { id } = await ledger.done(
      decisions.propose,
      { subject: extension, reason: 'r' },
      { org: 'AlphaMSP' },
    );
    const client = await ledger.call(decisions.approve, { id }, { org: 'NitMSP', role: 'client' });
    expect(client.codes).to.eql(['ROLE_MISSING']);
  });

  it('reckons deadlines by the calendar on the ledger (RG-5)', async () => {
    // Friday before the long Nauryz weekend of 2026: the next working day is Thursday.
    const due = await ledger.done(
      regimes.due,
      { event: '2026-03-20T08:00:00.000Z', term: { unit: 'WORKING_DAYS', count: 1 } },
      { org: 'AlphaMSP' },
    );
    expect(due).to.eql({ lastDay: '2026-03-26', until: '2026-03-26T18:59:59.999Z' });
  });

  it('admits a sixth member by decision, which then votes', async () => {
    const member = {
      mspId: 'GammaMSP',
      bin: '990140000067',
      name: 'Platform Gamma',
      kind: 'NON_STATE_SYSTEM_OWNER' as const,
    };
    await ledger.decide({ kind: 'roster.admission', member });
    const { members, majority } = await ledger.done(roster.members, {}, { org: 'BetaMSP' });
    expect(members).to.have.length(6);
    expect(majority).to.equal(4);
  });

  it('does not vote on a removal of the State Corporation', async () => {
    const subject = { kind: 'roster.removal' as const, mspId: 'GosCorpMSP' };
    const asked = { subject, reason: 'r' };
    const { codes } = await ledger.call(decisions.propose, asked, { org: 'AlphaMSP' });
    expect(codes).to.eql(['MEMBER_INDISPENSABLE']);
  });
});

describe('a command under one key', () => {
  let ledger: KepilLedger;

  beforeEach(async () => {
    ledger = await KepilLedger.founded();
  });

  afterEach(() => ledger.close());

  const propose = (reason: string, org = 'AlphaMSP') =>
    ledger.call(decisions.propose, { subject: extension, reason }, { org, key: 'one-key-only' });

  it('is carried out once, and answers the same again', async () => {
    const first = await propose('r');
    const second = await propose('r');
    expect(second.answer).to.eql(first.answer);
    expect(second.outcome.event).to.equal(undefined);
    const all = await ledger.done(decisions.list, {}, { org: 'BetaMSP' });
    expect(all.decisions).to.have.length(1);
  });

  it('is refused with another body', async () => {
    await propose('r');
    expect((await propose('another')).codes).to.eql(['KEY_REUSED_WITH_ANOTHER_BODY']);
  });

  it("does not meet another organisation's keys", async () => {
    await propose('r');
    expect((await propose('another', 'BetaMSP')).codes).to.eql([]);
  });

  it('leaves nothing where it was refused', async () => {
    const refused = await ledger.call(
      decisions.approve,
      { id: '0'.repeat(16) },
      { org: 'AlphaMSP', key: 'one-key-only' },
    );
    expect(refused.codes).to.eql(['DECISION_UNKNOWN']);
    expect((await propose('r')).codes).to.eql([]);
  });
});
