/** The parts of a batch as a table, and what was refused, for people and for programs. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { words } from '../../chaincode/kernel/words.ts';
import { texts } from '../../chaincode/texts.ts';
import { textOf } from '../outcome-text.ts';
import {
  type Counts,
  countsOf,
  type PartResult,
  type PartState,
  type RefusedWith,
  totalOf,
} from './outcomes.ts';
import { type Sentence, sentence } from './words.ts';

const states: Readonly<Record<PartState, Sentence>> = {
  NOW: 'STATE_NOW',
  BEFORE: 'STATE_BEFORE',
  REFUSED: 'STATE_REFUSED',
  UNKNOWN: 'STATE_UNKNOWN',
  WAITING: 'STATE_WAITING',
};

/** The table: a row for each part, and one for all of them. */
export function tableText(parts: readonly PartResult[], language: Language): string {
  const columns = ['PART', 'LINES', 'CARRIED_OUT', 'ALREADY', 'REFUSED', 'STATE'] as const;
  const rows = [
    columns.map((column) => sentence(column, language)),
    ...parts.map((part) => [
      String(part.part),
      ...figures(countsOf(part)),
      sentence(states[part.state], language),
    ]),
    [sentence('TOTAL', language), ...figures(totalOf(parts)), ''],
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => widthOf(row, column))));
  return rows.map((row) => rowText(row, widths)).join('\n');
}

function figures({ lines, carriedOut, already, refused }: Counts): readonly string[] {
  return [lines, carriedOut, already, refused].map(String);
}

function widthOf(row: readonly string[], column: number): number {
  return row[column]?.length ?? 0;
}

/** Figures stand at the right of their column, the state at the left of its own. */
function rowText(row: readonly string[], widths: readonly number[]): string {
  const last = row.length - 1;
  const cells = row.map((cell, column) =>
    column === last ? cell : cell.padStart(widths[column] ?? 0),
  );
  return cells.join('  ').trimEnd();
}

/** Line numbers that are shown of one code; the file of outcomes has all of them. */
const linesShownMax = 20;

/** Each code with its words and the lines that it refused. */
export function refusedText(refused: readonly RefusedWith[], language: Language): string[] {
  return refused.map(({ code, lines }) => {
    const shown = lines.slice(0, linesShownMax).join(', ');
    const count = String(lines.length);
    const rest =
      lines.length > linesShownMax ? ` ${sentence('AND_MORE', language, { count })}` : '';
    const text = words(texts, { code }, language);
    return sentence('REFUSED_LINES', language, { code, lines: shown + rest, text });
  });
}

/** What went wrong with whole parts: each reason once, with the parts that have it. */
export function failedText(parts: readonly PartResult[], language: Language): string[] {
  const byReason = new Map<string, number[]>();
  for (const { part, failed } of parts) {
    if (failed === undefined) continue;
    const reason = textOf(failed, language);
    byReason.set(reason, [...(byReason.get(reason) ?? []), part]);
  }
  return [...byReason].map(
    ([reason, numbers]) => `${sentence('PART', language)} ${numbers.join(', ')}: ${reason}`,
  );
}

/** The parts and their refusals for a program. */
export function resultData(
  parts: readonly PartResult[],
  refused: readonly RefusedWith[],
  language: Language,
) {
  return {
    total: totalOf(parts),
    parts: parts.map((each) => ({
      part: each.part,
      state: each.state,
      ...countsOf(each),
      ...(each.failed && { failed: textOf(each.failed, language) }),
    })),
    refused: refused.map((each) => ({ ...each, text: words(texts, each, language) })),
  };
}
