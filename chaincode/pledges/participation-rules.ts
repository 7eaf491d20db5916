/** Whether everyone who takes part in an application has signed it and consented (PL-6, CN-1). */
import type { Refusal } from '../kernel/refusal.ts';
import type { Application, Confirmation, ConsentUsed, ParticipantEntry } from './application.ts';
import { refuse } from './refusals.ts';

/** A consent as it stands on the day of filing, without its subject (CN-5). */
export type ConsentStanding = ConsentUsed & {
  readonly isUsable: boolean;
  /** Given before the registration that a termination ends: it has run out with it (TR-5). */
  readonly isSpent: boolean;
};

/** What is missing of a participant's signature under one manifest (PL-6). */
export function signatureFaults(
  { number, role, signs }: ParticipantEntry,
  confirmations: readonly Confirmation[],
  manifest: string,
): readonly Refusal[] {
  if (!signs) return [];
  const params = { participant: String(number), role };
  const confirmed = confirmations.find((each) => each.participant === number);
  if (confirmed === undefined) {
    return [refuse('CONFIRMATION_MISSING', { norm: 'PL-6; 000 alg. 8', params })];
  }
  return confirmed.manifest === manifest
    ? []
    : [refuse('CONFIRMATION_OF_ANOTHER_REVISION', { norm: 'PL-7', params })];
}

/** What is missing of a natural participant's consent (CN-1, CN-5). */
export function consentFaults(
  { number, role, natural }: ParticipantEntry,
  consents: readonly ConsentStanding[],
): readonly Refusal[] {
  if (!natural) return [];
  const params = { participant: String(number), role };
  const given = consents.filter((each) => each.participant === number);
  if (given.length === 0) {
    return [refuse('CONSENT_MISSING', { norm: 'CN-1; 000 cl. 3 2)', params })];
  }
  if (given.some(mayServe)) return [];
  return given.some(({ isUsable }) => isUsable)
    ? [refuse('CONSENT_BEFORE_REGISTRATION', { norm: 'TR-5', params })]
    : [refuse('CONSENT_NOT_USABLE', { norm: 'CN-5', params })];
}

function mayServe({ isUsable, isSpent }: ConsentStanding): boolean {
  return isUsable && !isSpent;
}

/** Of each participant the latest consent that is usable: the filing uses this one and no other. */
export function consentsOfEach(
  { participants }: Application,
  consents: readonly ConsentStanding[],
): ConsentUsed[] {
  return participants.flatMap(({ number, natural }) => {
    const latest = consents.findLast((each) => each.participant === number && mayServe(each));
    if (!natural || latest === undefined) return [];
    return [{ participant: number, attempt: latest.attempt }];
  });
}
