import { expect } from 'chai';
import { isGreen, sum, summary, type Tally } from '../../../../scripts/testing/tally.ts';

const nothing: Tally = { passed: 0, failed: 0, skipped: [] };

describe('tally', () => {
  it('adds up several runs', () => {
    const skip = { title: 'a', reason: 'no Fabric' };
    const total = sum([
      { passed: 2, failed: 1, skipped: [skip] },
      { passed: 3, failed: 0, skipped: [] },
    ]);
    expect(total).to.deep.equal({ passed: 5, failed: 1, skipped: [skip] });
  });

  it('ends with the one line that a program reads', () => {
    expect(summary({ passed: 5, failed: 1, skipped: [] })).to.equal(
      '5 passed, 1 failed, 0 skipped',
    );
  });

  it('lists why tests were skipped above that line, each reason once', () => {
    const text = summary({
      passed: 1,
      failed: 0,
      skipped: [
        { title: 'purge', reason: 'no Fabric' },
        { title: 'policy', reason: 'no Fabric' },
        { title: 'other', reason: 'no Go' },
      ],
    });
    expect(text.split('\n')).to.deep.equal([
      'Skipped 2: no Fabric',
      '  - purge',
      '  - policy',
      'Skipped 1: no Go',
      '  - other',
      '1 passed, 0 failed, 3 skipped',
    ]);
  });

  it('shortens a long list of skips', () => {
    const skipped = Array.from({ length: 12 }, (_, index) => ({ title: `${index}`, reason: 'r' }));
    expect(summary({ passed: 0, failed: 0, skipped })).to.contain('  - and 2 more');
  });

  it('is green with passes or explained skips, never with a failure or with nothing', () => {
    expect(isGreen({ ...nothing, passed: 1 })).to.equal(true);
    expect(isGreen({ ...nothing, skipped: [{ title: 'a', reason: 'no Fabric' }] })).to.equal(true);
    expect(isGreen({ ...nothing, passed: 9, failed: 1 })).to.equal(false);
    expect(isGreen(nothing)).to.equal(false);
  });
});
