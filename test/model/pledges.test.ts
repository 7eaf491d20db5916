/**
 * Pledges under random sequences of what anybody may try: every step against a model that shares no
 * rule with the chaincode, every record against what must always hold.
 *
 *     npm test -- model --seed 42 --runs 20000
 */
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { contracts } from '../../chaincode/index.ts';
import { Forgery } from './commands/forge.ts';
import { type Step, sequence } from './commands/steps.ts';
import { Coverage } from './scene/coverage.ts';
import { Scene } from './scene/scene.ts';

const seed = Number(process.env['KEPIL_TEST_SEED'] ?? randomBytes(4).readInt32BE());
const numRuns = Number(process.env['KEPIL_TEST_RUNS'] ?? 1000);

describe(`pledges under random sequences, ${numRuns} of them`, function () {
  this.timeout('30m');
  const coverage = new Coverage();

  before(() => process.stdout.write(`    seed ${seed}\n`));
  after(() => process.stdout.write(`      ${coverage.report()}\n`));

  it('do what the model says, and keep what must always hold', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (steps) => {
        await played(steps, coverage);
      }),
      { seed, numRuns },
    );
  });
});

/** Plays a sequence to its end; an error tells what had happened before it. */
async function played(steps: readonly Step[], coverage: Coverage): Promise<void> {
  const scene = await Scene.begin({ coverage, contracts: [...contracts, Forgery] });
  coverage.sequences += 1;
  try {
    for (const step of steps) await step.play(scene);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${scene.story.join('\n')}`, { cause: error });
  }
}
