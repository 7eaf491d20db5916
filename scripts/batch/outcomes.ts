/** What became of the parts of a batch and of each of its lines. */
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import type { BatchContent, PartOutcome } from '../../chaincode/pledges/portfolio/batch.ts';
import { encumbranceOfLine } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import type { CarriedOut } from '../../gateway/ledger/batch-parts.ts';
import type { SubmitOutcome } from '../../gateway/ledger/outcome.ts';
import { codesOf } from '../ledger-call.ts';
import type { Part } from './arranged.ts';

/** Where a part stands: carried out now or before, or refused, or not known, or still to come. */
export type PartState = 'NOW' | 'BEFORE' | 'REFUSED' | 'UNKNOWN' | 'WAITING';

/** A part with the outcomes of its lines where it was carried out, or with what went wrong. */
export type PartResult = {
  readonly part: number;
  readonly lines: number;
  readonly state: PartState;
  readonly outcome?: PartOutcome;
  readonly failed?: SubmitOutcome;
};

/** What the ledger says of the parts: what it does not name waits. */
export function partsOnLedger(
  { parts }: BatchContent,
  done: readonly PartOutcome[],
): readonly PartResult[] {
  const outcomes = new Map(done.map((outcome) => [outcome.part, outcome]));
  return parts.map(({ lines }, index) => {
    const part = index + 1;
    const outcome = outcomes.get(part);
    return outcome === undefined
      ? { part, lines, state: 'WAITING' }
      : { part, lines, state: 'BEFORE', outcome };
  });
}

/** The parts after a run: what was done before it, and what the run came to. */
export function partsAfterRun(
  before: readonly PartResult[],
  results: readonly CarriedOut[],
): readonly PartResult[] {
  const now = new Map(results.map((result) => [result.part, result]));
  return before.map((part) => {
    const result = now.get(part.part);
    if (result === undefined) return part;
    if ('outcome' in result) return { ...part, state: 'NOW', outcome: result.outcome };
    const { failed } = result;
    return { ...part, state: failed.status === 'refused' ? 'REFUSED' : 'UNKNOWN', failed };
  });
}

/** What failed here may stand on the ledger all the same: then its outcome is known. */
export function resolvedBy(
  parts: readonly PartResult[],
  onLedger: readonly PartResult[],
): readonly PartResult[] {
  return parts.map((part, index) => {
    const outcome = part.failed && onLedger[index]?.outcome;
    if (outcome === undefined) return part;
    const { failed: _, ...rest } = part;
    return { ...rest, state: 'NOW', outcome };
  });
}

/** How many lines came to what. */
export type Counts = {
  readonly lines: number;
  readonly carriedOut: number;
  readonly already: number;
  readonly refused: number;
};

/** The counts of a part; of one that was not carried out no line came to anything. */
export function countsOf({ lines, outcome }: PartResult): Counts {
  if (outcome === undefined) return { lines, carriedOut: 0, already: 0, refused: 0 };
  const { already, refused } = outcome;
  const counts = { already: already.length, refused: refused.length };
  return { lines, carriedOut: lines - already.length - refused.length, ...counts };
}

/** The counts of all parts together. */
export function totalOf(parts: readonly PartResult[]): Counts {
  const none = { lines: 0, carriedOut: 0, already: 0, refused: 0 };
  return parts.map(countsOf).reduce(
    (sum, each) => ({
      lines: sum.lines + each.lines,
      carriedOut: sum.carriedOut + each.carriedOut,
      already: sum.already + each.already,
      refused: sum.refused + each.refused,
    }),
    none,
  );
}

/** The lines that were refused with a code, by their numbers in the file or by part and line. */
export type RefusedWith = { readonly code: string; readonly lines: readonly string[] };

/** Refused lines by code; without the file's numbers a line is named by its part and its place. */
export function refusedByCode(
  parts: readonly PartResult[],
  cut?: readonly Part[],
): readonly RefusedWith[] {
  const byCode = new Map<string, string[]>();
  for (const { part, outcome } of parts) {
    for (const { line, codes } of outcome?.refused ?? []) {
      const name = String(cut?.[part - 1]?.of[line - 1] ?? `${part}/${line}`);
      for (const code of codes) {
        const lines = byCode.get(code);
        // One code may have refused every line of a batch: the list grows in place.
        if (lines === undefined) byCode.set(code, [name]);
        else lines.push(name);
      }
    }
  }
  return [...byCode].map(([code, lines]) => ({ code, lines }));
}

/** What became of one line. */
type LineState = 'CARRIED_OUT' | 'ALREADY' | 'REFUSED' | 'NOT_CARRIED_OUT' | 'UNKNOWN';

/** The outcome of every line in the order of the file, a JSON text for each. */
export function outcomesText(parts: readonly PartResult[], cut: readonly Part[]): string {
  const lines = parts.flatMap((result) => {
    const { part } = result;
    const { lines, of } = cut[part - 1] ?? { lines: [], of: [] };
    const stateOf = statesOf(result);
    return lines.map((line, index) => {
      const { property } = line;
      const record = { property, encumbrance: encumbranceOfLine(line) };
      return { line: of[index] ?? 0, part, ...record, ...stateOf(index + 1) };
    });
  });
  const inOrder = lines.toSorted((one, other) => one.line - other.line);
  return inOrder.map((each) => `${canonicalJson(each)}\n`).join('');
}

function statesOf({ outcome, state, failed }: PartResult) {
  const refused = new Map(outcome?.refused.map(({ line, codes }) => [line, codes]));
  const already = new Set(outcome?.already);
  const whole: LineState = state === 'UNKNOWN' ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
  return (line: number): { readonly outcome: LineState; readonly codes: readonly string[] } => {
    if (outcome === undefined) return { outcome: whole, codes: failed ? codesOf(failed) : [] };
    const codes = refused.get(line);
    if (codes !== undefined) return { outcome: 'REFUSED', codes };
    return { outcome: already.has(line) ? 'ALREADY' : 'CARRIED_OUT', codes: [] };
  };
}
