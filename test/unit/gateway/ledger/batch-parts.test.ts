import { expect } from 'chai';
import { importPart } from '../../../../chaincode/pledges/portfolio/batch-operations.ts';
import {
  type CarriedOut,
  carryOutParts,
  cutIntoParts,
} from '../../../../gateway/ledger/batch-parts.ts';
import type { Call } from '../../../../gateway/ledger/connection.ts';
import type { SubmitOutcome } from '../../../../gateway/ledger/outcome.ts';
import { id } from '../../../../gateway/stands/story/signers.ts';
import { egknLine } from '../../../support/portfolio-scene.ts';

describe('the parts of a batch that are carried out', () => {
  const batch = id();
  const parts = cutIntoParts(
    [1, 2, 3, 4, 5].map((n) => egknLine(n)),
    1,
  );

  /** A ledger that carries out every part but the fourth, of which it never tells. */
  function ledger() {
    const sent: number[] = [];
    const submit = async ({ arguments: [text = ''] }: Call): Promise<SubmitOutcome> => {
      const { input, key } = JSON.parse(text) as { input: { part: number }; key: string };
      sent.push(input.part);
      expect(key).to.equal(`${batch}-${input.part}`);
      const fault = { code: 14, message: 'gone', nodes: [] };
      if (input.part === 4) return { status: 'unknown', transactionId: 't', fault };
      const outcome = { batch, part: input.part, lines: 1, already: [], refused: [] };
      const result = JSON.stringify(outcome);
      return Promise.resolve({ status: 'committed', transactionId: 't', blockNumber: 1n, result });
    };
    return { sent, mspId: 'GosCorpMSP', submit };
  }

  it('are all but the ones that are known to be done, and each is told of as it ends', async () => {
    const on = ledger();
    const told: CarriedOut[] = [];
    const signed = { batch, operation: importPart, parts };
    const results = await carryOutParts(on, signed, {
      clients: 2,
      except: new Set([1, 3]),
      onPart: (done) => told.push(done),
    });
    expect(on.sent).to.have.members([2, 4, 5]);
    expect(results.map(({ part }) => part)).to.eql([2, 4, 5]);
    expect(told).to.have.deep.members([...results]);
    expect(results[1]).to.have.nested.property('failed.status', 'unknown');
  });
});
