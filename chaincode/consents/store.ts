/** Consents as they stand on the ledger. */
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import { type Consent, consentParts, consentsMax, consentType } from './schema.ts';

/** Which consent: of a participant of an application, at which attempt. */
export type Which = Pick<Consent, 'application' | 'participant' | 'attempt'>;

/** The consent, if it was asked for. */
export async function consentOn(ledger: Reader, which: Which): Promise<Outcome<Consent>> {
  const { application, participant, attempt } = which;
  const found = await ledger.find(consentType, consentParts(application, participant, attempt));
  return found === undefined
    ? refused(refuse('CONSENT_UNKNOWN', { norm: 'CN-1' }))
    : accepted(found.data);
}

/** Every consent that was asked for an application. */
export async function consentsOf(ledger: Reader, application: string): Promise<readonly Consent[]> {
  const found = await ledger.findAll(consentType, [application], consentsMax);
  return found.map(({ data }) => data);
}
