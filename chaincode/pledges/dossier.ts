/**
 * The dossier: everything personal of an application, in one canonical text (PL-2).
 *
 * It lies in the private collections of the platform's organisation and the State Corporation until
 * it is purged (CN-6). Everyone else knows its hash, which its salt keeps from being guessed.
 */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { cadastralNumberSchema } from '../kernel/cadastral-number.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { type DocumentHash, documentHashOf, documentHashSchema } from '../kernel/document-hash.ts';
import { moneySchema } from '../kernel/money.ts';
import { accepted, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { personHash } from '../kernel/person-hash.ts';
import { rkaSchema } from '../kernel/rka.ts';
import { shareSchema } from '../kernel/share.ts';
import { boundedText } from '../kernel/text.ts';
import { applicationKind, type KnownAs, type ParticipantEntry, target } from './application.ts';
import { factsFaults } from './facts-rules.ts';
import {
  facts,
  legalPerson,
  type Participant,
  participantsOfTermination,
  type Person,
  person,
  pledgorsWhoDoNotOwn,
  representation,
  represented,
  requiredParticipants,
} from './participants.ts';
import { refuse } from './refusals.ts';

const line = boundedText({ maximumCharacters: 300 });

/** 32 random octets in hex, made by the platform. */
export const salt = z.string().regex(/^[0-9a-f]{64}$/);

/** A property as the application describes it (PL-2; the groups of the consent's form). */
export const propertyDescription = z.strictObject({
  cadastralNumber: cadastralNumberSchema,
  rka: rkaSchema.optional(),
  address: line,
  type: line,
  /** Areas as the cadastre writes them, in square metres with a point. */
  totalArea: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/),
  livingArea: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,4})?$/)
    .optional(),
  components: z.int().min(1).max(10_000).optional(),
  landCategory: line.optional(),
  divisible: z.boolean().optional(),
  purpose: line.optional(),
  floors: z.int().min(1).max(200).optional(),
  ownershipForm: line,
  technicalCharacteristics: boundedText({ maximumCharacters: 2000, multiline: true }).optional(),
  /** What is pledged of it: `1/2`; the whole unless told. */
  share: shareSchema.optional(),
});

/** The contract and what it secures (PL-2). */
export const contract = z.strictObject({
  number: line,
  date: civilDateSchema,
  sum: moneySchema,
  until: civilDateSchema,
  mainObligation: boundedText({ maximumCharacters: 2000, multiline: true }),
  /** Whether a re-pledge needs the consent of this pledgee. */
  consentToRepledge: z.boolean(),
});

export const documentKind = z.enum(['TITLE', 'FULFILMENT', 'PAYMENT', 'REPRESENTATION', 'OTHER']);

/** A pledge that is changed or ended, and the salt by which its persons are known (PL-6, TR-2). */
const registeredPledge = z.strictObject({ encumbrance: applicationIdSchema, personSalt: salt });

export const dossier = z.strictObject({
  salt,
  /** Of its persons and its contract: whoever changes the pledge later gives it again. */
  personSalt: salt,
  registered: z.array(registeredPledge).max(20).default([]),
  application: applicationIdSchema,
  revision: z.int().min(1).max(100),
  kind: applicationKind,
  pledgee: legalPerson,
  pledgors: z.array(person).min(1).max(20),
  cedent: legalPerson.optional(),
  applicant: person.optional(),
  consentingPledgees: z.array(legalPerson).max(20).default([]),
  /** Who acts by law for natural persons among those who take part (CN-1). */
  representatives: z.array(representation).max(20).default([]),
  facts,
  targets: z.array(target).min(1).max(20),
  properties: z.array(propertyDescription).min(1).max(20),
  contract,
  documents: z
    .array(z.strictObject({ kind: documentKind, name: line, sha256: documentHashSchema }))
    .min(1)
    .max(50),
});
export type Dossier = z.output<typeof dossier>;

/** The one text of a dossier; its hash is the dossier's. */
export function dossierText(value: Dossier): string {
  return canonicalJson(value);
}

/** Who takes part, as it follows from the dossier's facts. */
export function participantsOf(value: Dossier): readonly Participant[] {
  const participants =
    value.kind === 'TERMINATION'
      ? participantsOfTermination(value)
      : requiredParticipants(value, value.facts);
  return represented(participants, value.representatives);
}

/** How the ledger knows a contract: by number and date, salted as its persons are. */
export function contractHash(
  { contract: { number, date } }: Pick<Dossier, 'contract'>,
  salt: string,
): DocumentHash {
  return documentHashOf(`${salt}:${canonicalJson({ number, date })}`);
}

/** How the ledger knows somebody: a legal entity by BIN, a natural person by salted IIN. */
export function knownAsOf(who: Person, salt: string): KnownAs {
  return 'bin' in who ? { bin: who.bin } : { person: personHash(salt, who.iin) };
}

/** The same list without names, in the same order, numbered from one. */
export function entriesOf(value: Dossier): readonly ParticipantEntry[] {
  return participantsOf(value).map(({ role, person: who, signs, representative }, index) => ({
    number: index + 1,
    role,
    ...knownAsOf(who, value.personSalt),
    natural: 'iin' in who,
    signs,
    ...(representative === undefined ? {} : { represented: true as const }),
  }));
}

/** The document that the pledgor certified, or for a termination the proof of fulfilment (TR-1). */
export function mainDocumentOf({ kind, documents }: Dossier): string {
  const wanted = kind === 'TERMINATION' ? 'FULFILMENT' : 'TITLE';
  return documents.find((each) => each.kind === wanted)?.sha256 ?? documentHashOf('');
}

/** The document that proves the payment, where one is attached; a termination needs it (TR-1). */
export function paymentDocumentOf({ documents }: Dossier): string | undefined {
  return documents.find(({ kind }) => kind === 'PAYMENT')?.sha256;
}

/** Whether a dossier is whole in itself; every fault at once (PL-3). */
export function whole(value: Dossier): Outcome<Dossier> {
  const { kind } = value;
  const isNew = kind === 'PLEDGE' || kind === 'REPLEDGE';
  const faults = [
    ...missingDocuments(value),
    ...value.targets.flatMap((each, index) => targetFaults(value, each, `/targets/${index}`)),
    ...(isNew
      ? pledgorsWhoDoNotOwn(value.pledgors, value.facts).map((index) =>
          refuse('PLEDGOR_NOT_OWNER', { norm: 'PL-4; 000 alg. 5', field: `/pledgors/${index}` }),
        )
      : []),
    ...factsFaults(value),
    ...representationFaults(value),
    ...namedTwice(value),
    ...((kind === 'CESSION') === (value.cedent !== undefined)
      ? []
      : [refuse('CEDENT_REFERENCE', { norm: 'PL-1', field: '/cedent' })]),
  ];
  return unlessRefused(faults, value);
}

/**
 * Each target is described, with the share that everyone will see and sign, and names a pledge unless
 * it is to be one.
 */
function targetFaults(
  { kind, properties }: Dossier,
  { property, encumbrance, share }: Dossier['targets'][number],
  field: string,
): readonly Refusal[] {
  const isNew = kind === 'PLEDGE' || kind === 'REPLEDGE';
  const described = properties.filter(({ cadastralNumber }) => cadastralNumber === property);
  return [
    ...(described.length > 0 ? [] : [refuse('PROPERTY_NOT_DESCRIBED', { norm: 'PL-2', field })]),
    ...(described.every((each) => each.share === share)
      ? []
      : [refuse('SHARE_DIFFERS', { norm: 'PL-2; PL-7', field: `${field}/share` })]),
    ...(isNew === (encumbrance === undefined)
      ? []
      : [refuse('ENCUMBRANCE_REFERENCE', { norm: 'PL-1', field })]),
  ];
}

/**
 * The title document, or for a termination what proves that the main obligation was fulfilled and
 * that the fee was paid (PL-7, TR-1).
 */
function missingDocuments({ kind, documents }: Dossier): readonly Refusal[] {
  const wanted = kind === 'TERMINATION' ? (['FULFILMENT', 'PAYMENT'] as const) : ['TITLE' as const];
  return wanted
    .filter((each) => !documents.some((document) => document.kind === each))
    .map((each) =>
      refuse('DOCUMENT_MISSING', {
        norm: 'PL-7; TR-1; 000 alg. 8, 18',
        field: '/documents',
        params: { kind: each },
      }),
    );
}

/**
 * Somebody acts for a natural person who takes part, for each of them one, by a document that is
 * attached; nobody acts for themselves (000 cl. 3 2)).
 */
function representationFaults(value: Dossier): readonly Refusal[] {
  const { representatives, documents } = value;
  const natural = participantsOf(value).flatMap(({ person: who }) =>
    'iin' in who ? [who.iin] : [],
  );
  const shown = documents.flatMap(({ kind, sha256 }) =>
    kind === 'REPRESENTATION' ? [sha256] : [],
  );
  return representatives.flatMap(({ of, by, basis }, index) => {
    const isFirst = representatives.findIndex((each) => each.of === of) === index;
    const isOfParticipant = isFirst && natural.includes(of) && by.iin !== of;
    const details = { norm: 'CN-1; 000 cl. 3 2)', field: `/representatives/${index}` };
    return [
      ...(isOfParticipant ? [] : [refuse('REPRESENTATION_OF_NOBODY', details)]),
      ...(shown.includes(basis) ? [] : [refuse('REPRESENTATION_UNPROVED', details)]),
    ];
  });
}

/** Each property or pledge is named once; an agreement on rank is about one property (PL-15). */
function namedTwice({ kind, targets }: Dossier): readonly Refusal[] {
  const names = targets.map(({ property, encumbrance = '' }) => `${property} ${encumbrance}`);
  const isRank = kind === 'RANK_AGREEMENT';
  const properties = new Set(targets.map(({ property }) => property));
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [
            refuse(isRank ? 'RANK_NAMES_TWICE' : 'TARGET_NAMED_TWICE', {
              norm: 'PL-1; PL-15',
              field: `/targets/${index}`,
            }),
          ],
    ),
    ...(isRank && (targets.length < 2 || properties.size > 1)
      ? [refuse('RANK_TARGETS', { norm: 'PL-15', field: '/targets' })]
      : []),
  ];
}

/** The participant of a number, or the refusal. */
export function participantNumbered(value: Dossier, number: number): Outcome<Participant> {
  const found = participantsOf(value)[number - 1];
  return found === undefined
    ? refused(refuse('PARTICIPANT_UNKNOWN', { norm: 'PL-6', params: { number: String(number) } }))
    : accepted(found);
}
