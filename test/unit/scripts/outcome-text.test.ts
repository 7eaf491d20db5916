import { expect } from 'chai';
import type { EvaluateOutcome, SubmitOutcome } from '../../../gateway/ledger/outcome.ts';
import { dataOf, textOf } from '../../../scripts/outcome-text.ts';

const committed: SubmitOutcome = {
  status: 'committed',
  transactionId: '0f',
  blockNumber: 7n,
  result: '{"id":"a"}',
};

const refused: SubmitOutcome = {
  status: 'refused',
  transactionId: '0f',
  reason: {
    kind: 'refusals',
    refusals: [{ code: 'BODY_NOT_JSON', field: '/input', norm: 'RG-2' }],
  },
};

describe('outcomes in words', () => {
  it('say where a transaction stands and what it returned', () => {
    expect(textOf(committed, 'en')).to.equal(
      'Committed in block 7, transaction 0f.\n{\n  "id": "a"\n}',
    );
  });

  it('are JSON through and through for a program', () => {
    expect(JSON.parse(JSON.stringify(dataOf(committed, 'en')))).to.deep.equal({
      status: 'committed',
      transactionId: '0f',
      blockNumber: '7',
      result: { id: 'a' },
    });
  });

  it('give each refusal in the language that was asked for, with its code, field and norm', () => {
    const said = (['kk', 'ru', 'en'] as const).map((language) => textOf(refused, language));
    expect(new Set(said).size).to.equal(3);
    for (const text of said) expect(text).to.contain('[BODY_NOT_JSON, /input, RG-2]');
  });

  it('show what nodes said once, however many said it', () => {
    const node = { mspId: 'AlphaMSP', message: 'no such channel' };
    const fault = { code: 5, message: '5 NOT_FOUND: no', nodes: [node, node] };
    const outcome: EvaluateOutcome = { status: 'refused', reason: { kind: 'rejected', fault } };
    expect(textOf(outcome, 'en').split('\n')).to.deep.equal([
      'Refused; nothing was changed.',
      '  The peer turned it away.',
      '  5 NOT_FOUND: no',
      '  AlphaMSP: no such channel',
    ]);
  });

  it('never call an unknown outcome a failure', () => {
    const fault = { code: 4, message: 'Deadline exceeded', nodes: [] };
    const text = textOf({ status: 'unknown', transactionId: '0f', fault }, 'en');
    expect(text).to.contain('may have taken effect');
  });
});
