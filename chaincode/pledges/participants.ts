/**
 * Who has to take part in an application: it follows from the facts, not from what a form says.
 */
import { z } from 'zod';
import { binSchema } from '../kernel/bin.ts';
import { cadastralNumberSchema } from '../kernel/cadastral-number.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { iinSchema } from '../kernel/iin.ts';
import { instantSchema } from '../kernel/instant.ts';

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

/** A record of marriage from ZAGS; dissolved where there is a record of divorce, or of death (PL-5). */
export const marriage = z.strictObject({
  /** In whatever order ZAGS names them: either of them makes the other a spouse. */
  spouses: z.tuple([naturalPerson, naturalPerson]),
  registeredOn: civilDateSchema,
  dissolvedOn: civilDateSchema.optional(),
});

const shown = { evidence: documentHashSchema, at: instantSchema };

/** Who answered what was asked, when, and by what that is shown; also where there was no record. */
export const answer = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('EGKN'), property: cadastralNumberSchema, ...shown }),
  z.strictObject({ source: z.literal('ZAGS'), person: iinSchema, ...shown }),
]);

/** Somebody who owned a property when it was pledged and does not any more: sold it, or died. */
const formerOwner = z.strictObject({
  person,
  /** The day from which EGKN names another. */
  until: civilDateSchema,
  evidence: documentHashSchema,
});

/** What the registers say of a property and those who own it (PL-4, PL-5). */
export const facts = z.strictObject({
  owners: z.array(person).min(1).max(50),
  marriages: z.array(marriage).max(100),
  answers: z.array(answer).max(100),
  /** For a change of a registered pledge alone. */
  formerOwners: z.array(formerOwner).min(1).max(50).optional(),
});
export type Facts = z.output<typeof facts>;

/** What of the facts the participants follow from. */
export type Family = Pick<Facts, 'owners' | 'marriages'>;

/** The one who cedes, and the one who applies for a termination, have a part of their own. */
export const participantRole = z.enum([
  'APPLICANT',
  'PLEDGEE',
  'CEDENT',
  'CONSENTING_PLEDGEE',
  'PLEDGOR',
  'CO_OWNER',
  'SPOUSE',
]);
export type ParticipantRole = z.output<typeof participantRole>;

/** Someone who takes part: signs, or at least has to consent if a natural person (PL-6, CN-1). */
export type Participant = {
  readonly role: ParticipantRole;
  readonly person: Person;
  readonly signs: boolean;
  /** Who signs and consents for a natural person by law: a minor's parent, a guardian (CN-1). */
  readonly representative?: NaturalPerson;
};

/** Somebody who acts by law for a natural person, and the document that says so. */
export const representation = z.strictObject({
  of: iinSchema,
  by: naturalPerson,
  basis: documentHashSchema,
});
export type Representation = z.output<typeof representation>;

/** The IIN by which a natural participant signs: the representative's, where there is one. */
export function signingIin({ person, representative }: Participant): string | undefined {
  return representative?.iin ?? ('iin' in person ? person.iin : undefined);
}

/** The participants with those who act for them. */
export function represented(
  participants: readonly Participant[],
  representations: readonly Representation[],
): readonly Participant[] {
  return participants.map((participant) => {
    const found = representations.find(({ of }) => of === numberOf(participant.person));
    return found === undefined ? participant : { ...participant, representative: found.by };
  });
}

/** IIN or BIN: what a person is known by. */
export function numberOf(who: Person): string {
  return 'iin' in who ? who.iin : who.bin;
}

/** Those whom an application names itself. */
export type Parties = {
  readonly pledgee: LegalPerson;
  readonly pledgors: readonly Person[];
  /** Who cedes the claim, where it is ceded. */
  readonly cedent?: LegalPerson | undefined;
  /** Who applies for a termination; the text does not say who that may be (TR-1). */
  readonly applicant?: Person | undefined;
  /** Other pledgees who agree: to a re-pledge, or to a change of rank. */
  readonly consentingPledgees?: readonly LegalPerson[] | undefined;
};

/** Whether one of those with these numbers is a party to a marriage, on either side of its record. */
export function isMarriageOf(
  { spouses }: Pick<Facts['marriages'][number], 'spouses'>,
  numbers: readonly string[],
): boolean {
  return spouses.some(({ iin }) => numbers.includes(iin));
}

/**
 * The required participants of an application for one of the four kinds: the pledgee, who cedes,
 * the pledgors, every other owner that EGKN knows (PL-4), and the spouse of every natural owner or
 * pledgor whose marriage ZAGS does not show as dissolved (PL-5). All of them sign.
 *
 * Each takes part once: a spouse who is also an owner signs as an owner. The order follows from the
 * facts, so that the list is the same whoever works it out.
 */
export function requiredParticipants(
  { pledgee, pledgors, cedent, consentingPledgees }: Parties,
  { owners, marriages }: Family,
): readonly Participant[] {
  const numbers = [...owners, ...pledgors].map(numberOf);
  const married = marriages
    .filter((record) => record.dissolvedOn === undefined && isMarriageOf(record, numbers))
    .flatMap(({ spouses }) => spouses);
  return eachOnce([
    signing('PLEDGEE', [pledgee]),
    signing('CEDENT', cedent === undefined ? [] : [cedent]),
    signing('CONSENTING_PLEDGEE', consentingPledgees ?? []),
    signing('PLEDGOR', pledgors),
    signing('CO_OWNER', owners),
    signing('SPOUSE', married),
  ]);
}

/**
 * Who takes part in a termination: the applicant signs; the pledgors do not, but the notice goes to
 * each of them (TR-3), and the natural persons, whose data it uses, consent anew (TR-1, TR-5).
 */
export function participantsOfTermination({
  pledgee,
  pledgors,
  applicant,
}: Parties): readonly Participant[] {
  return eachOnce([
    signing('APPLICANT', [applicant ?? pledgee]),
    pledgors.map((person) => ({ role: 'PLEDGOR', person, signs: false })),
  ]);
}

function signing(role: ParticipantRole, persons: readonly Person[]): readonly Participant[] {
  return persons.map((who) => ({ role, person: who, signs: true }));
}

function eachOnce(groups: readonly (readonly Participant[])[]): readonly Participant[] {
  const known = new Map<string, Participant>();
  for (const participant of groups.flat()) {
    const number = numberOf(participant.person);
    if (!known.has(number)) known.set(number, participant);
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
