/** The life of a consent (CN-5). */
import { type Instant, msOf } from '../kernel/instant.ts';
import { accepted, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { ConsentMode, Integration } from '../organisations/schema.ts';
import { refuse } from './refusals.ts';
import type { Consent, ConsentState, TokenTerms } from './schema.ts';

/** Modes in which the subject does not consent: logging under article 9, and services unasked for. */
const modesWithoutSubject: readonly ConsentMode[] = ['PROTOCOL', 'PROACTIVE'];

/**
 * Whether a consent may be asked for in a mode: one that the system's integration was granted (CN-2),
 * and in which the subject does consent (CN-7).
 */
export function askable(
  mode: ConsentMode,
  integration: Integration | undefined,
): Outcome<ConsentMode> {
  const faults: Refusal[] = [];
  if (modesWithoutSubject.includes(mode)) {
    const params = { mode };
    faults.push(refuse('CONSENT_MODE_NOT_OF_SUBJECT', { norm: 'CN-7; 000 cl. 3 2)', params }));
  }
  if (integration?.state !== 'PRODUCTION' || integration.application.mode !== mode) {
    faults.push(refuse('CONSENT_MODE_NOT_GRANTED', { norm: 'CN-2; 002 cl. 7', params: { mode } }));
  }
  return unlessRefused(faults, mode);
}

/** What KDP answered, short of a token. */
export type Answer = 'PENDING' | 'REFUSED' | 'TIMED_OUT' | 'FAILED';

/** KDP has answered without a token: the subject was asked, refused, or did not answer. */
export function answered(consent: Consent, answer: Answer): Outcome<Consent> {
  const open = inState(consent, ['REQUESTED', 'PENDING']);
  return open.ok ? accepted({ ...consent, state: answer }) : open;
}

/**
 * The subject has consented: the State Corporation's peer verified the token, of whoever has the
 * participant's number in this revision of the content.
 */
export function granted(consent: Consent, token: TokenTerms, revision: number): Outcome<Consent> {
  const open = inState(consent, ['REQUESTED', 'PENDING']);
  if (open.ok && consent.revision !== revision) {
    return refused(refuse('CONSENT_OF_ANOTHER_REVISION', { norm: 'CN-1' }));
  }
  return open.ok ? accepted({ ...consent, token, state: 'GRANTED' }) : open;
}

/** A token serves one consent of one application: with another it is somebody's word, not theirs. */
export function unlessServing(consent: Consent, earlier: object | undefined): Outcome<Consent> {
  return earlier === undefined
    ? accepted(consent)
    : refused(refuse('TOKEN_SERVES_ANOTHER', { norm: 'CN-1; CN-3; TR-5' }));
}

/** Whether an application may be filed with it at an instant. */
export function isUsable({ state, token }: Consent, at: Instant): boolean {
  return state === 'GRANTED' && token !== undefined && at < token.expiresAt;
}

/**
 * Whether it was given after an instant, as a termination asks of the registration that it ends
 * (TR-5). KDP writes whole seconds: within one nobody knows which came first.
 */
export function isGivenSince({ token }: Consent, instant: Instant): boolean {
  return token !== undefined && msOf(token.issuedAt) >= Math.floor(msOf(instant) / 1000) * 1000;
}

/** An application was filed with it. */
export function used(consent: Consent): Outcome<Consent> {
  const open = inState(consent, ['GRANTED']);
  return open.ok ? accepted({ ...consent, state: 'USED' }) : open;
}

/** The subject takes it back; until the registration that stops the filing. */
export function revoked(consent: Consent, at: Instant): Outcome<Consent> {
  const open = inState(consent, ['REQUESTED', 'PENDING', 'GRANTED', 'USED']);
  return open.ok ? accepted({ ...consent, revokedAt: at, state: 'REVOKED' }) : open;
}

function inState(consent: Consent, states: readonly ConsentState[]): Outcome<Consent> {
  const { state } = consent;
  return states.includes(state)
    ? accepted(consent)
    : refused(refuse('CONSENT_STEP_OUT_OF_TURN', { norm: 'CN-5', params: { state } }));
}
