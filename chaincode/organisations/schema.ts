/** Organisations that take part, their admission checklists and their integration with KDP. */
import { z } from 'zod';
import { binSchema } from '../kernel/bin.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { recordType } from '../ledger/record.ts';
import { memberKind } from '../roster/schema.ts';

const title = z.string().min(1).max(300);
const systemId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);

/**
 * Why a system need not be integrated with KDP: the cases of article 9 of the law on personal data
 * that the rules except (OR-5).
 */
export const kdpException = z.enum(['ARTICLE_9_1', 'ARTICLE_9_2', 'ARTICLE_9_9', 'ARTICLE_9_9_2']);

/** An information system of an organisation; all that handle personal data are integrated (OR-5). */
export const system = z.strictObject({
  id: systemId,
  name: title,
  kdpException: kdpException.optional(),
});

/** What the consortium decides about an organisation (OR-1). */
export const organisationDraft = z.strictObject({
  bin: binSchema,
  name: title,
  kind: memberKind,
  mspId: mspIdSchema,
  /** What else it is, as a regime names those that it excludes: `SECOND_TIER_BANK`. */
  categories: z.array(z.string().regex(/^[A-Z_]{1,60}$/)).max(10),
  systems: z.array(system).min(1).max(20),
});

/** What may change of it afterwards; of another MSP or BIN it would be another party. */
export const organisationChange = organisationDraft.pick({
  bin: true,
  name: true,
  categories: true,
  systems: true,
});

/** Most decisions after the admission that a record holds; the rules refuse what would go beyond. */
export const organisationDecisionsMax = 100;

export const organisation = z.strictObject({
  ...organisationDraft.shape,
  admittedBy: z.string(),
  /** The decision by which it is excluded now. */
  excludedBy: z.string().optional(),
  /** What was decided about it since, in order; each decision states its contents. */
  since: z
    .array(
      z.strictObject({ kind: z.enum(['CHANGED', 'EXCLUDED', 'READMITTED']), decision: z.string() }),
    )
    .max(organisationDecisionsMax)
    .optional(),
});
export type Organisation = z.output<typeof organisation>;
export type OrganisationChange = z.output<typeof organisationChange>;

export const organisationType = recordType({
  name: 'organisation',
  version: 1,
  schema: organisation,
  keyOf: (data: Organisation) => [data.bin],
});

/** The organisation of an MSP: an index entry, since a caller is known by its MSP. */
export const organisationOfMspType = recordType({
  name: 'organisation.of-msp',
  version: 1,
  schema: z.strictObject({ mspId: mspIdSchema, bin: binSchema }),
  keyOf: ({ mspId }) => [mspId],
});

/** What an organisation must have before it may file (OR-2; 000 cl. 3-4). */
export const checklistItemName = z.enum([
  'KDP_CONNECTION',
  'SECURITY_TEST_PROTOCOLS',
  'JOINT_WORKS_CONTRACT',
  'SECURITY_OPERATIONS_CENTRE',
  'UNIFORM_REQUIREMENTS_MEASURES',
]);
export type ChecklistItemName = z.output<typeof checklistItemName>;

/** A document by which an item is proved; the ledger knows its hash. */
export const proof = z.strictObject({
  number: z.string().min(1).max(100),
  date: civilDateSchema,
  hash: documentHashSchema,
});

const provenFor = {
  proofs: z.array(proof).min(1).max(20),
  validFrom: civilDateSchema,
  /** Its last day; absent for what does not expire. */
  validUntil: civilDateSchema.optional(),
};

/** What was accepted of an item before its present documents, with the days for which it was proved. */
export const acceptedEarlier = z.strictObject(provenFor);
export type AcceptedEarlier = z.output<typeof acceptedEarlier>;

/** Most of them that a record holds; the one that began first makes room, and the history keeps it. */
export const acceptedEarlierMax = 20;

export const checklistItem = z.strictObject({
  bin: binSchema,
  item: checklistItemName,
  ...provenFor,
  /** Stated by the organisation; it counts once the operator of e-government has accepted it. */
  state: z.enum(['STATED', 'ACCEPTED', 'RETURNED']),
  reason: z.string().max(1000).optional(),
  /** What goes on to count until the present documents are accepted and their first day has come. */
  earlier: z.array(acceptedEarlier).max(acceptedEarlierMax).optional(),
});
export type ChecklistItem = z.output<typeof checklistItem>;

export const checklistItemType = recordType({
  name: 'organisation.item',
  version: 1,
  schema: checklistItem,
  keyOf: (data: ChecklistItem) => [data.bin, data.item],
});

/** How consents are asked for and given (CN-2; 002 cl. 7). */
export const consentMode = z.enum([
  'CALL_CENTRE_1414',
  'OWN_MEANS',
  'PROACTIVE',
  'PROTOCOL',
  'SMS_CODE',
]);
export type ConsentMode = z.output<typeof consentMode>;

const plain = z.string().min(1).max(2000);

/** A hundred years: longer than any archive's term for a deal. */
const storageDaysMax = 36_525;

/** What an application for integration states (OR-3; 002 cl. 5, 7-8). */
export const integrationApplication = z.strictObject({
  services: z.array(title).min(1).max(50),
  needed: z
    .array(z.strictObject({ service: title, businessProcess: plain }))
    .min(1)
    .max(50),
  servicePeriod: plain,
  storageTime: plain,
  /** The same as the ledger counts it: days after the end of the service (CN-6; 002 cl. 5 4)). */
  storageDays: z.int().min(0).max(storageDaysMax),
  processingTime: plain,
  storageBasis: plain,
  mode: consentMode,
  /** The initiator's part; some modes are open to initiators alone. */
  part: z.enum(['INITIATOR', 'OPERATOR']),
  /** Protocols of tests for information security; every mode presumes them. */
  testProtocols: z.array(documentHashSchema).min(1).max(20),
  /** For own means: the agreement of the authority for personal data, unless a bank. */
  authorityAgreement: documentHashSchema.optional(),
  /** For own means: proof of a security operations centre. */
  operationsCentre: documentHashSchema.optional(),
  /** For proactive services: proof that the initiator provides them. */
  proactiveServices: documentHashSchema.optional(),
});
export type IntegrationApplication = z.output<typeof integrationApplication>;

/** One successful answer with a security token from the test environment (OR-3, OR-4). */
export const testAnswer = z.strictObject({
  /** The token's identity: the same however its signature is written. */
  tokenHash: documentHashSchema,
  answeredAt: instantSchema,
  transactionId: z.string(),
});

/** Most answers that an integration counts; the rules refuse what would go beyond. */
export const testAnswersMax = 100;

/** By what the ledger knows that the head signed the test act (OR-4). */
export const signedAct = z.strictObject({
  cms: documentHashSchema,
  /** By the verified time stamp. */
  signedAt: instantSchema,
  trustVersion: z.string(),
});

export const integrationState = z.enum([
  'SUBMITTED',
  'RETURNED',
  'WITHDRAWN',
  'APPROVED',
  'ACT_FILED',
  'PRODUCTION',
  'ENDED',
]);

/** One application's way: what it applies for, and what was decided, counted and signed of it. */
const passage = {
  application: integrationApplication,
  submittedAt: instantSchema,
  /** The last day for the decision, ten working days after (002 cl. 9). */
  dueOn: civilDateSchema,
  decidedAt: instantSchema.optional(),
  /** Whether the decision came after its last day; recorded, not refused. */
  isLate: z.boolean().optional(),
  /** For own means: the public part of the organisation's key, handed to KDP (002 cl. 10 2)). */
  keyHanded: z.strictObject({ hash: documentHashSchema, at: instantSchema }).optional(),
  answers: z.array(testAnswer).max(testAnswersMax),
  act: documentHashSchema.optional(),
  /** Absent where the act was filed under an earlier build, by its hash alone. */
  actSigned: signedAct.optional(),
};

export const integration = z.strictObject({
  bin: binSchema,
  system: systemId,
  ...passage,
  /** Why it was returned or withdrawn, or the act was returned, or production ended. */
  reason: z.string().max(1000).optional(),
  /** What goes on in production while another application passes (OR-3). */
  inForce: z.strictObject(passage).optional(),
  endedAt: instantSchema.optional(),
  state: integrationState,
});
export type Integration = z.output<typeof integration>;

export const integrationType = recordType({
  name: 'kdp.integration',
  version: 2,
  schema: integration,
  keyOf: (data: Integration) => [data.bin, data.system],
  /** The first version knew the term by its text alone, and purged when the service had ended. */
  upgrade: (data) => {
    const earlier = data as { readonly application: object };
    return { ...earlier, application: { ...earlier.application, storageDays: 0 } };
  },
});
