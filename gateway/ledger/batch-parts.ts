/**
 * Carries the parts of an opened batch out, several at a time.
 *
 * A part's idempotency key is made of its batch and its number: a process that died in between
 * carries all of them out anew, and what was done before only gives its answer again.
 */
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
import {
  type Lines,
  type PartOutcome,
  partOutcome,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { linesMax } from '../../chaincode/pledges/portfolio/part.ts';
import type { cedePart, importPart } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import type { LedgerConnection } from './connection.ts';
import { callOf } from './operation-call.ts';
import type { Committed, SubmitOutcome } from './outcome.ts';

/** A batch with the lines that were signed, cut as they were signed. */
export type SignedParts = {
  readonly batch: string;
  readonly operation: typeof cedePart | typeof importPart;
  readonly parts: readonly Lines[];
};

/** What became of a part: its lines' outcomes, or why it was not carried out, or is not known to be. */
export type CarriedOut =
  | { readonly part: number; readonly outcome: PartOutcome; readonly committed: Committed }
  | { readonly part: number; readonly failed: SubmitOutcome };

/** How the parts of a batch are carried out. */
export type CarryingOut = {
  /** Parts that are on their way at a time. */
  readonly clients: number;
  /** Numbers of parts that are known to be done: sending them again would only give their answers. */
  readonly except?: ReadonlySet<number>;
  /** Told of each part as soon as it is known what became of it. */
  readonly onPart?: (done: CarriedOut) => void;
};

/**
 * Carries out every part of a batch. The batch may have been opened just now, and a peer that has
 * not seen it yet is asked again.
 */
export async function carryOutParts(
  ledger: Pick<LedgerConnection, 'mspId' | 'submit'>,
  { batch, operation, parts }: SignedParts,
  { clients, except, onPart }: CarryingOut,
): Promise<readonly CarriedOut[]> {
  const done: CarriedOut[] = [];
  const neededSinceMs = Date.now();
  const waiting = parts.entries();
  const client = async () => {
    for (const [index, lines] of waiting) {
      const part = index + 1;
      if (except?.has(part) === true) continue;
      const request = { input: { batch, part, lines } as Json, key: `${batch}-${part}` };
      const outcome = await ledger.submit(callOf(operation, request, ledger.mspId), {
        neededSinceMs,
      });
      const result = carriedOut(part, outcome);
      done.push(result);
      onPart?.(result);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done.toSorted((one, other) => one.part - other.part);
}

/** Cuts lines into parts of a size, the last one smaller. */
export function cutIntoParts<Line>(
  lines: readonly Line[],
  size = linesMax,
): readonly (readonly Line[])[] {
  const count = Math.ceil(lines.length / size);
  return Array.from({ length: count }, (_, index) => lines.slice(index * size, (index + 1) * size));
}

function carriedOut(part: number, outcome: SubmitOutcome): CarriedOut {
  if (outcome.status !== 'committed' || outcome.result === undefined) {
    return { part, failed: outcome };
  }
  return { part, outcome: partOutcome.parse(JSON.parse(outcome.result)), committed: outcome };
}
