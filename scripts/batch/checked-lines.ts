/** Lines of a file, each held to the chaincode's own schema: all faults are found before any is sent. */
import type { z } from 'zod';
import { textOfUtf8 } from '../../chaincode/kernel/bytes.ts';
import { parsedJson } from '../../chaincode/kernel/json.ts';
import { type Outcome, refusalsOf, refused } from '../../chaincode/kernel/outcome.ts';
import { type CededLine, type ImportedLine } from '../../chaincode/pledges/portfolio/batch.ts';
import { linesMax, partsMax } from '../../chaincode/pledges/portfolio/part.ts';
import { encumbranceOfLine } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import type { FaultList } from './faults.ts';
import { type FileLine, lineBytesMax } from './file-lines.ts';
import { refuse } from './refusals.ts';

/** A line of either kind. */
export type BatchLine = CededLine | ImportedLine;

/** A line of a batch and its number in the file. */
export type NumberedLine = { readonly number: number; readonly line: BatchLine };

/** Most lines of a batch. */
export const batchLinesMax = linesMax * partsMax;

/** Reads all lines that are without fault; the faults of the others are added to the list. */
export async function checkedLines(
  lines: AsyncIterable<FileLine>,
  schema: z.ZodType<BatchLine>,
  faults: FaultList,
): Promise<readonly NumberedLine[]> {
  const checked: NumberedLine[] = [];
  const seen = new Map<string, number>();
  let last = 0;
  for await (const { number, bytes } of lines) {
    if (number > batchLinesMax) {
      faults.add([refuse('LINES_TOO_MANY', { params: { maximum: String(batchLinesMax) } })]);
      return checked;
    }
    last = number;
    const line = checkedLine(number, bytes, schema);
    if (!line.ok) {
      faults.add(line.refusals, number);
      continue;
    }
    const earlier = seen.get(recordOf(line.value));
    if (earlier === undefined) seen.set(recordOf(line.value), number);
    else faults.add([refuse('LINE_TWICE', { params: { line: String(earlier) } })], number);
    checked.push({ number, line: line.value });
  }
  if (last === 0) faults.add([refuse('FILE_EMPTY')]);
  return checked;
}

/** Where the record of a line stands: a pledge has one for each of its properties. */
export function placeOfLine(line: BatchLine): string {
  return `${line.property} ${encumbranceOfLine(line)}`;
}

/** A record may stand in a file once as an entry, once as the end of it, and once for each change. */
function recordOf(line: BatchLine): string {
  return `${stageOf(line)} ${placeOfLine(line)}`;
}

/** The place of a line in the life of its record: brought, changed at one time or another, ended. */
export function stageOf(line: BatchLine): string {
  if ('change' in line) return `1 ${line.change.registeredAt} ${line.change.egknNumber}`;
  return 'termination' in line ? '2' : '0';
}

/** Some editors begin a file with this mark, which means nothing. */
const byteOrderMark = '\uFEFF';

function checkedLine(
  number: number,
  bytes: Uint8Array | undefined,
  schema: z.ZodType<BatchLine>,
): Outcome<BatchLine> {
  if (bytes === undefined) {
    return refused(refuse('LINE_TOO_LONG', { params: { maximum: String(lineBytesMax) } }));
  }
  const text = textOfUtf8(bytes);
  if (!text.ok) return refused(refuse('LINE_NOT_UTF8'));
  const shown = number === 1 ? text.value.replace(byteOrderMark, '') : text.value;
  if (shown.trim() === '') return refused(refuse('LINE_EMPTY'));
  const line = parsedJson(schema, shown, { maximumBytes: lineBytesMax });
  return refusalsOf(line)[0]?.code === 'BODY_NOT_JSON' ? refused(refuse('LINE_NOT_JSON')) : line;
}
