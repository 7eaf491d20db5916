/**
 * What to do next when a step of a submission went wrong: one pure function, so that every row of
 * the rule can be tested without a network.
 *
 * The rule keeps two promises. An envelope that may have been ordered is never replaced by another
 * one: it is asked for by its id, or sent again byte for byte, which peers take at most once. And
 * each way of trying again has a bound.
 */
import { type Fault, isLate, kindOf, refusalsIn } from './fault.ts';

/** What happened: a call of one stage failed, or the transaction was validated. */
export type Happening =
  | { readonly stage: 'endorse' | 'submit' | 'status'; readonly fault: Fault }
  | { readonly stage: 'commit'; readonly validation: string };

/** What was done so far for one thing to be done; a new proposal keeps counting. */
export type Progress = {
  /** Proposals made. */
  readonly endorsements: number;
  /** Times the present envelope was sent to the orderers. */
  readonly submissions: number;
  /** Times its status was asked for since it was sent last. */
  readonly statusRequests: number;
  /** Whether the orderers have said that they hold it. */
  readonly isOrdered: boolean;
  /** Time since our own commit of a record that this transaction builds on, where there is one. */
  readonly msSinceNeeded?: number | undefined;
};

/** What to do next. The wait is a middle value: the caller spreads it, so that losers part. */
export type Action =
  | { readonly next: 'endorse' | 'submit' | 'status'; readonly afterMs: number }
  | { readonly next: 'end'; readonly as: 'committed' | 'refused' | 'unknown' };

/**
 * With the waits between them some nine seconds: a peer that restarts needs one or two to listen,
 * and two or three more to find the others.
 */
export const endorsementsMax = 10;
/** With their waits some five seconds: what was sent is worth waiting for a peer that restarts. */
export const submissionsMax = 6;
export const statusRequestsMax = 6;
/** Of requests that waited in vain at a peer that is there: each has been some time. */
export const lateStatusRequestsMax = 3;
/** A policy may have changed under the proposal once; twice is a fault to be looked at. */
export const policyEndorsementsMax = 2;
/** For this long after our commit, another peer may not have seen it yet. */
export const laggingPeerMs = 5000;

const firstWaitMs = 50;
/** What was sent goes on from a longer wait: only a peer that went away makes it wait at all. */
const furtherStep = 2;
const longestWaitMs = 2000;

/** The rule. */
export function nextAction(happening: Happening, progress: Progress): Action {
  switch (happening.stage) {
    case 'endorse':
      return afterEndorse(happening.fault, progress);
    case 'submit':
      return afterSubmit(happening.fault, progress);
    case 'status':
      return afterStatus(happening.fault, progress);
    case 'commit':
      return afterCommit(happening.validation, progress);
  }
}

/** Nothing was ordered: a new proposal is safe, and worth it where the fault may pass. */
function afterEndorse(fault: Fault, progress: Progress): Action {
  const kind = kindOf(fault);
  const mayPass =
    kind === 'unavailable' ||
    kind === 'mismatch' ||
    (kind === 'refusals' && isLaggingPeer(fault, progress));
  if (kind === 'duplicate') return { next: 'status', afterMs: 0 };
  if (mayPass && progress.endorsements < endorsementsMax) return endorseAnew(progress);
  return { next: 'end', as: 'refused' };
}

/** How codes end that a peer gives which has not seen our commit: not there, or not so far yet. */
const behind = /_(UNKNOWN|NOT_GIVEN|OUT_OF_TURN)$/;

/** A record that we have just committed and that a peer does not find: the peer is behind. */
function isLaggingPeer(fault: Fault, { msSinceNeeded }: Progress): boolean {
  if (msSinceNeeded === undefined || msSinceNeeded > laggingPeerMs) return false;
  return (refusalsIn(fault) ?? []).every(({ code }) => behind.test(code));
}

/**
 * The envelope may have reached some orderers whatever the answer says, so its status is asked for
 * before anything else. Only what the gateway service turned away unread is sure to be nowhere.
 */
function afterSubmit(fault: Fault, progress: Progress): Action {
  const isFirst = progress.submissions === 1 && !progress.isOrdered;
  if (isFirst && kindOf(fault) === 'rejected') return { next: 'end', as: 'refused' };
  return { next: 'status', afterMs: 0 };
}

/** No status: ask on if the orderers hold the envelope, send the same bytes again if that is open. */
function afterStatus(fault: Fault, progress: Progress): Action {
  const unknown: Action = { next: 'end', as: 'unknown' };
  if (kindOf(fault) === 'rejected') return unknown;
  if (progress.isOrdered) {
    const max = isLate(fault) ? lateStatusRequestsMax : statusRequestsMax;
    if (progress.statusRequests >= max) return unknown;
    return { next: 'status', afterMs: waitMs(progress.statusRequests + furtherStep) };
  }
  if (progress.submissions >= submissionsMax) return unknown;
  return { next: 'submit', afterMs: waitMs(progress.submissions + furtherStep) };
}

/** Validated: final for this envelope, so that a new one is safe. */
function afterCommit(validation: string, progress: Progress): Action {
  switch (validation) {
    case 'VALID':
      return { next: 'end', as: 'committed' };
    case 'MVCC_READ_CONFLICT':
    case 'PHANTOM_READ_CONFLICT':
      if (progress.endorsements < endorsementsMax) return endorseAnew(progress);
      return { next: 'end', as: 'refused' };
    case 'DUPLICATE_TXID':
      // The later copy of our own envelope; the status of the id is that of the first.
      if (progress.statusRequests < statusRequestsMax) {
        return { next: 'status', afterMs: waitMs(progress.statusRequests) };
      }
      return { next: 'end', as: 'unknown' };
    case 'ENDORSEMENT_POLICY_FAILURE':
      if (progress.endorsements < policyEndorsementsMax) return endorseAnew(progress);
      return { next: 'end', as: 'refused' };
    default:
      return { next: 'end', as: 'refused' };
  }
}

function endorseAnew(progress: Progress): Action {
  return { next: 'endorse', afterMs: waitMs(progress.endorsements) };
}

/** Doubles with each attempt, up to a bound. */
function waitMs(attempts: number): number {
  return Math.min(firstWaitMs * 2 ** Math.max(0, attempts - 1), longestWaitMs);
}
