import { expect } from 'chai';
import { arranged } from '../../../../scripts/batch/arranged.ts';
import type { BatchLine } from '../../../../scripts/batch/checked-lines.ts';
import { changeLine, egknLine, terminationLine } from '../../../support/portfolio-scene.ts';

function numbered(lines: readonly BatchLine[]) {
  return lines.map((line, index) => ({ number: index + 1, line }));
}

function numbersOf(lines: readonly BatchLine[], size: number) {
  return arranged(numbered(lines), size).map(({ of }) => of);
}

describe('the parts of a batch', () => {
  it('keep the order of the file, and know where each line stood', () => {
    const lines = [1, 2, 3, 4, 5].map((n) => egknLine(n));
    expect(numbersOf(lines, 2)).to.eql([[1, 2], [3, 4], [5]]);
    expect(arranged(numbered(lines), 2).flatMap((part) => part.lines)).to.eql(lines);
  });

  it('put the end of a pledge right behind the entry that the same file brings', () => {
    const lines = [terminationLine(1), egknLine(2), egknLine(1), terminationLine(3)];
    expect(numbersOf(lines, 500)).to.eql([[3, 1, 2, 4]]);
  });

  it('put the changes of a pledge behind its entry, in the order in which EGKN registered them', () => {
    const lines = [
      terminationLine(1),
      changeLine(1, 'C-2', { registeredAt: '2026-03-13T09:00:00.000Z' }),
      egknLine(1),
      changeLine(1, 'C-1', { registeredAt: '2026-03-12T09:00:00.000Z' }),
      egknLine(2),
    ];
    expect(numbersOf(lines, 2)).to.eql([[3, 4, 2, 1], [5]]);
  });

  it('never part the two: parts go in any order', () => {
    const lines = [egknLine(1), egknLine(2), terminationLine(2), egknLine(3)];
    expect(numbersOf(lines, 2)).to.eql([[1], [2, 3], [4]]);
  });
});
