import { expect } from 'chai';
import { applicationIdSchema } from '../../../../chaincode/kernel/application-id.ts';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import { batchContent, partOutcome } from '../../../../chaincode/pledges/portfolio/batch.ts';
import type { SubmitOutcome } from '../../../../gateway/ledger/outcome.ts';
import { hashOf, id } from '../../../../gateway/stands/story/signers.ts';
import {
  outcomesText,
  partsAfterRun,
  partsOnLedger,
  refusedByCode,
  resolvedBy,
  totalOf,
} from '../../../../scripts/batch/outcomes.ts';
import { failedText, refusedText, resultData, tableText } from '../../../../scripts/batch/table.ts';
import { egknLine } from '../../../support/portfolio-scene.ts';

const batch = applicationIdSchema.parse(id());
const of = [
  [3, 1],
  [2, 4],
  [5, 6],
] as const;
const cut = of.map((numbers) => ({ lines: numbers.map((n) => egknLine(n)), of: [...numbers] }));
const content = batchContent.parse({
  kind: 'IMPORT',
  batch,
  parts: cut.map(() => ({ lines: 2, hash: hashOf('part') })),
  extract: hashOf('extract'),
});

function outcome(part: number, changes: object = {}) {
  return partOutcome.parse({ batch, part, lines: 2, already: [], refused: [], ...changes });
}

const first = outcome(1, { already: [1], refused: [{ line: 2, codes: ['IMPORT_DIFFERS'] }] });
const committed = { status: 'committed', transactionId: 't', blockNumber: 1n } as const;
const fault = { code: 14, message: 'gone', nodes: [] };
const unknown: SubmitOutcome = { status: 'unknown', transactionId: 't', fault };
const notTaken: SubmitOutcome = {
  status: 'refused',
  transactionId: 't',
  reason: { kind: 'refusals', refusals: [{ code: 'BATCH_PART_DIFFERS', params: { part: '2' } }] },
};

function linesOf(parts: Parameters<typeof outcomesText>[0]) {
  const texts = outcomesText(parts, cut).trimEnd().split('\n');
  return texts.map((text) => JSON.parse(text) as { readonly line: number });
}

describe('the outcomes of a batch', () => {
  const before = partsOnLedger(content, [first]);
  const after = partsAfterRun(before, [
    { part: 2, outcome: outcome(2), committed },
    { part: 3, failed: unknown },
  ]);

  it('tell what was done before a run from what it did, and from what is not known', () => {
    expect(before.map(({ state }) => state)).to.eql(['BEFORE', 'WAITING', 'WAITING']);
    expect(after.map(({ state }) => state)).to.eql(['BEFORE', 'NOW', 'UNKNOWN']);
    expect(totalOf(after)).to.eql({ lines: 6, carriedOut: 2, already: 1, refused: 1 });
  });

  it('say of every line, in the order of the file, what became of it and where its record is', () => {
    const lines = linesOf(after);
    expect(lines.map(({ line }) => line)).to.eql([1, 2, 3, 4, 5, 6]);
    const { property } = egknLine(1);
    expect(lines[0]).to.include({ part: 1, property, outcome: 'REFUSED' });
    expect(lines[0]).to.deep.include({ codes: ['IMPORT_DIFFERS'] });
    expect(lines[1]).to.include({ part: 2, outcome: 'CARRIED_OUT' });
    expect(lines[2]).to.include({ part: 1, outcome: 'ALREADY' });
    expect(lines[4]).to.include({ part: 3, outcome: 'UNKNOWN' });
    const refused = linesOf(partsAfterRun(before, [{ part: 2, failed: notTaken }]));
    expect(refused[1]).to.deep.include({
      outcome: 'NOT_CARRIED_OUT',
      codes: ['BATCH_PART_DIFFERS'],
    });
  });

  it('name refused lines by their code, with their numbers in the file', () => {
    expect(refusedByCode(after, cut)).to.eql([{ code: 'IMPORT_DIFFERS', lines: ['1'] }]);
    expect(refusedByCode(after)).to.eql([{ code: 'IMPORT_DIFFERS', lines: ['1/2'] }]);
  });

  it('are the ledger’s where an answer was lost', () => {
    const resolved = resolvedBy(after, partsOnLedger(content, [first, outcome(2), outcome(3)]));
    expect(resolved.map(({ state }) => state)).to.eql(['BEFORE', 'NOW', 'NOW']);
    expect(resolvedBy(after, before)).to.eql(after);
  });

  it('stand in a table whose columns are straight, in each language', () => {
    for (const language of languages) {
      const rows = tableText(after, language).split('\n');
      expect(rows).to.have.lengthOf(5);
      expect(rows.at(-1)?.trim().split(/\s+/).slice(1)).to.eql(['6', '2', '1', '1']);
      expect(failedText(after, language)).to.have.lengthOf(1);
    }
    expect(tableText(after, 'en').split('\n')[1]).to.match(/^ +1 +2 +0 +1 +1 {2}done before$/);
  });

  it('show some lines of a code that refused many, and all of them to a program', () => {
    const lines = Array.from({ length: 50 }, (_, index) => String(index + 1));
    const [text = ''] = refusedText([{ code: 'IMPORT_DIFFERS', lines }], 'en');
    expect(text).to.match(/^IMPORT_DIFFERS, lines: 1, 2, .*, 20 … \(50 in all\)\. The encumbrance/);
    const data = resultData(after, [{ code: 'IMPORT_DIFFERS', lines }], 'kk');
    expect(data.refused[0]?.lines).to.have.lengthOf(50);
    expect(data.parts[2]).to.include({ state: 'UNKNOWN', carriedOut: 0 });
  });
});
