import { expect } from 'chai';
import { mspIdSchema } from '../../../chaincode/kernel/msp-id.ts';
import { institutions } from '../../../chaincode/ledger/institutions.ts';
import { founders } from '../../../chaincode/roster/founders.ts';
import { admission, majorityOf, memberOf, removal } from '../../../chaincode/roster/rules.ts';
import type { Member } from '../../../chaincode/roster/schema.ts';

const five: readonly Member[] = founders.map((founder) => ({ ...founder, peers: [] }));
const sixth: Member = {
  mspId: mspIdSchema.parse('GammaMSP'),
  bin: '990140000067',
  name: 'Platform Gamma',
  kind: 'NON_STATE_SYSTEM_OWNER',
  peers: [],
};

describe('roster', () => {
  it('decides by more than half of its members', () => {
    expect([5, 6, 7].map(majorityOf)).to.eql([3, 4, 4]);
  });

  it('knows a stranger from a consortium that is not founded', () => {
    expect(memberOf(five, 'GammaMSP')).to.have.nested.property('refusals[0].code', 'NOT_A_MEMBER');
    expect(memberOf([], 'AlphaMSP')).to.have.nested.property(
      'refusals[0].code',
      'CONSORTIUM_NOT_FOUNDED',
    );
  });

  it('admits nobody twice', () => {
    expect(admission(five, sixth).ok).to.equal(true);
    expect(admission([...five, sixth], sixth).ok).to.equal(false);
  });

  it('keeps five members at least (SE-4)', () => {
    expect(removal(five, 'BetaMSP', institutions)).to.have.nested.property(
      'refusals[0].code',
      'CONSORTIUM_TOO_SMALL',
    );
    expect(removal([...five, sixth], 'BetaMSP', institutions).ok).to.equal(true);
  });

  it('keeps those to whom the law gives a part of their own', () => {
    for (const mspId of ['GosCorpMSP', 'AuthorityMSP', 'NitMSP']) {
      expect(removal([...five, sixth], mspId, institutions), mspId).to.have.nested.property(
        'refusals[0].code',
        'MEMBER_INDISPENSABLE',
      );
    }
  });
});
