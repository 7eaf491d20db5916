import { expect } from 'chai';
import { figureOf } from '../../../../scripts/bench/case.ts';
import { quantile } from '../../../../scripts/bench/statistics.ts';

describe('figures', () => {
  it('stand beside their baseline, in three digits', () => {
    const parts = { case: 'local: throughput', unit: '1/s', baselineName: 'one client' };
    expect(figureOf({ ...parts, figure: 213.456, baseline: 40 })).to.deep.equal({
      ...parts,
      figure: 213,
      baseline: 40,
      ratio: 5.34,
    });
  });
});

describe('quantiles', () => {
  it('are values that were measured', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.99, 1].map((share) => quantile(values, share))).to.deep.equal([50, 99, 100]);
    expect(quantile([7], 0.5)).to.equal(7);
    expect(quantile([], 0.5)).to.be.NaN;
  });
});
