import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Faults, watchFaultFile } from '../../../../network/local/faults.ts';
import { until } from '../../../support/until.ts';

describe('faults', () => {
  it('are silent unless a rule asks for them', () => {
    const faults = new Faults();
    expect(faults.strikes('commit-status-lost', 'AlphaMSP')).to.equal(undefined);
    expect(faults.isDead('AlphaMSP')).to.equal(false);
    faults.step('block:before-write');
  });

  it('strike the organisation that the rule names, after what it skips, so often as it says', () => {
    const faults = new Faults({
      rules: [{ fault: 'endorsement-refused', mspId: 'BetaMSP', skip: 1, times: 2 }],
    });
    const struck = () => faults.strikes('endorsement-refused', 'BetaMSP') !== undefined;
    expect(faults.strikes('endorsement-refused', 'AlphaMSP')).to.equal(undefined);
    expect([struck(), struck(), struck(), struck()]).to.eql([false, true, true, false]);
  });

  it('decide the same for the same seed, whatever other rules are asked between', () => {
    const decisions = (seed: number, disturbed: boolean) => {
      const faults = new Faults({
        seed,
        rules: [
          { fault: 'commit-status-lost', probability: 0.5 },
          { fault: 'duplicate-delivery', probability: 0.5 },
        ],
      });
      return Array.from({ length: 30 }, () => {
        if (disturbed) faults.strikes('duplicate-delivery');
        return faults.strikes('commit-status-lost') !== undefined;
      });
    };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(decisions(seed, false)).to.eql(decisions(seed, true));
      }),
      { numRuns: 50 },
    );
    expect(decisions(1, false)).to.not.eql(decisions(2, false));
  });

  it('crash at the named step alone', () => {
    const crashes: string[] = [];
    const rules = [{ fault: 'crash', step: 'block:after-write', times: 1 }] as const;
    const faults = new Faults({ rules: [...rules] }, (step) => crashes.push(step));
    faults.step('block:before-write');
    faults.step('block:after-write');
    faults.step('block:after-write');
    expect(crashes).to.eql(['block:after-write']);
  });

  it('refuse a rule that says something unknown', () => {
    expect(() => new Faults({ rules: [{ fault: 'earthquake' } as never] })).to.throw();
  });

  it('follow a file, and say which revision holds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kepil-faults-'));
    const path = join(folder, 'faults.json');
    const faults = new Faults();
    writeFileSync(path, JSON.stringify({ revision: 1, rules: [] }));
    const stop = watchFaultFile(path, faults, () => {});
    const applied = () => JSON.parse(readFileSync(`${path}.applied`, 'utf8')) as unknown;
    try {
      expect(applied()).to.eql({ revision: 1 });
      writeFileSync(path, JSON.stringify({ revision: 2, rules: [{ fault: 'dead-peer' }] }));
      await until('the second revision', () => faults.isDead('NitMSP'));
      expect(applied()).to.eql({ revision: 2 });
    } finally {
      stop();
      rmSync(folder, { recursive: true });
    }
  });
});
