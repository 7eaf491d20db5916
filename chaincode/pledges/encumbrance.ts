/**
 * An encumbrance: a registered pledge of one property, from its registration to its termination.
 *
 * Nothing of it is about natural persons: the pledgor stands in the dossier, the holder is a legal
 * entity (SE-2).
 */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { cadastralNumberSchema } from '../kernel/cadastral-number.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { minuteSchema } from '../kernel/minute.ts';
import { shareSchema } from '../kernel/share.ts';
import { recordType } from '../ledger/record.ts';
import { partPlace } from './portfolio/part.ts';

export const egknNumberLengthMax = 40;
/** A number that EGKN itself gives. */
export const egknNumber = z
  .string()
  .max(egknNumberLengthMax)
  .regex(/^[A-Za-z0-9-]+$/);

/**
 * When EGKN accepted the application: the minute, EGKN's own number, and last our id, so that no two
 * are equal. The rank follows from it (PL-15) and from nothing that a platform chooses.
 */
export const acceptanceKey = z.strictObject({
  minute: minuteSchema,
  egknNumber,
  application: applicationIdSchema,
});
export type AcceptanceKey = z.output<typeof acceptanceKey>;

/** Who holds the pledge, since which application; the last one holds it now. */
const holding = z.strictObject({
  bin: binSchema,
  application: applicationIdSchema,
  since: instantSchema,
});

/** The terms that hold, by the documents that state them; the last ones hold now. */
const terms = z.strictObject({
  application: applicationIdSchema,
  titleDocument: documentHashSchema,
  /** None where EGKN registered it elsewhere: no dossier was ever here. */
  dossier: documentHashSchema.optional(),
  since: instantSchema,
});

/** Most holders and terms that one pledge has had; the rules refuse what would go beyond. */
export const holdersMax = 200;
export const termsMax = 200;

export const encumbrance = z.strictObject({
  id: applicationIdSchema,
  property: cadastralNumberSchema,
  kind: z.enum(['PLEDGE', 'REPLEDGE']),
  /** What is pledged of the property; the whole unless told, or not known of an older record. */
  share: shareSchema.optional(),
  acceptance: acceptanceKey,
  registeredAt: instantSchema,
  /** The platform on which it was filed; the State Corporation itself for what it entered. */
  platform: binSchema,
  /** The batch that entered what EGKN registered elsewhere. */
  importedBy: applicationIdSchema.optional(),
  /** The part of a batch that wrote it so, if one did: it is on that part's sheet. */
  sheet: partPlace.optional(),
  holders: z.array(holding).min(1).max(holdersMax),
  terms: z.array(terms).min(1).max(termsMax),
  /** Whether the contract allows a re-pledge only with this holder's consent. */
  consentToRepledge: z.boolean(),
  state: z.enum(['LIVE', 'TERMINATED']),
  termination: z
    .strictObject({
      /** What it was registered by: an application, or the batch that brought it in from EGKN. */
      application: applicationIdSchema,
      registeredAt: instantSchema,
      /** EGKN's number of it, where EGKN registered it elsewhere. */
      egknNumber: egknNumber.optional(),
    })
    .optional(),
});
export type Encumbrance = z.output<typeof encumbrance>;

/** One record for each property that a pledge covers, so that one of them can be released (TR-3). */
export const encumbranceType = recordType({
  name: 'encumbrance',
  version: 1,
  schema: encumbrance,
  keyOf: (data: Encumbrance) => [data.property, data.id],
  indexes: {
    /**
     * All who hold or held it. Nobody is ever taken out, so that a cession of many pledges has one
     * entry to write for each and stays within five state calls a record: two reads (record, seal; the
     * seal only where no sheet vouches for it) and three writes (record, seal, entry). Who holds it
     * now, its record says.
     */
    holder: ({ holders }) => holders.map(({ bin }) => [bin]),
    /** All contracts and agreements that stated its terms. */
    document: ({ terms: stated }) => stated.map(({ titleDocument }) => [titleDocument]),
  },
});

/** An agreement of holders on the order of their pledges of one property. */
export const rankAgreement = z.strictObject({
  property: cadastralNumberSchema,
  application: applicationIdSchema,
  /** When it was registered: agreements apply in this order. */
  acceptance: acceptanceKey,
  /** The encumbrances in the order agreed on; they exchange the places that they have. */
  order: z.array(applicationIdSchema).min(2).max(50),
});
export type RankAgreement = z.output<typeof rankAgreement>;

export const rankAgreementType = recordType({
  name: 'rank.agreement',
  version: 1,
  schema: rankAgreement,
  keyOf: (data: RankAgreement) => [data.property, data.application],
});
