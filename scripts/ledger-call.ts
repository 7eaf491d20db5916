/** One call of a declared transaction, and its answer by the operation's own schema. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Json } from '../chaincode/kernel/canonical-json.ts';
import type { Language } from '../chaincode/kernel/refusal.ts';
import { isQuery, type Operation } from '../chaincode/ledger/operation.ts';
import type { LedgerConnection } from '../gateway/ledger/connection.ts';
import { callOf } from '../gateway/ledger/operation-call.ts';
import type { Outcome } from '../gateway/ledger/outcome.ts';
import { dataOf, textOf } from './outcome-text.ts';
import { PlainError } from './plain-error.ts';

/** Under which idempotency key a command goes; a new one unless told. */
export type Calling = {
  readonly key?: string;
  /** Since when it builds on a record that was committed: a peer that is behind is asked again. */
  readonly neededSinceMs?: number;
};

/** Asks a query of the organisation's own peer, or submits a command. */
export async function called<Op extends Operation>(
  connection: Pick<LedgerConnection, 'mspId' | 'evaluate' | 'submit'>,
  operation: Op,
  input: z.input<Op['input']>,
  { key = randomUUID(), neededSinceMs }: Calling = {},
): Promise<Outcome> {
  const call = callOf(operation, { input: input as Json, key }, connection.mspId);
  if (isQuery(operation)) return connection.evaluate(call);
  return connection.submit(call, neededSinceMs === undefined ? {} : { neededSinceMs });
}

/** The answer of what has to succeed; otherwise an error that says why not, and what to do. */
export function answerOf<Op extends Operation>(
  operation: Op,
  outcome: Outcome,
  { language, next }: { readonly language: Language; readonly next?: string },
): z.output<Op['output']> {
  if (outcome.status === 'refused' || outcome.status === 'unknown') {
    const { contract, name } = operation;
    throw new PlainError(`${contract}:${name}: ${textOf(outcome, language)}`, {
      ...(next === undefined ? {} : { next }),
      cause: dataOf(outcome, language),
    });
  }
  return operation.output.parse(JSON.parse(outcome.result ?? 'null')) as z.output<Op['output']>;
}

/** The codes with which the chaincode refused; none where it did not, or something else went wrong. */
export function codesOf(outcome: Outcome): readonly string[] {
  if (outcome.status !== 'refused' || outcome.reason.kind !== 'refusals') return [];
  return outcome.reason.refusals.map(({ code }) => code);
}
