/** The consents of an application: with which of them it is filed, and that these still stand. */
import { isGivenSince, isUsable, used } from '../consents/rules.ts';
import { type Consent, consentType } from '../consents/schema.ts';
import { consentsOf } from '../consents/store.ts';
import type { Instant } from '../kernel/instant.ts';
import { type Outcome, unlessRefused } from '../kernel/outcome.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import type { Application } from './application.ts';
import type { ConsentStanding } from './participation-rules.ts';
import { refuse } from './refusals.ts';
import { encumbranceOn } from './store.ts';

/**
 * The consents that were asked for this revision of the content. In another one a number may be
 * somebody else's: that person has not consented.
 */
export async function consentsToFile(
  ledger: Reader,
  application: Application,
  at: Instant,
): Promise<readonly ConsentStanding[]> {
  const ended = await registrationsEndedBy(ledger, application);
  const consents = await consentsOf(ledger, application.id);
  return consents
    .filter(({ revision }) => revision === application.revision)
    .map((consent) => ({
      participant: consent.participant,
      attempt: consent.attempt,
      isUsable: isUsable(consent, at),
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
  for (const consent of await consentsUsed(ledger, application)) {
    const spent = used(consent);
    if (spent.ok) await ledger.put(consentType, spent.value);
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
  const revoked = consents.filter(({ state }) => state === 'REVOKED');
  return unlessRefused(
    revoked.map(({ participant }) =>
      refuse('CONSENT_REVOKED', { norm: 'CN-5', params: { participant: String(participant) } }),
    ),
    application,
  );
}

/** The consents that it was filed with; all, where it was filed before that was recorded. */
async function consentsUsed(ledger: Reader, application: Application): Promise<readonly Consent[]> {
  const { consents: filedWith } = application;
  const consents = await consentsOf(ledger, application.id);
  return consents.filter(
    ({ participant, attempt }) =>
      filedWith === undefined ||
      filedWith.some((each) => each.participant === participant && each.attempt === attempt),
  );
}
