/** Who holds a mandate: known to those who know the holder's number and the salt, to nobody else. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { iinSchemaOf } from '../kernel/iin.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import { personHash, personSalt } from '../kernel/person-hash.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import { allows, type Wanted } from './rules.ts';
import { type Mandate, mandateType } from './schema.ts';

/** What shows that somebody holds a mandate; personal, and so transient. */
export const holding = z.strictObject({
  mandate: applicationIdSchema,
  /** The published test numbers fail the check digit; the certificate's own check is the verifier's. */
  holderIin: iinSchemaOf('TEST_NUMBERS'),
  holderSalt: personSalt,
});
export type Holding = z.output<typeof holding>;

/**
 * The mandate of an id, as the State Corporation has sealed it: a majority without it could take a
 * revocation back, and nobody would decide by a mandate that it wrote.
 */
export async function mandateOn(ledger: Reader, which: string): Promise<Outcome<Mandate>> {
  const found = await ledger.findSealed(mandateType, [which], registrarMsp);
  if (found.state === 'SEALED') return accepted(found.data);
  const code = found.state === 'ABSENT' ? 'MANDATE_UNKNOWN' : 'MANDATE_ALTERED';
  return refused(refuse(code, { norm: 'SE-3' }));
}

/** The mandate under which exactly this person may act so for the organisation, if it is one. */
export async function heldMandate(
  ledger: Reader,
  { mandate: which, holderIin, holderSalt: salt }: Readonly<Record<keyof Holding, string>>,
  wanted: Wanted,
): Promise<Outcome<Mandate>> {
  const live = andThen(await mandateOn(ledger, which), (mandate) => allows(mandate, wanted));
  return andThen(live, (mandate) =>
    mandate.holder === personHash(salt, holderIin)
      ? accepted(mandate)
      : refused(refuse('MANDATE_HOLDER_DIFFERS', { norm: 'SE-3' })),
  );
}
