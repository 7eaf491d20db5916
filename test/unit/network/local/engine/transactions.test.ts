import { expect } from 'chai';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const module = { contracts: [NotesContract] };
const alpha = { org: 'AlphaMSP' };

describe('a transaction on the ledger', () => {
  let ledger: UnitLedger;

  beforeEach(async () => {
    ledger = await UnitLedger.create({ module });
  });

  afterEach(() => ledger.close());

  it('is endorsed by a majority, committed and read back', async () => {
    const outcome = await ledger.submit('notes', 'put', { key: 'a', value: 'one' }, alpha);
    expect(outcome).to.include({ code: 'VALID', payload: 'a', refusal: undefined });
    expect(outcome.event).to.deep.equal({ name: 'put', payload: 'a' });
    expect(outcome.endorsers).to.have.length(3);
    expect(ledger.state('a')).to.equal('one');
    const read = await ledger.evaluate('notes', 'get', { key: 'a' }, { org: 'BetaMSP' });
    expect(read.payload).to.equal('one');
  });

  it('tells the contract who calls and when', async () => {
    ledger.now = '2026-05-04T03:02:01Z';
    const caller = { org: 'NitMSP', attributes: { 'kepil.role': 'auditor' } };
    const { payload } = await ledger.evaluate('notes', 'caller', undefined, caller);
    const seconds = Date.parse('2026-05-04T03:02:01Z') / 1000;
    expect(JSON.parse(payload)).to.deep.equal({ mspId: 'NitMSP', role: 'auditor', seconds });
  });

  it('gives a refusal with its text', async () => {
    const { refusal, code } = await ledger.submit('notes', 'refuse', 'no, because', alpha);
    expect(refusal).to.equal('no, because');
    expect(code).to.equal(undefined);
  });

  it('shows both write sets of a contract that reads the clock', async () => {
    const failure = await ledger.submit('notes', 'clock', undefined, alpha).catch(String);
    expect(failure).to.match(/AlphaMSP and GosCorpMSP answered differently/);
    expect(failure).to.match(/> kepil: write "time" = \d+/);
  });
});
