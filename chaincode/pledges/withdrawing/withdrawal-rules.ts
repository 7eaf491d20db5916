/**
 * Taking an application back before its decision: a draft its platform drops; what was filed has a
 * place in the rank once EGKN takes it, and nobody but who applied gives that up.
 */
import type { Instant } from '../../kernel/instant.ts';
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import type { Application, Withdrawal } from '../application.ts';
import { stillPreparing, stillUndecided } from '../application-rules.ts';
import { type Dossier, participantsOf } from '../dossier.ts';
import type { Participant, ParticipantRole } from '../participants.ts';
import { refuse } from '../refusals.ts';
import { latestOf } from '../time-rules.ts';

/** The pledgee applies (PL-2); for a termination whoever asks for that service (TR-1). */
const applying: readonly ParticipantRole[] = ['APPLICANT', 'PLEDGEE'];

/** Who applied. */
export function applicantOf(dossier: Dossier): Participant {
  const found = participantsOf(dossier).find(({ role }) => applying.includes(role));
  if (found === undefined) throw new Error('an application that nobody has made');
  return found;
}

/** A draft dropped by its platform, without a signature: nothing was filed. */
export function dropped(application: Application, endedAt: Instant): Outcome<Application> {
  const { state } = application;
  if (stillUndecided(application).ok) {
    return refused(refuse('WITHDRAWAL_UNSIGNED', { norm: 'PL-13; SE-3', params: { state } }));
  }
  return andThen(stillPreparing(application), (draft) =>
    accepted({ ...draft, endedAt, state: 'WITHDRAWN' }),
  );
}

/**
 * What was filed, taken back by the signature of who applied. It was given after the application was
 * signed: nobody has it signed ahead and keeps it for a later day.
 */
export function takenBack(
  application: Application,
  { manifest, cms, signedAt }: Withdrawal,
): Outcome<Application> {
  const inTurn = stillUndecided(application);
  if (!inTurn.ok) return inTurn;
  const stamps = application.confirmations.map((each) => each.signedAt);
  const lastSigned = latestOf(signedAt, ...stamps);
  if (signedAt < lastSigned) {
    const params = { signedAt, lastSigned };
    return refused(refuse('WITHDRAWAL_BEFORE_FILING', { norm: 'PL-13; SE-3', params }));
  }
  const withdrawal = { manifest, cms, signedAt };
  return accepted({ ...application, withdrawal, endedAt: signedAt, state: 'WITHDRAWN' });
}
