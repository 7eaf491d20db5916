/**
 * An application for the service, from its preparation to its end, as everyone may see it: ids,
 * hashes, times, legal entities. Who the natural persons are stands in the dossier alone (SE-2).
 */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { cadastralNumberSchema } from '../kernel/cadastral-number.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { documentHashOf, documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { shareSchema } from '../kernel/share.ts';
import { recordType } from '../ledger/record.ts';
import { acceptanceKey } from './encumbrance.ts';
import { participantRole } from './participants.ts';

/** The four kinds of title document (PL-1), the termination (TR-1), and an agreement on rank. */
export const applicationKind = z.enum([
  'PLEDGE',
  'REPLEDGE',
  'AMENDMENT',
  'CESSION',
  'TERMINATION',
  'RANK_AGREEMENT',
]);

/** A property, and for what changes or ends a pledge, which of its pledges. */
export const target = z.strictObject({
  property: cadastralNumberSchema,
  encumbrance: applicationIdSchema.optional(),
  /** What is pledged of it; the whole unless told. */
  share: shareSchema.optional(),
});

/** A participant without a name: a number in the dossier's list, and a role. */
export const participantEntry = z.strictObject({
  number: z.int().min(1).max(100),
  role: participantRole,
  /** Of a legal entity; no number of a natural person stands here (SE-2). */
  bin: binSchema.optional(),
  /** Of a natural person: the hash by which who changes the pledge is held to it (PL-6). */
  person: documentHashSchema.optional(),
  /** A natural person, whose consent is needed (CN-1). */
  natural: z.boolean(),
  signs: z.boolean(),
  /** A lawful representative signs and consents for this natural person (CN-1). */
  represented: z.literal(true).optional(),
});
export type ParticipantEntry = z.output<typeof participantEntry>;

/** That a participant's signature over exactly this revision was verified by its holders. */
export const confirmation = z.strictObject({
  participant: z.int().min(1).max(100),
  manifest: documentHashSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
});
export type Confirmation = z.output<typeof confirmation>;

/** Which consent a participant's is: the number of its attempt, as it stands among the consents. */
const consentUsed = z.strictObject({
  participant: z.int().min(1).max(100),
  attempt: z.int().min(1).max(20),
});
export type ConsentUsed = z.output<typeof consentUsed>;

/** The fee: when its payment was confirmed (PL-9), and when EGKN had that confirmation (PL-12). */
export const payment = z.strictObject({
  evidence: documentHashSchema,
  confirmedAt: instantSchema,
  reachedEgknAt: instantSchema.optional(),
});

/** The checks of PL-7 and PL-10, each with its source and evidence. */
export const checkName = z.enum([
  'FORM_COMPLETE',
  'DOCUMENTS_ATTACHED',
  'SIGNATURES',
  'PAYMENT',
  'MARRIAGE',
  'PERSON_NUMBERS',
  'PROPERTY_EXISTS',
  'RIGHTS_AND_CHARACTERISTICS',
  'NO_EXCLUDING_ENCUMBRANCE',
  'NOT_IN_TERRORISM_LIST',
]);
export type CheckName = z.output<typeof checkName>;

/** What has to be met before an officer may register (PL-10; 000 alg. 11-12). */
export const checksToRegister: readonly CheckName[] = [
  'FORM_COMPLETE',
  'PAYMENT',
  'MARRIAGE',
  'SIGNATURES',
  'PERSON_NUMBERS',
  'PROPERTY_EXISTS',
  'RIGHTS_AND_CHARACTERISTICS',
  'NO_EXCLUDING_ENCUMBRANCE',
  'NOT_IN_TERRORISM_LIST',
];

/** Those that look at the documents and their signatures: a supplement needs them anew. */
export const checksOfContent: readonly CheckName[] = [
  'FORM_COMPLETE',
  'DOCUMENTS_ATTACHED',
  'SIGNATURES',
];

/** A termination is checked against the registered pledge and for payment alone (TR-2; alg. 20). */
export const checksToTerminate: readonly CheckName[] = [
  'RIGHTS_AND_CHARACTERISTICS',
  'PERSON_NUMBERS',
  'PAYMENT',
];

/** What may change while the application is suspended: a resumption needs these anew (PL-10, PL-13). */
export const checksToRenew: readonly CheckName[] = [
  'RIGHTS_AND_CHARACTERISTICS',
  'NO_EXCLUDING_ENCUMBRANCE',
  'NOT_IN_TERRORISM_LIST',
];

/** What EGKN reported of a property: codes of the cadastre's dictionary, none where it is free. */
export const reportedEncumbrances = z.strictObject({
  property: cadastralNumberSchema,
  codes: z.array(z.string().regex(/^\d{4}$/)).max(100),
});

export const checkSource = z.enum(['PLATFORM', 'GBD_FL', 'GBD_UL', 'ZAGS', 'EGKN', 'FT_LIST']);
export type CheckSource = z.output<typeof checkSource>;

/** Somebody as the ledger knows them: a legal entity by BIN, a natural person by salted hash. */
export const knownAs = z.union([
  z.strictObject({ bin: binSchema }),
  z.strictObject({ person: documentHashSchema }),
]);
export type KnownAs = z.output<typeof knownAs>;

/** Most people that a register answers with about one application. */
const peopleMax = 150;
const people = z.array(knownAs).max(peopleMax);

export const check = z.strictObject({
  check: checkName,
  source: checkSource,
  isMet: z.boolean(),
  /** Whom the register named: owners and pledgors by EGKN, those married to them by ZAGS. */
  people: people.optional(),
  /** Number and date of the contract, salted, as EGKN has the pledge that is to end (TR-2). */
  contract: documentHashSchema.optional(),
  /** From what it follows that no encumbrance excludes the registration. */
  encumbrances: z.array(reportedEncumbrances).max(20).optional(),
  evidence: documentHashSchema,
  at: instantSchema,
});
export type Check = z.output<typeof check>;

/** What every check is reported with. */
const plain = check.omit({ encumbrances: true, people: true, contract: true });

/**
 * A check as it is reported. Whether an encumbrance excludes the registration, and whether those whom
 * a register names take part, is not the sender's to say: codes and people are reported, and the
 * dictionary and the application say what they mean (PL-4, PL-5, PL-10).
 */
export const reportedCheck = z.discriminatedUnion('check', [
  plain.extend({
    check: checkName.exclude([
      'NO_EXCLUDING_ENCUMBRANCE',
      'RIGHTS_AND_CHARACTERISTICS',
      'MARRIAGE',
    ]),
  }),
  plain.extend({
    check: z.literal('RIGHTS_AND_CHARACTERISTICS'),
    /** Who owns the properties; for a termination, who has pledged them. */
    people: people.min(1),
    contract: documentHashSchema.optional(),
  }),
  plain.extend({
    check: z.literal('MARRIAGE'),
    /** Who is married to a natural owner or pledgor; nobody where ZAGS has no record. */
    people,
  }),
  check.omit({ isMet: true, people: true, contract: true }).extend({
    check: z.literal('NO_EXCLUDING_ENCUMBRANCE'),
    source: z.literal('EGKN'),
    encumbrances: z.array(reportedEncumbrances).min(1).max(20),
  }),
]);
export type ReportedCheck = z.output<typeof reportedCheck>;

/** A ground of suspension (article 27) or refusal (article 31), by its mark among the legal grounds. */
export const ground = z.strictObject({
  article: z.enum(['27', '31']),
  code: z.string().regex(/^[A-Z_]{1,40}$/),
});

/** What stands in the signed manifest for the encumbrances that the officer has looked at. */
export function consideredHash(
  considered: readonly z.output<typeof reportedEncumbrances>[],
): string {
  return documentHashOf(canonicalJson(considered));
}

/** What the registering officer decided, by a signature that the State Corporation's peer verified. */
export const decision = z.strictObject({
  decision: z.enum(['REGISTER', 'SUSPEND', 'RESUME', 'REFUSE']),
  grounds: z.array(ground).max(10),
  /** Of the grounds with the officer's words on them, which lie at the holders (PL-13, SE-2). */
  reasons: documentHashSchema,
  /** Encumbrances that the dictionary leaves to the officer: looked at, and no obstacle (PL-10). */
  considered: z.array(reportedEncumbrances).min(1).max(20).optional(),
  decidedAt: instantSchema,
  cms: documentHashSchema,
  mandate: z.string().min(1).max(64),
});
export type OfficerDecision = z.output<typeof decision>;

/** The refusal of the pledgee's head before filing; its reasons lie at the holders (PL-8). */
export const pledgeeRefusal = z.strictObject({
  reasons: documentHashSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
});

/** That who applied has taken it back after the filing, by an own signature. */
export const withdrawal = confirmation.omit({ participant: true });
export type Withdrawal = z.output<typeof withdrawal>;

/** Why nobody can carry an application on; each of it the ledger knows for itself. */
export const closureReason = z.enum(['PLATFORM_EXCLUDED', 'PLATFORM_GONE', 'REGIME_LAPSED']);
export type ClosureReason = z.output<typeof closureReason>;

/** That the State Corporation ended what nobody can carry on, before EGKN took it. */
export const closure = z.strictObject({ reason: closureReason, at: instantSchema });

/** A holder whose pledge is changed or ended, and through whom it is told beside the platform. */
export const holderTold = z.strictObject({ bin: binSchema, deliverer: mspIdSchema });
export type HolderTold = z.output<typeof holderTold>;

export const applicationState = z.enum([
  'PREPARED',
  'FILED',
  'ACCEPTED',
  'SUSPENDED',
  'REGISTERED',
  'REFUSED',
  'WITHDRAWN',
  'CLOSED',
  'REFUSED_BY_PLEDGEE',
]);
export type ApplicationState = z.output<typeof applicationState>;

/** The last day for a decision, and its last instant (PL-12). */
export const due = z.strictObject({ lastDay: civilDateSchema, until: instantSchema });

/** Most checks and decisions of an application; the rules refuse what would go beyond. */
export const checksMax = 100;
export const decisionsMax = 50;

export const application = z.strictObject({
  id: applicationIdSchema,
  kind: applicationKind,
  platform: binSchema,
  pledgee: binSchema,
  /** Who cedes, where a claim is ceded. */
  cedent: binSchema.optional(),
  /** Whether the contract lets nobody re-pledge without this pledgee. */
  consentToRepledge: z.boolean(),
  targets: z.array(target).min(1).max(20),
  /** Of the content: a changed dossier is a new revision and needs new signatures. */
  revision: z.int().min(1).max(100),
  dossier: documentHashSchema,
  titleDocument: documentHashSchema,
  /** What proves the payment, where everyone signed it with the dossier (TR-1). */
  paymentDocument: documentHashSchema.optional(),
  /** Number and date of the contract, salted: a termination has to name them again (TR-2). */
  contract: documentHashSchema,
  participants: z.array(participantEntry).min(1).max(100),
  /** Most participants that any revision had, once there were several: their signatures lie there. */
  participantsMost: z.int().min(1).max(100).optional(),
  confirmations: z.array(confirmation).max(100),
  /** The consents that it was filed with: whether it is registered depends on these alone (CN-5). */
  consents: z.array(consentUsed).max(100).optional(),
  checks: z.array(check).max(checksMax),
  /** The edition it was filed under; it is finished under it (RG-1, RG-4). */
  edition: z.string().optional(),
  payment: payment.optional(),
  acceptance: acceptanceKey.optional(),
  due: due.optional(),
  isLate: z.boolean().optional(),
  decisions: z.array(decision).max(decisionsMax),
  pledgeeRefusal: pledgeeRefusal.optional(),
  /** None where it was a draft that its platform dropped. */
  withdrawal: withdrawal.optional(),
  closure: closure.optional(),
  /** As it stood at the filing: of the organisations of a later day it does not follow. */
  holders: z.array(holderTold).max(22).optional(),
  /** When the service ended: from here the term of storage counts (CN-6). */
  endedAt: instantSchema.optional(),
  state: applicationState,
});
export type Application = z.output<typeof application>;

export const applicationType = recordType({
  name: 'application',
  version: 1,
  schema: application,
  keyOf: (data: Application) => [data.id],
  indexes: {
    /** A bank asks for its own, mostly for those in one state. */
    pledgee: ({ pledgee, state }) => [[pledgee, state]],
    platform: ({ platform, state }) => [[platform, state]],
    /** The registrar works through a state, and through what is due, earliest first (PL-12). */
    state: ({ state }) => [[state]],
    due: ({ state, due }) => (state === 'ACCEPTED' && due !== undefined ? [[due.until]] : []),
    /** Who lends on a property asks what else is under way there. */
    property: ({ targets }) => targets.map(({ property }) => [property]),
    /** Who has the contract's file knows its hash, and nobody else does. */
    document: ({ titleDocument }) => [[titleDocument]],
  },
});
