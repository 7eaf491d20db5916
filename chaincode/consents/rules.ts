/** The life of a consent (CN-5). */
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { DocumentHash } from '../kernel/document-hash.ts';
import { clientAheadMs, type Instant, msOf } from '../kernel/instant.ts';
import type { MspId } from '../kernel/msp-id.ts';
import { accepted, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { ConsentMode, IntegrationApplication } from '../organisations/schema.ts';
import { refuse } from './refusals.ts';
import type { Consent, ConsentState, FormSignature, TokenTerms } from './schema.ts';

/** Modes in which the subject does not consent: logging under article 9, and services unasked for. */
const modesWithoutSubject: readonly ConsentMode[] = ['PROTOCOL', 'PROACTIVE'];

/** What a consent is asked for by, and of whom. */
type Asking = Pick<Consent, 'participant' | 'mode' | 'services' | 'form'>;

/** What the ledger knows that a request has to agree with. */
export type Askable = {
  readonly participants: readonly { readonly number: number; readonly natural: boolean }[];
  /** What is in production of the platform's system at KDP. */
  readonly applied: IntegrationApplication | undefined;
  /** The hash of the annex's form for this application. */
  readonly form: string;
};

/**
 * Whether a consent may be asked for: of a natural person of the content (CN-1), in a mode that the
 * system's integration was granted (CN-2) and in which the subject does consent (CN-7), for services
 * that its application names (CN-3), by the annex's form (CN-4). Every fault at once.
 */
export function askable(asked: Asking, { participants, applied, form }: Askable) {
  const { participant, mode } = asked;
  const faults: Refusal[] = [];
  if (!participants.some(({ number, natural }) => natural && number === participant)) {
    const params = { participant: String(participant) };
    faults.push(refuse('CONSENT_OF_NOBODY', { norm: 'CN-1', field: '/participant', params }));
  }
  if (modesWithoutSubject.includes(mode)) {
    const params = { mode };
    faults.push(refuse('CONSENT_MODE_NOT_OF_SUBJECT', { norm: 'CN-7; 000 cl. 3 2)', params }));
  }
  if (applied?.mode === mode) faults.push(...unappliedFor(asked, applied));
  else {
    faults.push(refuse('CONSENT_MODE_NOT_GRANTED', { norm: 'CN-2; 002 cl. 7', params: { mode } }));
  }
  if (asked.form !== form) {
    const params = { expected: form };
    faults.push(refuse('CONSENT_FORM_DIFFERS', { norm: 'CN-4', field: '/form', params }));
  }
  return unlessRefused(faults, asked);
}

/** Services that the application for KDP does not need: nobody was told what for. */
function unappliedFor({ services }: Asking, applied: IntegrationApplication): readonly Refusal[] {
  const needed = applied.needed.map(({ service }) => service);
  return services
    .filter((service) => !needed.includes(service))
    .map((service) =>
      refuse('CONSENT_SERVICE_NOT_APPLIED_FOR', {
        norm: 'CN-3; 002 cl. 5 2)',
        field: '/services',
        params: { service },
      }),
    );
}

/**
 * The consent that was asked for before under the same number, if the same was asked; also where
 * another mode or term is in production by now.
 */
export function askedAlready(earlier: Consent, asked: Consent): Outcome<Consent> {
  const { storageDays, token, signed, revokedAt, revokedBy, revocationEvidence, ...first } =
    earlier;
  return canonicalJson({ ...first, state: asked.state }) === canonicalJson(asked)
    ? accepted(earlier)
    : refused(refuse('CONSENT_ASKED_ALREADY', { norm: 'CN-1; CN-5', field: '/attempt' }));
}

/** What KDP answered, short of a token. */
export type Answer = 'PENDING' | 'REFUSED' | 'TIMED_OUT' | 'FAILED';

/** KDP has answered without a token: the subject was asked, refused, or did not answer. */
export function answered(consent: Consent, answer: Answer): Outcome<Consent> {
  const open = inState(consent, ['REQUESTED', 'PENDING']);
  return open.ok ? accepted({ ...consent, state: answer }) : open;
}

/** What the State Corporation's peer verified of a consent. */
export type Verified = {
  readonly token: TokenTerms;
  readonly signed: FormSignature;
  readonly revision: number;
};

/**
 * The subject has consented: the State Corporation's peer verified the token, and the signature under
 * the form, of whoever has the participant's number in this revision of the content.
 */
export function granted(consent: Consent, { token, signed, revision }: Verified): Outcome<Consent> {
  const open = inState(consent, ['REQUESTED', 'PENDING']);
  if (!open.ok) return open;
  const { requestedAt } = consent;
  const faults: Refusal[] = [];
  if (consent.revision !== revision) {
    faults.push(refuse('CONSENT_OF_ANOTHER_REVISION', { norm: 'CN-1' }));
  }
  // A token that was given before is a consent to something else.
  if (!isSince(token.issuedAt, requestedAt)) {
    faults.push(refuse('TOKEN_BEFORE_REQUEST', { norm: 'CN-1; CN-4', params: { requestedAt } }));
  }
  return unlessRefused(faults, { ...consent, token, signed, state: 'GRANTED' });
}

/** Asked for now, give or take a client's clock: what is stated otherwise would lend itself to old tokens. */
export function askedNow(asked: Pick<Consent, 'requestedAt'>, now: Instant): readonly Refusal[] {
  const { requestedAt } = asked;
  const distance = Math.abs(msOf(requestedAt) - msOf(now));
  return distance <= clientAheadMs
    ? []
    : [
        refuse('CONSENT_NOT_ASKED_NOW', {
          norm: 'CN-1; CN-4',
          field: '/requestedAt',
          params: { requestedAt },
        }),
      ];
}

/** A token serves one consent of one application: with another it is somebody's word, not theirs. */
export function unlessServing(consent: Consent, isTaken: boolean): Outcome<Consent> {
  return isTaken
    ? refused(refuse('TOKEN_SERVES_ANOTHER', { norm: 'CN-1; CN-3; TR-5' }))
    : accepted(consent);
}

/** Whether an application may be filed with it at an instant. */
export function isUsable({ state, token, signed }: Consent, at: Instant): boolean {
  const isWhole = token !== undefined && signed !== undefined;
  return state === 'GRANTED' && isWhole && at < token.expiresAt;
}

/**
 * Whether it was given after an instant, as a termination asks of the registration that it ends
 * (TR-5). KDP writes whole seconds: within one nobody knows which came first.
 */
export function isGivenSince({ token }: Consent, instant: Instant): boolean {
  return token !== undefined && isSince(token.issuedAt, instant);
}

function isSince(issuedAt: Instant, instant: Instant): boolean {
  return msOf(issuedAt) >= Math.floor(msOf(instant) / 1000) * 1000;
}

/** An application was filed with it. */
export function used(consent: Consent): Outcome<Consent> {
  const open = inState(consent, ['GRANTED']);
  return open.ok ? accepted({ ...consent, state: 'USED' }) : open;
}

/** That a consent was taken back: when, who says so, and by which notice of KDP. */
export type Revocation = {
  readonly at: Instant;
  readonly by: MspId;
  readonly evidence: DocumentHash;
};

/** The subject takes it back; until the registration that stops the filing. */
export function revoked(consent: Consent, { at, by, evidence }: Revocation): Outcome<Consent> {
  const open = inState(consent, ['REQUESTED', 'PENDING', 'GRANTED', 'USED']);
  if (!open.ok) return open;
  const givenAt = consent.token?.issuedAt ?? consent.requestedAt;
  if (at < givenAt) {
    const params = { givenAt };
    return refused(refuse('CONSENT_REVOKED_BEFORE_GIVEN', { norm: 'CN-5', params }));
  }
  const revocation = { revokedAt: at, revokedBy: by, revocationEvidence: evidence };
  return accepted({ ...consent, ...revocation, state: 'REVOKED' });
}

function inState(consent: Consent, states: readonly ConsentState[]): Outcome<Consent> {
  const { state } = consent;
  return states.includes(state)
    ? accepted(consent)
    : refused(refuse('CONSENT_STEP_OUT_OF_TURN', { norm: 'CN-5', params: { state } }));
}
