import { expect } from 'chai';
import { isGreen, sum, summary, type Tally } from '../../../../scripts/testing/tally.ts';

const nothing: Tally = { passed: 0, failed: [], skipped: [] };
const failure = { title: 'a pledge is filed', error: 'Error: not filed\n  at filing.ts:1' };

describe('tally', () => {
  it('adds up several runs', () => {
    const skip = { title: 'a', reason: 'no Fabric' };
    const total = sum([
      { passed: 2, failed: [failure], skipped: [skip] },
      { passed: 3, failed: [], skipped: [] },
    ]);
    expect(total).to.deep.equal({ passed: 5, failed: [failure], skipped: [skip] });
  });

  it('ends with the one line that a program reads', () => {
    expect(summary({ ...nothing, passed: 5 })).to.equal('5 passed, 0 failed, 0 skipped');
  });

  it('says above that line what failed, and how its error begins', () => {
    const long = { title: 'another', error: 'x'.repeat(5000) };
    const lines = summary({ ...nothing, passed: 5, failed: [failure, long] }).split('\n');
    expect(lines.slice(0, 4)).to.deep.equal([
      'Failed: a pledge is filed',
      '  Error: not filed',
      '    at filing.ts:1',
      'Failed: another',
    ]);
    expect(lines[4]).to.have.lengthOf.below(2000);
    expect(lines.at(-1)).to.equal('5 passed, 2 failed, 0 skipped');
  });

  it('lists why tests were skipped above that line, each reason once', () => {
    const text = summary({
      ...nothing,
      passed: 1,
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
    expect(summary({ ...nothing, skipped })).to.contain('  - and 2 more');
  });

  it('is green with passes or explained skips, never with a failure or with nothing', () => {
    expect(isGreen({ ...nothing, passed: 1 })).to.equal(true);
    expect(isGreen({ ...nothing, skipped: [{ title: 'a', reason: 'no Fabric' }] })).to.equal(true);
    expect(isGreen({ ...nothing, passed: 9, failed: [failure] })).to.equal(false);
    expect(isGreen(nothing)).to.equal(false);
  });
});
