import { expect } from 'chai';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { collectExtract } from '../../gateway/extracts/collect.ts';
import { verifyExtract } from '../../gateway/extracts/verify.ts';
import { registered } from '../../gateway/stands/story/pledge.ts';
import { mutantsRefused } from '../support/extract-mutants.ts';
import { extractSourceOf } from '../support/extract-source.ts';
import { readyToFile } from '../support/kepil-stage.ts';
import { count as countOf } from '../support/size.ts';

describe('an extract, changed many times', function () {
  this.timeout('20m');
  const count = countOf({ small: 1000, full: 20_000 });

  it(`never says anything else in ${count} changed copies`, async () => {
    const { ledger, props } = await readyToFile();
    try {
      const { targets } = await registered(props);
      const property = targets[0]?.property ?? expect.fail('a pledge without a property');
      const made = await collectExtract(extractSourceOf(ledger.ledger), { property });
      const text = valueOrThrow(made);
      const refused = mutantsRefused(text, valueOrThrow(verifyExtract(text)), count);
      expect(refused).to.be.greaterThan(count * 0.8);
    } finally {
      await ledger.close();
    }
  });
});
