/**
 * The three ways in which a submitted transaction can end, as far as its client can know.
 *
 * `refused` is a promise that the transaction has no effect and never will. Everything that is not
 * sure is `unknown`: it may yet take effect, and is resolved by its id, never by sending anew.
 */
import type { Refusals } from '../../chaincode/kernel/outcome.ts';
import { type Fault, kindOf, refusalsIn } from './fault.ts';
import type { Happening } from './retry.ts';

export type SubmitOutcome = Committed | RefusedByLedger | Unknown;

export type Committed = {
  readonly status: 'committed';
  readonly transactionId: string;
  readonly blockNumber: bigint;
  /** What the transaction returned; absent where only the id was left to ask by. */
  readonly result?: string;
};

export type RefusedByLedger = {
  readonly status: 'refused';
  readonly transactionId: string;
  readonly reason: Reason;
};

export type Unknown = {
  readonly status: 'unknown';
  readonly transactionId: string;
  readonly fault: Fault;
};

/** Why a transaction has no effect. */
export type Reason =
  | { readonly kind: 'refusals'; readonly refusals: Refusals }
  /** Others changed what it read, as often as it was tried (MVCC_READ_CONFLICT and its kin). */
  | { readonly kind: 'conflict'; readonly validation: string }
  /** It was ordered and found invalid for another reason. */
  | { readonly kind: 'invalid'; readonly validation: string }
  | {
      readonly kind: 'clockSkew' | 'mismatch' | 'chaincode' | 'unavailable' | 'rejected';
      readonly fault: Fault;
    };

/** What a query gave. */
export type EvaluateOutcome =
  | { readonly status: 'answered'; readonly result: string }
  | { readonly status: 'refused'; readonly reason: Reason };

/** What became of a question or of a transaction. */
export type Outcome = EvaluateOutcome | SubmitOutcome;

const conflicts = ['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT'];

/** The reason behind the last thing that happened to a transaction that has no effect. */
export function reasonOf(happening: Happening): Reason {
  if (happening.stage === 'commit') {
    const { validation } = happening;
    return { kind: conflicts.includes(validation) ? 'conflict' : 'invalid', validation };
  }
  const { fault } = happening;
  const refusals = refusalsIn(fault);
  if (refusals) return { kind: 'refusals', refusals };
  const kind = kindOf(fault);
  // A transaction that is on the ledger, or may be, never ends as one without effect.
  if (kind === 'refusals' || kind === 'duplicate' || kind === 'alreadyOrdered') {
    throw new Error(`a fault of the kind ${kind} is no reason for a refusal`);
  }
  return { kind, fault };
}
