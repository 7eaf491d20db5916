/**
 * The order of times: what somebody states stands between what others' time stamps prove, so that
 * no date can be chosen (PL-9, PL-12, PL-15).
 */
import { clientAheadMs, type Instant, plusMs } from '../kernel/instant.ts';
import { endOfMinute, startOfMinute } from '../kernel/minute.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Application, OfficerDecision } from './application.ts';
import type { AcceptanceKey } from './encumbrance.ts';
import { refuse } from './refusals.ts';

/** The latest of some instants. */
export function latestOf(first: Instant, ...others: readonly Instant[]): Instant {
  return [first, ...others].toSorted().at(-1) ?? first;
}

/**
 * A time that is stated has come already. The transaction's own time may say so: it is the client's
 * word too, but all that it can do here is to refuse.
 */
export function aheadFaults(
  stated: Instant,
  now: Instant,
  details: { readonly field: string; readonly norm: string },
): readonly Refusal[] {
  return stated > plusMs(now, clientAheadMs)
    ? [refuse('TIME_AHEAD', { ...details, params: { time: stated } })]
    : [];
}

/**
 * When something was filed: once it is paid and the last one has signed. When it was paid the
 * platform says, and when somebody signed a time stamp, so that it cannot be put before that; the
 * transaction's time is its client's word.
 */
export function filedAt(
  signatures: readonly { readonly signedAt: Instant }[],
  { confirmedAt }: { readonly confirmedAt: Instant },
): Instant {
  return latestOf(confirmedAt, ...signatures.map(({ signedAt }) => signedAt));
}

/** What was filed: paid, and signed by everyone. */
type Filed = Pick<Application, 'payment'> & {
  readonly confirmations: readonly { readonly signedAt: Instant }[];
};

/** EGKN takes what everyone has signed and what is paid, in the order in which that happened. */
export function acceptanceFaults(
  { payment, confirmations }: Filed,
  { minute }: Pick<AcceptanceKey, 'minute'>,
  reachedAt: Instant,
  now: Instant,
): readonly Refusal[] {
  if (payment === undefined) throw new Error('a filed application without payment');
  const { confirmedAt } = payment;
  const end = endOfMinute(minute);
  const signed = confirmations.map(({ signedAt }) => signedAt).toSorted();
  const lastSigned = signed.at(-1);
  const field = '/paymentReachedAt';
  const faults = [
    ...aheadFaults(startOfMinute(minute), now, { field: '/acceptance/minute', norm: 'PL-15' }),
  ];
  if (reachedAt < confirmedAt) {
    const params = { reachedAt, confirmedAt };
    faults.push(refuse('PAYMENT_REACHED_TOO_EARLY', { norm: 'PL-9; PL-12', field, params }));
  }
  if (reachedAt > end) {
    const params = { reachedAt, minute };
    faults.push(refuse('PAYMENT_REACHED_TOO_LATE', { norm: 'PL-9; PL-12', field, params }));
  }
  if (lastSigned !== undefined && end < lastSigned) {
    const params = { minute, signedAt: lastSigned };
    const details = { norm: 'PL-7; PL-15', field: '/acceptance/minute', params };
    faults.push(refuse('ACCEPTANCE_BEFORE_SIGNATURES', details));
  }
  return faults;
}

/** When EGKN took something, if it did. */
export type Accepted = { readonly acceptance?: Pick<AcceptanceKey, 'minute'> | undefined };

/** A check on arrival in EGKN: not before EGKN took the application, and not still to come (PL-10). */
export function checkTimeFaults(
  { acceptance }: Accepted,
  { name, at }: { readonly name: string; readonly at: Instant },
  now: Instant,
): readonly Refusal[] {
  if (acceptance === undefined) throw new Error('a check before the acceptance');
  const { minute } = acceptance;
  const norm = 'PL-10; 000 alg. 11';
  return [
    ...(at < startOfMinute(minute)
      ? [refuse('CHECK_BEFORE_ACCEPTANCE', { norm, params: { name, at, minute } })]
      : []),
    ...aheadFaults(at, now, { field: '/checks', norm }),
  ];
}

/**
 * A decision comes after the acceptance and after every decision before it: who relays it may be
 * late or repeat it, and nobody decides on what is not there yet.
 */
export function decisionFaults(
  { acceptance, payment, decisions }: Pick<Application, 'acceptance' | 'payment' | 'decisions'>,
  { decidedAt }: Pick<OfficerDecision, 'decidedAt'>,
): readonly Refusal[] {
  if (acceptance === undefined) throw new Error('a decision before the acceptance');
  const norm = 'PL-11; PL-13; SE-3';
  return [
    ...earlyFaults(acceptedAt(acceptance, payment?.reachedEgknAt), decidedAt, norm),
    ...(decisions.some((each) => each.decidedAt >= decidedAt)
      ? [refuse('DECISION_OUTDATED', { norm })]
      : []),
  ];
}

/** When EGKN had all that an officer decides on: the application, and the word of its payment. */
export function acceptedAt(
  { minute }: Pick<AcceptanceKey, 'minute'>,
  paymentReachedAt: Instant | undefined,
): Instant {
  const start = startOfMinute(minute);
  return latestOf(start, paymentReachedAt ?? start);
}

/** Nobody decides on what is not there yet. */
export function earlyFaults(
  acceptedAt: Instant,
  decidedAt: Instant,
  norm: string,
): readonly Refusal[] {
  return decidedAt < acceptedAt
    ? [refuse('DECISION_BEFORE_ACCEPTANCE', { norm, params: { decidedAt, acceptedAt } })]
    : [];
}
