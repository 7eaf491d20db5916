/**
 * The way of an application: what may follow what, and what each step asks for.
 */
import { type Due, isLate } from '../kernel/deadline.ts';
import { withOneMore } from '../kernel/full-list.ts';
import { type Instant, msPerDay, plusMs } from '../kernel/instant.ts';
import {
  accepted,
  all,
  andThen,
  each,
  type Outcome,
  refusalsOf,
  refused,
  unlessRefused,
} from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Edition } from '../regimes/schema.ts';
import {
  type Application,
  type ApplicationState,
  checksMax,
  checksOfContent,
  type Confirmation,
  decisionsMax,
  type OfficerDecision,
  type ReportedCheck,
} from './application.ts';
import { judged, reportFaults, unmetChecks } from './check-rules.ts';
import type { AcceptanceKey } from './encumbrance.ts';
import { contentChecks, paymentCheck } from './filing-checks.ts';
import { groundFaults } from './grounds/ground-rules.ts';
import {
  consentFaults,
  consentsOfEach,
  type ConsentStanding,
  signatureFaults,
} from './participation-rules.ts';
import { refuse } from './refusals.ts';
import { acceptanceFaults, aheadFaults, decisionFaults, latestOf } from './time-rules.ts';

/** What an application is filed with. */
type Filing = {
  readonly edition: Outcome<Edition>;
  readonly confirmations: readonly Outcome<Confirmation>[];
  readonly consents: readonly ConsentStanding[];
  readonly payment: NonNullable<Application['payment']>;
  /** Whether the payment has paid for no other application. */
  readonly unused: Outcome<null>;
  /** When the last of what the filing stands on was done. */
  readonly at: Instant;
  readonly now: Instant;
};

/**
 * Files an application: an edition is in force and the platform admitted, every participant has
 * signed exactly this revision, every natural person's consent is usable, the fee is paid (PL-6,
 * PL-7). The faults of all of it at once (PL-3).
 */
export function filed(application: Application, filing: Filing): Outcome<Application> {
  const inTurn = from(application, ['PREPARED']);
  if (!inTurn.ok) return inTurn;
  const { payment, consents, at } = filing;
  const signed = filing.confirmations.flatMap((given) => (given.ok ? [given.value] : []));
  // Whatever the first one signed, everyone has to have signed: it covers this revision.
  const manifest = signed[0]?.manifest ?? '';
  const faults = application.participants.flatMap((participant) => [
    ...signatureFaults(participant, signed, manifest),
    ...consentFaults(participant, consents),
  ]);
  const parts = all({
    edition: filing.edition,
    payment: unlessRefused(paymentFaults(application, filing), payment),
    verdicts: each(filing.confirmations),
    participants: unlessRefused(faults, null),
  });
  return andThen(parts, ({ edition: { edition } }) =>
    accepted({
      ...application,
      confirmations: signed,
      consents: consentsOfEach(application, consents),
      checks: [
        ...contentChecks({ ...application, confirmations: signed }, at),
        paymentCheck(payment.evidence, at),
      ],
      payment,
      edition,
      state: 'FILED',
    }),
  );
}

/**
 * It is paid already, for nothing else, and by the document that everyone has signed, where there is
 * one (TR-1).
 */
function paymentFaults(
  { paymentDocument }: Application,
  { payment: { evidence, confirmedAt }, unused, now }: Filing,
): readonly Refusal[] {
  const differs = paymentDocument !== undefined && paymentDocument !== evidence;
  return [
    ...aheadFaults(confirmedAt, now, { field: '/payment/confirmedAt', norm: 'PL-7; PL-9' }),
    ...(differs
      ? [refuse('PAYMENT_DOCUMENT_DIFFERS', { norm: 'TR-1', field: '/payment/evidence' })]
      : []),
    ...refusalsOf(unused),
  ];
}

/**
 * Whether participants may still sign, and the content may still be revised. Later nothing personal
 * is taken any more, so that a purge takes everything there is (CN-6).
 */
export function stillPreparing(application: Application): Outcome<Application> {
  return from(application, ['PREPARED']);
}

/** Whether it is filed and still waits for the decision that ends it. */
export function stillUndecided(application: Application): Outcome<Application> {
  return from(application, ['FILED', 'ACCEPTED', 'SUSPENDED']);
}

/** Whether there is something for EGKN to take. */
export function awaitingEgkn(application: Application): Outcome<Application> {
  return from(application, ['FILED']);
}

/** Whether there is something for an officer to decide. */
export function awaitingDecision(application: Application): Outcome<Application> {
  return from(application, ['ACCEPTED', 'SUSPENDED']);
}

/**
 * EGKN has taken the application and the confirmation of payment, in the order in which they came:
 * the clock runs (PL-12). The present refuses what is stated to be still to come, and nothing else.
 */
export function acceptedByEgkn(
  application: Application,
  { acceptance, paymentReachedAt: reachedEgknAt, due, now }: Taking,
): Outcome<Application> {
  const inTurn = awaitingEgkn(application);
  if (!inTurn.ok) return inTurn;
  const { payment } = application;
  if (payment === undefined) throw new Error('a filed application without payment');
  return unlessRefused(acceptanceFaults(application, acceptance, reachedEgknAt, now), {
    ...application,
    acceptance,
    payment: { ...payment, reachedEgknAt },
    due: { ...due },
    state: 'ACCEPTED',
  });
}

/** How EGKN took an application, and when that makes the decision due. */
export type Taking = {
  readonly acceptance: AcceptanceKey;
  readonly paymentReachedAt: Instant;
  readonly due: Due;
  readonly now: Instant;
};

/** More checks with their outcomes; of one name and source the latest counts. Every fault at once. */
export function checked(
  application: Application,
  reported: readonly ReportedCheck[],
  now: Instant,
): Outcome<Application> {
  const inTurn = from(application, ['ACCEPTED', 'SUSPENDED']);
  if (!inTurn.ok) return inTurn;
  const outcomes = reported.map((each) => judged(application, each));
  const faults = [
    ...reported.flatMap((each) => reportFaults(application, each, now)),
    ...outcomes.flatMap(refusalsOf),
  ];
  const bound = { what: 'checks', limit: checksMax, norm: 'PL-10' };
  const checks = outcomes.reduce<Outcome<Application['checks']>>(
    (all, outcome) =>
      andThen(all, (before) => andThen(outcome, (check) => withOneMore(before, check, bound))),
    accepted(application.checks),
  );
  return andThen(unlessRefused(faults, checks), (outcome) =>
    andThen(outcome, (all) => accepted({ ...application, checks: all })),
  );
}

/**
 * What an officer of the State Corporation decides (PL-11, PL-13). Registration asks that every
 * check is met; suspension and refusal ask for grounds of the law. A resumption says when the
 * decision is due now.
 */
export function decided(
  application: Application,
  decision: OfficerDecision,
  dueAnew?: Due,
): Outcome<Application> {
  const inTurn = from(application, before[decision.decision]);
  if (!inTurn.ok) return inTurn;
  const faults = [
    ...decisionFaults(application, decision),
    ...roomFaults(application, decision),
    ...groundFaults(decision),
    ...(decision.decision === 'REGISTER' ? unmetChecks(application, decision) : []),
  ];
  return unlessRefused(faults, {
    ...clocked(application, decision, dueAnew),
    decisions: [...application.decisions, decision],
    state: after[decision.decision],
  });
}

/** A new revision of the content before filing: what was signed before holds no longer. */
export function revised(
  application: Application,
  content: Pick<Application, 'dossier' | 'titleDocument' | 'participants'>,
): Outcome<Application> {
  const inTurn = from(application, ['PREPARED']);
  if (!inTurn.ok) return inTurn;
  const { cedent: _, paymentDocument: __, ...standing } = application;
  const revision = application.revision + 1;
  const participantsMost = Math.max(participantsMostOf(application), content.participants.length);
  return accepted({ ...standing, ...content, revision, participantsMost, confirmations: [] });
}

/** Most participants of any of its revisions. */
export function participantsMostOf({ participants, participantsMost }: Application): number {
  return participantsMost ?? participants.length;
}

/**
 * Whether its personal data may go: the service has ended and the term of storage is over (CN-6).
 *
 * The present is the transaction's time, within fifteen minutes: the term is one of days.
 */
export function purgeable(
  application: Application,
  storageDays: number,
  now: Instant,
): Outcome<Application> {
  const { state, endedAt } = application;
  if (endedAt === undefined) {
    return refused(refuse('SERVICE_NOT_ENDED', { norm: 'CN-6', params: { state } }));
  }
  const until = plusMs(endedAt, storageDays * msPerDay);
  return until <= now
    ? accepted(application)
    : refused(refuse('STORAGE_TERM_RUNS', { norm: 'CN-6; 002 cl. 5 4)', params: { until } }));
}

/**
 * Documents are added before the decision: every signer has signed the next revision. State, payment
 * and due time stay; what was checked of the content is to be checked anew (PL-10).
 */
export function supplemented(
  application: Application,
  signed: readonly (Confirmation & Pick<Application, 'dossier'>)[],
): Outcome<Application> {
  const inTurn = stillUndecided(application);
  if (!inTurn.ok) return inTurn;
  const confirmations = signed.map(({ participant, manifest, cms, signedAt }) => {
    return { participant, manifest, cms, signedAt };
  });
  const [first, ...others] = signed;
  const faults = application.participants.flatMap((participant) =>
    signatureFaults(participant, confirmations, first?.manifest ?? ''),
  );
  return andThen(unlessRefused(faults, first), (newest) => {
    if (newest === undefined) throw new Error('a supplement that nobody has signed');
    const at = latestOf(newest.signedAt, ...others.map(({ signedAt }) => signedAt));
    const next = { ...application, dossier: newest.dossier, confirmations };
    const kept = application.checks.filter(({ check }) => !checksOfContent.includes(check));
    const checks = [...kept, ...contentChecks(next, at)];
    return accepted({ ...next, revision: application.revision + 1, checks });
  });
}

/** The pledgee's head refuses before filing, with reasons (PL-8). */
export function refusedByPledgee(
  application: Application,
  refusal: NonNullable<Application['pledgeeRefusal']>,
): Outcome<Application> {
  const inTurn = from(application, ['PREPARED']);
  if (!inTurn.ok) return inTurn;
  const { reasons, cms, signedAt } = refusal;
  return accepted({
    ...application,
    pledgeeRefusal: { reasons, cms, signedAt },
    endedAt: signedAt,
    state: 'REFUSED_BY_PLEDGEE',
  });
}

/** What was signed or decided about a revision counts for that revision alone (PL-7). */
export function atRevision(application: Application, revision: number): Outcome<Application> {
  const params = { expected: String(application.revision) };
  return application.revision === revision
    ? accepted(application)
    : refused(refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', params }));
}

const before: Record<OfficerDecision['decision'], readonly ApplicationState[]> = {
  REGISTER: ['ACCEPTED'],
  SUSPEND: ['ACCEPTED'],
  RESUME: ['SUSPENDED'],
  REFUSE: ['ACCEPTED', 'SUSPENDED'],
};

const after: Record<OfficerDecision['decision'], ApplicationState> = {
  REGISTER: 'REGISTERED',
  SUSPEND: 'SUSPENDED',
  RESUME: 'ACCEPTED',
  REFUSE: 'REFUSED',
};

/**
 * Places that a decision needs: its own, and those of what has to stay possible after it. A
 * suspension can be resumed, and every application can be ended.
 */
const placesFor: Record<OfficerDecision['decision'], number> = {
  SUSPEND: 3,
  RESUME: 2,
  REGISTER: 1,
  REFUSE: 1,
};

function roomFaults({ decisions }: Application, { decision }: OfficerDecision): readonly Refusal[] {
  const limit = decisionsMax - placesFor[decision] + 1;
  return refusalsOf(
    withOneMore<unknown>(decisions, null, { what: 'decisions', limit, norm: 'PL-13' }),
  );
}

/**
 * The clock after a decision (PL-12): a suspension stops it, so that nothing is due, and the
 * resumption starts it anew (article 27's sense); the end of the service ends it. What came late at
 * one of them stays late.
 */
function clocked(
  { due, isLate: wasLate = false, ...application }: Application,
  { decision, decidedAt }: OfficerDecision,
  dueAnew: Due | undefined,
): Application {
  const late = wasLate || (due !== undefined && isLate(due, decidedAt));
  switch (decision) {
    case 'SUSPEND':
      return { ...application, ...(late ? { isLate: late } : {}) };
    case 'RESUME':
      if (dueAnew === undefined) throw new Error('a resumption that makes nothing due');
      return { ...application, due: { ...dueAnew }, ...(late ? { isLate: late } : {}) };
    case 'REGISTER':
    case 'REFUSE':
      return {
        ...application,
        ...(due === undefined ? {} : { due }),
        endedAt: decidedAt,
        isLate: late,
      };
  }
}

function from(application: Application, states: readonly ApplicationState[]): Outcome<Application> {
  const { state } = application;
  return states.includes(state)
    ? accepted(application)
    : refused(refuse('APPLICATION_STEP_OUT_OF_TURN', { norm: '000 alg. 8-16', params: { state } }));
}
