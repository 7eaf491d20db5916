import { expect } from 'chai';
import fc from 'fast-check';
import { endorsingSet } from '../../../../../network/local/services/endorsing-set.ts';

const atLeast = (count: number, of: readonly string[]) => ({
  satisfiedBy: (mspIds: Iterable<string>) =>
    [...mspIds].filter((mspId) => of.includes(mspId)).length >= count,
});

const five = ['A', 'B', 'C', 'D', 'E'];

describe('endorsing set', () => {
  it('is the fewest organisations, the first ones before others', () => {
    expect(endorsingSet(five, [atLeast(3, five)])).to.have.members(['A', 'B', 'C']);
  });

  it('takes those who have endorsed already, and leaves them out where no policy needs them', () => {
    const endorsed = new Set(['E']);
    expect(endorsingSet(five, [atLeast(3, five)], endorsed)).to.have.members(['A', 'B', 'E']);
    expect(endorsingSet(five, [atLeast(1, ['C'])], endorsed)).to.eql(['C']);
  });

  it('meets several policies at once', () => {
    const conditions = [atLeast(3, five), atLeast(1, ['D'])];
    expect(endorsingSet(five, conditions, new Set(['A']))).to.have.members(['A', 'B', 'D']);
  });

  it('is nothing where all together do not suffice', () => {
    expect(endorsingSet(['A', 'B'], [atLeast(3, five)])).to.equal(undefined);
  });

  it('is sufficient and minimal, for few organisations and for many', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(names, fc.nat(16), fc.nat(), (all, count, split) => {
        const conditions = [atLeast(count, all), atLeast(1, all.slice(split % all.length))];
        const chosen = endorsingSet(all, conditions);
        if (chosen === undefined) {
          expect(count).to.be.greaterThan(all.length);
          return;
        }
        const met = (set: readonly string[]) => conditions.every((one) => one.satisfiedBy(set));
        expect(met(chosen)).to.equal(true);
        for (const one of chosen)
          expect(met(chosen.filter((other) => other !== one))).to.equal(false);
      }),
      { numRuns: 100 },
    );
  });
});
