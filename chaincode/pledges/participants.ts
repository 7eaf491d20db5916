/**
 * Who has to take part in an application: it follows from the facts, not from what a form says.
 */
import { z } from 'zod';
import { binSchema } from '../kernel/bin.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { iinSchema } from '../kernel/iin.ts';

/** A natural person, by number and name. Only dossiers hold one (SE-2). */
export const naturalPerson = z.strictObject({
  iin: iinSchema,
  surname: z.string().min(1).max(100),
  givenName: z.string().min(1).max(100).optional(),
  patronymic: z.string().min(1).max(100).optional(),
});
export type NaturalPerson = z.output<typeof naturalPerson>;

export const legalPerson = z.strictObject({ bin: binSchema, name: z.string().min(1).max(300) });
export type LegalPerson = z.output<typeof legalPerson>;

export const person = z.union([naturalPerson, legalPerson]);
export type Person = z.output<typeof person>;

/** A record of marriage from ZAGS; dissolved where there is a record of divorce (PL-5). */
export const marriage = z.strictObject({
  of: iinSchema,
  spouse: naturalPerson,
  registeredOn: civilDateSchema,
  dissolvedOn: civilDateSchema.optional(),
});
export type Marriage = z.output<typeof marriage>;

/** What the registers say of a property and those who own it (PL-4, PL-5). */
export const facts = z.strictObject({
  owners: z.array(person).min(1).max(50),
  marriages: z.array(marriage).max(100),
});
export type Facts = z.output<typeof facts>;

export const participantRole = z.enum(['PLEDGEE', 'PLEDGOR', 'CO_OWNER', 'SPOUSE']);
export type ParticipantRole = z.output<typeof participantRole>;

/** Someone who has to sign, and to consent if a natural person (PL-6, CN-1). */
export type Participant = { readonly role: ParticipantRole; readonly person: Person };

/** IIN or BIN: what a person is known by. */
export function numberOf(who: Person): string {
  return 'iin' in who ? who.iin : who.bin;
}

/**
 * The required participants of an application: the pledgee, the pledgors, every other owner that
 * EGKN knows (PL-4), and the spouse of every natural owner whose marriage ZAGS does not show as
 * dissolved (PL-5).
 *
 * Each takes part once: a spouse who is also an owner signs as an owner. The pledgee and then the
 * others in the order of the facts, so that the list is the same whoever works it out.
 */
export function requiredParticipants(
  pledgee: LegalPerson,
  pledgors: readonly Person[],
  { owners, marriages }: Facts,
): readonly Participant[] {
  const known = new Map<string, Participant>();
  const add = (role: ParticipantRole, who: Person) => {
    const number = numberOf(who);
    if (!known.has(number)) known.set(number, { role, person: who });
  };
  add('PLEDGEE', pledgee);
  for (const pledgor of pledgors) add('PLEDGOR', pledgor);
  for (const owner of owners) add('CO_OWNER', owner);
  const numbers = owners.map(numberOf);
  for (const { of, spouse, dissolvedOn } of marriages) {
    if (numbers.includes(of) && dissolvedOn === undefined) add('SPOUSE', spouse);
  }
  return [...known.values()];
}

/** Pledgors who do not own the property: nobody pledges what is not theirs (PL-4). */
export function pledgorsWhoDoNotOwn(
  pledgors: readonly Person[],
  { owners }: Facts,
): readonly number[] {
  const numbers = owners.map(numberOf);
  return pledgors.flatMap((pledgor, index) => (numbers.includes(numberOf(pledgor)) ? [] : [index]));
}
