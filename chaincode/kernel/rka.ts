import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * The registration code of an address (RKA) of the Address Register: sixteen digits, as examples of
 * the cadastre and the persons' register show. No check digit is known.
 */
export type Rka = Brand<string, 'Rka'>;

export function parseRka(text: string): Outcome<Rka> {
  return /^\d{16}$/.test(text) ? accepted(text as Rka) : refused(refuse('RKA_FORMAT'));
}

export const rkaSchema = schemaOf(parseRka, {
  description: 'Registration code of an address (RKA).',
  examples: ['0200000000000001'],
  pattern: '^\\d{16}$',
  maxLength: 16,
});
