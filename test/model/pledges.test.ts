/**
 * Pledges under random sequences of what anybody may try: every step against a model that shares no
 * rule with the chaincode, every record against what must always hold.
 *
 *     npm test -- model --seed 42 --runs 20000
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { played, sequence } from './commands/steps.ts';
import { metCodes, metLines, rareCodes, unmetCodes } from './expected-codes.ts';
import { numRuns, seed } from './runs.ts';
import { Coverage } from './scene/coverage.ts';
import { kinds } from './scene/plans.ts';

describe(`pledges under random sequences, ${numRuns} of them, seed ${seed}`, function () {
  this.timeout('30m');
  const coverage = new Coverage();

  after(() => {
    const missed = rareCodes.filter((code) => !coverage.refusals.has(code));
    const report = `${coverage.report()}\n      not met: ${missed.join(', ')}`;
    process.stdout.write(`      ${report}\n`);
  });

  it('do what the model says, and keep what must always hold', async () => {
    const property = fc.asyncProperty(sequence, async (drawn) => {
      await played(drawn, coverage);
    });
    await fc.assert(property, { seed, numRuns });
  });

  /** A run of this length meets everything; a shorter one is for whoever looks for something. */
  const isWhole = numRuns >= 5000;

  it('register every kind of application a hundred times at least', function () {
    if (!isWhole) this.skip();
    for (const kind of kinds) {
      expect(coverage.registrations.get(kind) ?? 0, kind).to.be.at.least(100);
    }
  });

  it('are refused for every reason that a sequence can give', function () {
    if (!isWhole) this.skip();
    expect(metCodes.filter((code) => !coverage.refusals.has(code))).to.eql([]);
    expect(metLines.filter((outcome) => !coverage.lines.has(outcome))).to.eql([]);
    const both = Object.keys(unmetCodes).filter((code) => coverage.refusals.has(code));
    expect(both, 'said to be out of reach').to.eql([]);
  });
});
