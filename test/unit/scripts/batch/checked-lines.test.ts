import { expect } from 'chai';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import { cededLine, importedLine } from '../../../../chaincode/pledges/portfolio/batch.ts';
import { batchLinesMax, checkedLines } from '../../../../scripts/batch/checked-lines.ts';
import {
  FaultList,
  faultsData,
  faultsShownMax,
  faultsText,
} from '../../../../scripts/batch/faults.ts';
import type { FileLine } from '../../../../scripts/batch/file-lines.ts';
import { cessionLine, egknLine, terminationLine } from '../../../support/portfolio-scene.ts';

type Given = string | object | Uint8Array | undefined;

async function* fileOf(lines: Iterable<Given>): AsyncGenerator<FileLine> {
  let number = 0;
  for (const line of lines) {
    number += 1;
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    const bytes = line === undefined || line instanceof Uint8Array ? line : Buffer.from(text);
    yield await Promise.resolve({ number, bytes });
  }
}

async function check(
  lines: Iterable<Given>,
  schema: typeof importedLine | typeof cededLine = importedLine,
) {
  const faults = new FaultList();
  const checked = await checkedLines(fileOf(lines), schema, faults);
  const found = faults.shown.map(({ line, refusal }) => [line, refusal.code, refusal.field]);
  return { checked, faults, found };
}

describe('lines of a batch', () => {
  it("pass as the chaincode's own schema gives them, with their numbers in the file", async () => {
    const { checked, faults } = await check([egknLine(1), egknLine(2)]);
    expect(checked).to.eql([
      { number: 1, line: egknLine(1) },
      { number: 2, line: egknLine(2) },
    ]);
    expect(faults.count).to.equal(0);
    const cession = await check([cessionLine(egknLine(1))], cededLine);
    expect(cession.checked).to.have.lengthOf(1);
  });

  it('have all their faults found at once, each with line, field and code', async () => {
    const { found, checked } = await check([
      egknLine(1),
      '',
      '{"kind":',
      undefined,
      Buffer.from([0x22, 0xff, 0x22]),
      { ...egknLine(2), holder: '123', more: 1 },
      '{"kind":"PLEDGE","kind":"PLEDGE"}',
    ]);
    expect(found).to.eql([
      [2, 'LINE_EMPTY', undefined],
      [3, 'LINE_NOT_JSON', undefined],
      [4, 'LINE_TOO_LONG', undefined],
      [5, 'LINE_NOT_UTF8', undefined],
      [6, 'BIN_FORMAT', '/holder'],
      [6, 'FIELD_UNKNOWN', '/more'],
      [7, 'BODY_NAME_TWICE', undefined],
    ]);
    expect(checked.map(({ number }) => number)).to.eql([1]);
  });

  it('name the line that has the same record, though a pledge and its end are two', async () => {
    const ofOther = { ...egknLine(1), property: egknLine(2).property };
    const lines = [egknLine(1), terminationLine(1), ofOther, egknLine(1), terminationLine(1)];
    const { faults } = await check(lines);
    expect(faults.shown).to.deep.include.members([
      { line: 4, refusal: { code: 'LINE_TWICE', params: { line: '1' } } },
      { line: 5, refusal: { code: 'LINE_TWICE', params: { line: '2' } } },
    ]);
    expect(faults.count).to.equal(2);
  });

  it('may begin with the mark that some editors write, and end as on Windows', async () => {
    const { faults } = await check([`\uFEFF${JSON.stringify(egknLine(1))}\r`]);
    expect(faults.count).to.equal(0);
  });

  it('are at least one, and no more than a batch carries', async () => {
    expect((await check([])).found).to.eql([[undefined, 'FILE_EMPTY', undefined]]);
    function* endless(): Generator<Given> {
      for (;;) yield '';
    }
    const { faults } = await check(endless());
    expect(faults.count).to.equal(batchLinesMax + 1);
    expect(faults.shown).to.have.lengthOf(faultsShownMax);
  });

  it('have their faults said in each language, so many of them, and never with what was sent', async () => {
    const secret = '990101300123';
    const faulty = { ...egknLine(1), holder: secret, [secret]: secret };
    const { faults } = await check(Array.from({ length: faultsShownMax }, () => faulty));
    for (const language of languages) {
      const text = faultsText(faults, language);
      expect(text.split('\n')).to.have.lengthOf(faultsShownMax + 2);
      expect(text).to.contain('BIN_').and.not.contain(secret);
      expect(text).to.not.match(/[{}…]/);
    }
    expect(faultsText(faults, 'en')).to.match(/^No batch .*: \d+\n {2}line 1, \/holder, BIN_/);
    const data = faultsData(faults, 'ru');
    expect(data).to.include({ ok: false, count: faults.count });
    expect(JSON.stringify(data)).to.not.contain(secret);
    expect(data.faults[0]).to.include({ line: 1, field: '/holder' });
  });
});
