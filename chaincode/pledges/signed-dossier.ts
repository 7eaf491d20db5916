/** What a participant's signature over a dossier is verified from, by the peers that hold both. */
import { z } from 'zod';
import { iinSchemaOf } from '../kernel/iin.ts';
import { personSalt } from '../kernel/person-hash.ts';
import { holding } from '../mandates/holding.ts';
import { evidence, findings } from '../trust/evidence.ts';
import { dossier, salt } from './dossier.ts';

/** The participant by number, what was signed, and under which mandate if not by the head (PL-7). */
export const signedDossier = z.strictObject({
  salt,
  participant: z.int().min(1).max(100),
  /** The IIN of who signs for a legal entity; a natural person's own stands in the dossier. */
  signatoryIin: iinSchemaOf('TEST_NUMBERS').optional(),
  /** Of the head, where the head signs for a legal entity: the organisation's list has its hash. */
  headSalt: personSalt.optional(),
  /** Where it is not the head who signs for a pledgee. */
  mandate: holding.optional(),
  dossier,
  evidence,
  found: findings,
});
