/** How public records name a person: known to those who know the number and the salt (SE-2). */
import { z } from 'zod';
import { type DocumentHash, documentHashOf } from './document-hash.ts';

/** 32 random octets in hex, which keep the hash of a number from being guessed. */
export const personSalt = z.string().regex(/^[0-9a-f]{64}$/);

/** The salted hash of a person's IIN. */
export function personHash(salt: string, iin: string): DocumentHash {
  return documentHashOf(`${salt}:${iin}`);
}
