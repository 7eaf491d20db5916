import { expect } from 'chai';
import { spareFindings } from '../../../../network/fabric/operations/doctor.ts';
import { orderingIn, type OrdererView } from '../../../../network/fabric/operations/ordering.ts';

/** Four orderers that vote on block 40 in the fifth view, but for what is said of some. */
function four(...others: readonly Partial<OrdererView>[]): readonly OrdererView[] {
  return ['one', 'two', 'three', 'four'].map((host, at) => ({
    host,
    leader: 2,
    view: 5,
    sequence: 40,
    phase: 0,
    ...others[at],
  }));
}

const silent = { leader: undefined, view: undefined, sequence: undefined, phase: undefined };

describe('the orderers of a channel', () => {
  it('can lose one of four that vote', () => {
    const { voting, absent, needed, spare } = orderingIn(four());
    expect(voting).to.eql(['one', 'two', 'three', 'four']);
    expect({ absent, needed, spare }).to.eql({ absent: [], needed: 3, spare: 1 });
  });

  it('can lose two of seven', () => {
    const views = [...four(), ...four().slice(1)];
    expect(orderingIn(views)).to.include({ needed: 5, spare: 2 });
  });

  it('counts one that is a block behind: it takes votes for the next block too', () => {
    expect(orderingIn(four({ sequence: 39 })).absent).to.eql([]);
  });

  for (const [why, view] of [
    ['fetches blocks that the others have', { sequence: 38 }],
    ['has given up its leader', { phase: 3 }],
    ['is in a view that the others have left', { view: 4, sequence: 40 }],
    ['does not answer', silent],
  ] as const) {
    it(`does not count one that ${why}, and can lose no other`, () => {
      const ordering = orderingIn(four(view));
      expect(ordering.absent).to.eql(['one']);
      expect(ordering.spare).to.equal(0);
    });
  }

  it('goes by the newest view, though the others have more blocks in an older one', () => {
    const old = { view: 4, sequence: 60 };
    expect(orderingIn(four(old, old)).voting).to.eql(['three', 'four']);
  });

  it('votes nowhere when nobody answers', () => {
    const { voting, spare } = orderingIn(four(silent, silent, silent, silent));
    expect({ voting, spare }).to.eql({ voting: [], spare: 0 });
  });

  it('is found to have none to spare before one more is stopped', () => {
    const [finding, ...more] = spareFindings(orderingIn(four({}, { sequence: 30 })));
    expect(more).to.eql([]);
    expect(finding?.code).to.equal('NO_SPARE_ORDERER');
    expect(finding?.what).to.contain('3 of 4 orderers vote on blocks and 3 are needed');
    expect(finding?.what).to.contain('two does not vote');
    expect(finding?.next).to.contain('kepil network logs two');
  });

  it('is found to have nothing wrong when one can be lost, or too few vote anyway', () => {
    expect(spareFindings(orderingIn(four()))).to.eql([]);
    // Another finding says that nothing commits.
    expect(spareFindings(orderingIn(four(silent, silent)))).to.eql([]);
    expect(spareFindings(undefined)).to.eql([]);
  });

  it('is no finding where a single orderer is all there is', () => {
    expect(spareFindings(orderingIn(four().slice(1, 2)))).to.eql([]);
  });
});
