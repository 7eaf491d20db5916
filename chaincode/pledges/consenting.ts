/** The consents of an application: with which of them it is filed, and that these still stand. */
import { isGivenSince, isUsable, used } from '../consents/rules.ts';
import type { Consent } from '../consents/schema.ts';
import { consentOn, consentsOf, putConsent } from '../consents/store.ts';
import { clientAheadMs, type Instant, plusMs } from '../kernel/instant.ts';
import { accepted, each, type Outcome, unlessRefused } from '../kernel/outcome.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import type { Application } from './application.ts';
import type { ConsentStanding } from './participation-rules.ts';
import { refuse } from './refusals.ts';
import { encumbranceOn } from './store.ts';
import { latestOf } from './time-rules.ts';

/**
 * The consents that were asked for this revision of the content. In another one a number may be
 * somebody else's: that person has not consented.
 */
export async function consentsToFile(
  ledger: Reader,
  application: Application,
  at: Instant,
): Promise<readonly ConsentStanding[]> {
  // A filing that comes late finds the consent expired: no earlier date makes up for that.
  const present = plusMs(ledger.circumstances.time, -clientAheadMs);
  const judgedAt = latestOf(at, present);
  const ended = await registrationsEndedBy(ledger, application);
  const consents = await consentsOf(ledger, application.id);
  return consents
    .filter(({ revision }) => revision === application.revision)
    .map((consent) => ({
      participant: consent.participant,
      attempt: consent.attempt,
      isUsable: isUsable(consent, judgedAt),
      isSpent: !ended.every((registeredAt) => isGivenSince(consent, registeredAt)),
    }));
}

/** When the pledges were registered that an application is to end; of another kind none. */
async function registrationsEndedBy(
  ledger: Reader,
  { kind, targets }: Application,
): Promise<readonly Instant[]> {
  if (kind !== 'TERMINATION') return [];
  const instants: Instant[] = [];
  for (const { property, encumbrance } of targets) {
    if (encumbrance === undefined) continue;
    const ended = await encumbranceOn(ledger, property, encumbrance);
    if (ended !== undefined) instants.push(ended.registeredAt);
  }
  return instants;
}

/** A consent holds for one application (CN-1): filed, it is used. */
export async function useUp(ledger: PublicLedger, application: Application): Promise<void> {
  const consents = await consentsUsed(ledger, application);
  for (const consent of consents.ok ? consents.value : []) {
    const spent = used(consent);
    if (spent.ok) await putConsent(ledger, spent.value);
  }
}

/**
 * Whether nobody has taken back the consent that the application was filed with (CN-5). A supplement
 * is of the same people: theirs goes on. What somebody took back before the filing is past.
 */
export async function stillConsented(
  ledger: Reader,
  application: Application,
): Promise<Outcome<Application>> {
  const consents = await consentsUsed(ledger, application);
  if (!consents.ok) return consents;
  const revoked = consents.value.filter(({ state }) => state === 'REVOKED');
  return unlessRefused(
    revoked.map(({ participant }) =>
      refuse('CONSENT_REVOKED', { norm: 'CN-5', params: { participant: String(participant) } }),
    ),
    application,
  );
}

/**
 * The consents that it was filed with, each by its number: one that a majority took away or altered
 * is missed. All, where it was filed before that was recorded.
 */
async function consentsUsed(
  ledger: Reader,
  { id: application, consents: filedWith }: Application,
): Promise<Outcome<readonly Consent[]>> {
  if (filedWith === undefined) return accepted(await consentsOf(ledger, application));
  const found: Outcome<Consent>[] = [];
  for (const which of filedWith) found.push(await consentOn(ledger, { application, ...which }));
  return each(found);
}
