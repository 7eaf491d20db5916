/** The consents of an application: with which of them it is filed, and that these still stand. */
import { isUsable, used } from '../consents/rules.ts';
import { type Consent, consentType } from '../consents/schema.ts';
import { consentsOf } from '../consents/store.ts';
import { type Outcome, unlessRefused } from '../kernel/outcome.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import type { Application } from './application.ts';
import type { ConsentStanding } from './application-rules.ts';
import { refuse } from './refusals.ts';

/**
 * The consents that were asked for this revision of the content. In another one a number may be
 * somebody else's: that person has not consented.
 */
export async function consentsToFile(
  ledger: Reader,
  { id, revision }: Application,
): Promise<readonly ConsentStanding[]> {
  const { time } = ledger.circumstances;
  const consents = await consentsOf(ledger, id);
  return consents
    .filter((consent) => consent.revision === revision)
    .map((consent) => ({
      participant: consent.participant,
      attempt: consent.attempt,
      isUsable: isUsable(consent, time),
    }));
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
async function consentsUsed(
  ledger: Reader,
  { id, consents: filedWith }: Application,
): Promise<readonly Consent[]> {
  const consents = await consentsOf(ledger, id);
  return consents.filter(
    ({ participant, attempt }) =>
      filedWith === undefined ||
      filedWith.some((each) => each.participant === participant && each.attempt === attempt),
  );
}
