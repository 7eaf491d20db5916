/** `kepil batch example`: lines to try the command with, made up and of nobody's homes. */
import {
  type CededLine,
  cededLine,
  type ImportedLine,
  importedLine,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { encumbranceOfLine } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { hashOf } from '../../gateway/stands/story/signers.ts';
import { batchLinesMax } from './checked-lines.ts';
import { wrongBatchCall } from './wrong-call.ts';

export type ExampleOptions = { readonly count: string; readonly first: string };

/** Writes so many lines; those of a cession cede what those of an import bring in. */
export function example(kind: 'cession' | 'import', { count, first }: ExampleOptions): void {
  const [lines, from] = [numberOf(count, 'count'), numberOf(first, 'first')];
  for (let n = from; n < from + lines; n += 1) {
    const line = kind === 'import' ? exampleEntry(n) : exampleCession(n);
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

/** The nth pledge that EGKN registered elsewhere, Alpha's; no two are of one property. */
export function exampleEntry(n: number): ImportedLine {
  return importedLine.parse({
    property: `20:315:${String(Math.floor(n / 9000)).padStart(3, '0')}:106:${1 + (n % 9000)}`,
    kind: 'PLEDGE',
    acceptance: { minute: '2026-03-10T06:00Z', egknNumber: `EX-${n}` },
    registeredAt: '2026-03-10T09:00:00.000Z',
    holder: people.alphaHead.bin,
    titleDocument: hashOf(`contract ${n}`),
    consentToRepledge: false,
  });
}

/** The line by which the nth of them is ceded. */
export function exampleCession(n: number): CededLine {
  const { property } = exampleEntry(n);
  const encumbrance = encumbranceOfLine(exampleEntry(n));
  return cededLine.parse({ property, encumbrance, titleDocument: hashOf(`cession ${n}`) });
}

function numberOf(text: string, name: string): number {
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= 1 && number <= batchLinesMax) return number;
  throw wrongBatchCall(`--${name} is a number from 1 to ${batchLinesMax}.`);
}
