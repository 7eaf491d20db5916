import { expect } from 'chai';
import type { Endorsement } from '../../../../../network/local/engine/channel.ts';
import { anyOf, parsePolicy } from '../../../../../network/local/engine/policy-language.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const module = { contracts: [NotesContract] };
const base64 = (policy: { serializeBinary(): Uint8Array }) =>
  Buffer.from(policy.serializeBinary()).toString('base64');

describe('endorsement policies', () => {
  let ledger: UnitLedger;

  const put = (key: string, endorsers?: readonly string[]) =>
    ledger.submit(
      'notes',
      'put',
      { key, value: '1' },
      { org: 'AlphaMSP', ...(endorsers && { endorsers }) },
    );

  beforeEach(async () => {
    const others = [
      { name: 'both', module, endorsementPolicy: "AND('AlphaMSP.peer', 'BetaMSP.peer')" },
    ];
    ledger = await UnitLedger.create({ module, others });
  });

  afterEach(() => ledger.close());

  it('ask a majority of the organisations by default', async () => {
    expect((await put('a', ['AlphaMSP', 'BetaMSP'])).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    expect((await put('a', ['AlphaMSP', 'BetaMSP', 'NitMSP'])).code).to.equal('VALID');
  });

  it('count an organisation once, however often it endorses', async () => {
    const thrice = ['AlphaMSP', 'AlphaMSP', 'AlphaMSP'];
    expect((await put('a', thrice)).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
  });

  it('may be stated in the policy language', async () => {
    const call = (endorsers?: readonly string[]) =>
      ledger.submit(
        'notes',
        'put',
        { key: 'a', value: '1' },
        {
          org: 'AlphaMSP',
          chaincode: 'both',
          ...(endorsers && { endorsers }),
        },
      );
    const planned = await call();
    expect(planned.code).to.equal('VALID');
    expect(planned.endorsers).to.have.members(['AlphaMSP', 'BetaMSP']);
    expect((await call(['AlphaMSP'])).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
  });

  it("of a key replace the chaincode's from its next write on", async () => {
    const policy = base64(anyOf(['NitMSP'], 'peer'));
    const own = { org: 'AlphaMSP' };
    await put('a');
    expect((await ledger.submit('notes', 'setPolicy', { key: 'a', policy }, own)).code).to.equal(
      'VALID',
    );
    expect((await ledger.evaluate('notes', 'getPolicy', { key: 'a' }, own)).payload).to.equal(
      policy,
    );
    expect((await put('a', ['AlphaMSP', 'BetaMSP', 'GosCorpMSP'])).code).to.equal(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await put('a', ['NitMSP'])).code).to.equal('VALID');
    expect((await put('a')).endorsers).to.deep.equal(['NitMSP']);
    expect((await ledger.evaluate('notes', 'getPolicy', { key: 'a' }, own)).payload).to.equal(
      policy,
    );
  });

  it('of a key that cannot be read let nobody write it any more', async () => {
    await put('a');
    await ledger.submit(
      'notes',
      'setPolicy',
      { key: 'a', policy: base64(parsePolicy("AND('XMSP.peer')")) },
      { org: 'AlphaMSP' },
    );
    expect((await put('a', [...ledger.organisations])).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
  });

  it('make later writes of a key invalid in the block that changes its policy', async () => {
    await put('a');
    const own = { org: 'AlphaMSP' };
    const policy = base64(anyOf(['NitMSP'], 'peer'));
    const proposals = [
      ledger.propose('notes', 'setPolicy', { key: 'a', policy }, own),
      ledger.propose('notes', 'put', { key: 'a', value: '2' }, own),
    ];
    const endorsed: (readonly Endorsement[])[] = [];
    for (const proposal of proposals) endorsed.push(await ledger.endorse(proposal, own));
    const committed = await Promise.all(
      proposals.map((proposal, index) => ledger.commit(proposal, endorsed[index] ?? [])),
    );
    expect(new Set(committed.map(({ blockNumber }) => blockNumber)).size).to.equal(1);
    expect(committed.map(({ code }) => code)).to.deep.equal([0, 10]);
  });
});
