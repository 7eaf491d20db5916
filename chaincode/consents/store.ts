/** Consents as they stand on the ledger. */
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import {
  type Consent,
  consentParts,
  consentsMax,
  consentTokenType,
  consentType,
} from './schema.ts';

/** Which consent: of a participant of an application, at which attempt. */
export type Which = Pick<Consent, 'application' | 'participant' | 'attempt'>;

/** The consent, if it was asked for; one that was sealed and is altered or gone is no other. */
export async function consentOn(ledger: Reader, which: Which): Promise<Outcome<Consent>> {
  const { application, participant, attempt } = which;
  const parts = consentParts(application, participant, attempt);
  const found = await ledger.find(consentType, parts);
  if (found === undefined) {
    return (await ledger.wasSealed(consentType, parts, registrarMsp))
      ? altered()
      : refused(refuse('CONSENT_UNKNOWN', { norm: 'CN-1' }));
  }
  const isSealed = await ledger.isSealed(consentType, found.data, registrarMsp);
  return isSealed ? accepted(found.data) : altered();
}

function altered() {
  return refused(refuse('CONSENT_ALTERED', { norm: 'CN-5; SE-3' }));
}

/** Every consent that was asked for an application and that the State Corporation has sealed. */
export async function consentsOf(ledger: Reader, application: string): Promise<readonly Consent[]> {
  const consents: Consent[] = [];
  for (const { data } of await ledger.findAll(consentType, [application], consentsMax)) {
    if (await ledger.isSealed(consentType, data, registrarMsp)) consents.push(data);
  }
  return consents;
}

/** Writes a consent under the State Corporation's seal. */
export async function putConsent(ledger: PublicLedger, consent: Consent): Promise<void> {
  await ledger.putSealed(consentType, consent, registrarMsp);
}

/** Whether a security token serves a consent already, whoever took the record of that away (CN-3). */
export async function isTokenTaken(ledger: Reader, identity: string): Promise<boolean> {
  return ledger.wasSealed(consentTokenType, [identity], registrarMsp);
}
