/** Which notices follow from the decisions about an application, and the way of each. */
import type { Instant } from '../../kernel/instant.ts';
import type { MspId } from '../../kernel/msp-id.ts';
import { accepted, type Outcome, refused, unlessRefused } from '../../kernel/outcome.ts';
import type { Application, OfficerDecision } from '../application.ts';
import { refuse } from '../refusals.ts';
import { aheadFaults } from '../time-rules.ts';
import {
  type Attempt,
  attemptsMax,
  type Notice,
  type NoticeId,
  noticeParts,
  type Proof,
} from './notice.ts';

/** Those who deliver. */
export type Deliverers = { readonly platform: MspId; readonly registrar: MspId };

/** A step of the delivery, by the evidence of the system that delivers. */
export type DeliveryStep = Proof & { readonly step: 'SENT' | 'DELIVERED' | 'FAILED' };

type Told = Pick<Notice, 'application' | 'decision' | 'subject' | 'decidedAt'>;

/**
 * All notices about an application, as they are before anything is delivered.
 *
 * Registration, suspension and refusal are told to the pledgee in its cabinet on the platform and to
 * each pledgor on egov.kz (000 alg. 17, 25); the pledgee's own refusal to the pledgors (alg. 9). The
 * law names no notice of a resumption: the decision that follows it is told. Nor does it name one of a
 * withdrawal: whoever was to be told of the decision learns that none will come (alg. 17's sense).
 */
export function noticesOf(application: Application, deliverers: Deliverers): readonly Notice[] {
  return toldOf(application).flatMap((told) => {
    const due = { ...told, state: 'DUE' as const, attempts: [] };
    if (told.subject === 'REFUSED_BY_PLEDGEE') {
      return toPersons(application, { ...due, deliverer: deliverers.platform });
    }
    return [
      ...toPersons(application, { ...due, deliverer: deliverers.registrar }),
      { ...due, ...toPledgee(told, deliverers) },
      ...toHolders(application, due, deliverers),
    ];
  });
}

/**
 * To each holder beside the platform, which may be another's than the holder's own: nobody learns of
 * the change or end of a pledge from its platform alone.
 */
export function toHolders(
  { holders = [] }: { readonly holders?: Application['holders'] },
  due: Omit<Notice, 'role' | 'cabinet' | 'deliverer'>,
  { registrar }: Deliverers,
): readonly Notice[] {
  return holders.map(({ bin: holder, deliverer }) => {
    const cabinet = deliverer === registrar ? 'EGOV' : 'PLATFORM';
    return { ...due, holder, role: 'HOLDER', cabinet, deliverer };
  });
}

/** On the platform; what is closed may have lost its platform, so that egov.kz has it. */
function toPledgee({ subject }: Told, { platform, registrar }: Deliverers) {
  const role = 'PLEDGEE' as const;
  return subject === 'CLOSED'
    ? { role, cabinet: 'EGOV' as const, deliverer: registrar }
    : { role, cabinet: 'PLATFORM' as const, deliverer: platform };
}

/** The notices of what was decided or happened last. */
export function latestOf(notices: readonly Notice[], application: Application): readonly Notice[] {
  const { decisions } = application;
  const latest = decisions.length + (endWithoutDecision(application) === undefined ? 0 : 1);
  return notices.filter(({ decision }) => decision === latest);
}

/** The notice of an id, if one follows from the decisions. */
export function noticeNamed(notices: readonly Notice[], id: NoticeId): Outcome<Notice> {
  const wanted = noticeParts(id).join();
  const found = notices.find((each) => noticeParts(each).join() === wanted);
  return found === undefined
    ? refused(refuse('NOTICE_UNKNOWN', { norm: 'PL-14; 000 alg. 17' }))
    : accepted(found);
}

/** What was answered when exactly this evidence came first; nothing if it is new. */
export function answeredBefore(notice: Notice, step: DeliveryStep): Notice | undefined {
  const nth = notice.attempts.findIndex(({ sent, ended }) =>
    step.step === 'SENT' ? isSame(sent, step) : ended?.outcome === step.step && isSame(ended, step),
  );
  const attempt = notice.attempts[nth];
  if (attempt === undefined) return undefined;
  const then = step.step === 'SENT' ? { sent: attempt.sent } : attempt;
  return withAttempts(notice, [...notice.attempts.slice(0, nth), then]);
}

/**
 * One step further: what is due or has failed is sent, what is sent is delivered or fails. Nothing
 * goes back, neither in state nor in time; nor ahead of the present, or nothing could follow it.
 */
export function stepped(
  notice: Notice,
  { step, at, receipt }: DeliveryStep,
  { caller, now }: { readonly caller: string; readonly now: Instant },
): Outcome<Notice> {
  const { attempts, deliverer, state } = notice;
  if (deliverer !== caller) {
    const params = { deliverer };
    return refused(refuse('NOTICE_OF_ANOTHER_DELIVERER', { norm: 'PL-14; SE-3', params }));
  }
  if (!next[state].includes(step)) {
    const params = { state, step };
    return refused(refuse('NOTICE_STEP_OUT_OF_TURN', { norm: 'PL-14', field: '/step', params }));
  }
  const last = attempts.at(-1);
  const before = last?.ended?.at ?? last?.sent.at ?? notice.decidedAt;
  const further: readonly Attempt[] =
    step === 'SENT' || last === undefined
      ? [...attempts, { sent: { at, receipt } }]
      : [...attempts.slice(0, -1), { ...last, ended: { at, receipt, outcome: step } }];
  return unlessRefused(
    [
      ...timeFaults(at, before),
      ...aheadFaults(at, now, { field: '/at', norm: 'PL-14' }),
      ...countFaults(further),
    ],
    withAttempts(notice, further),
  );
}

const next: Readonly<Record<Notice['state'], readonly DeliveryStep['step'][]>> = {
  DUE: ['SENT'],
  SENT: ['DELIVERED', 'FAILED'],
  FAILED: ['SENT'],
  DELIVERED: [],
};

function timeFaults(at: Instant, before: Instant) {
  return at < before
    ? [refuse('NOTICE_TIME_BACKWARD', { norm: 'PL-14', field: '/at', params: { before } })]
    : [];
}

function countFaults({ length }: readonly Attempt[]) {
  const params = { most: String(attemptsMax) };
  return length > attemptsMax ? [refuse('NOTICE_ATTEMPTS_SPENT', { norm: 'PL-14', params })] : [];
}

const subjects: Readonly<Record<OfficerDecision['decision'], Notice['subject'] | undefined>> = {
  REGISTER: 'REGISTERED',
  SUSPEND: 'SUSPENDED',
  RESUME: undefined,
  REFUSE: 'REFUSED',
};

/** What there is to tell of an application. */
function toldOf({ id, kind, decisions, ...ends }: Application): readonly Told[] {
  const decided = decisions.flatMap(({ decision, decidedAt }, index): readonly Told[] => {
    const isEnd = kind === 'TERMINATION' && decision === 'REGISTER';
    const subject = isEnd ? 'TERMINATION_REGISTERED' : subjects[decision];
    return subject === undefined
      ? []
      : [{ application: id, decision: index + 1, subject, decidedAt }];
  });
  const { subject, decidedAt } = endWithoutDecision(ends) ?? {};
  if (subject === undefined || decidedAt === undefined) return decided;
  return [...decided, { application: id, decision: decisions.length + 1, subject, decidedAt }];
}

/** How it ended without an officer's decision, and when. */
function endWithoutDecision({
  pledgeeRefusal,
  withdrawal,
  closure,
}: Pick<Application, 'pledgeeRefusal' | 'withdrawal' | 'closure'>): Partial<Told> | undefined {
  if (closure !== undefined) return { subject: 'CLOSED', decidedAt: closure.at };
  if (withdrawal !== undefined) return { subject: 'WITHDRAWN', decidedAt: withdrawal.signedAt };
  return pledgeeRefusal && { subject: 'REFUSED_BY_PLEDGEE', decidedAt: pledgeeRefusal.signedAt };
}

/**
 * The same to every pledgor, and to who applied for a termination if that is not the pledgee: it may
 * be the pledgor, and the notice is the result of the service that was asked for (000 alg. 18, 21).
 */
function toPersons(
  { participants, pledgee }: Application,
  due: Omit<Notice, 'role' | 'cabinet' | 'participant'>,
): readonly Notice[] {
  return participants.flatMap(({ number: participant, role, bin }): readonly Notice[] =>
    role === 'PLEDGOR' || (role === 'APPLICANT' && bin !== pledgee)
      ? [{ ...due, participant, role, cabinet: 'EGOV' }]
      : [],
  );
}

function isSame(one: Proof, other: Proof): boolean {
  return one.at === other.at && one.receipt === other.receipt;
}

function withAttempts(notice: Notice, attempts: readonly Attempt[]): Notice {
  const last = attempts.at(-1);
  const state = last === undefined ? 'DUE' : (last.ended?.outcome ?? 'SENT');
  return { ...notice, state, attempts: [...attempts] };
}
