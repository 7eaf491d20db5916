/** The questions that applications and the register answer, a page at a time. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { binSchema } from '../../kernel/bin.ts';
import { cadastralNumberSchema } from '../../kernel/cadastral-number.ts';
import { documentHashSchema } from '../../kernel/document-hash.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { changesOf, historyPage } from '../../ledger/history.ts';
import { operation } from '../../ledger/operation.ts';
import { application, applicationState } from '../application.ts';
import { encumbrance } from '../encumbrance.ts';

const asQuery = { contract: 'pledges', shape: { kind: 'query' }, callers: {} } as const;

/** A page may be shorter than asked for and not the last: the last one has no `next`. */
const page = {
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(1000).optional(),
};
const next = z.string().optional();
const applications = z.strictObject({ applications: z.array(application), next });
const encumbrances = z.strictObject({ encumbrances: z.array(encumbrance), next });

export const applicationsOfPledgee = operation({
  ...asQuery,
  name: 'applicationsOfPledgee',
  summary: 'Lists the applications of a pledgee, all or those in one state.',
  norms: 'PL-2; PL-12',
  input: z.strictObject({ pledgee: binSchema, state: applicationState.optional(), ...page }),
  output: applications,
});

export const applicationsOfPlatform = operation({
  ...asQuery,
  name: 'applicationsOfPlatform',
  summary: 'Lists the applications of a platform, all or those in one state.',
  norms: 'PL-2; PL-12',
  input: z.strictObject({ platform: binSchema, state: applicationState.optional(), ...page }),
  output: applications,
});

export const applicationsInState = operation({
  ...asQuery,
  name: 'applicationsInState',
  summary: 'Lists the applications in a state, whoever filed them.',
  norms: 'PL-11; PL-13',
  input: z.strictObject({ state: applicationState, ...page }),
  output: applications,
});

export const applicationsDue = operation({
  ...asQuery,
  name: 'applicationsDue',
  summary: 'Lists the applications that await a decision, the earliest due first.',
  norms: 'PL-12; 000 alg. 14',
  /** With the present instant as `until`: those that are late. */
  input: z.strictObject({ until: instantSchema.optional(), ...page }),
  output: applications,
});

export const applicationsForProperty = operation({
  ...asQuery,
  name: 'applicationsForProperty',
  summary: 'Lists the applications that concern a property.',
  norms: 'PL-15',
  input: z.strictObject({ property: cadastralNumberSchema, ...page }),
  output: applications,
});

export const applicationsByDocument = operation({
  ...asQuery,
  name: 'applicationsByDocument',
  summary: 'Finds the applications with a title document, by the SHA-256 of its file.',
  norms: 'PL-2; PL-15',
  input: z.strictObject({ document: documentHashSchema, ...page }),
  output: applications,
});

export const pledgesOfHolder = operation({
  ...asQuery,
  name: 'pledgesOfHolder',
  summary: 'Lists the registered pledges that someone holds, or those ever held.',
  norms: 'PL-15',
  input: z.strictObject({ holder: binSchema, past: z.boolean().default(false), ...page }),
  output: encumbrances,
});

export const pledgesByDocument = operation({
  ...asQuery,
  name: 'pledgesByDocument',
  summary: 'Finds the registered pledges by a contract or agreement, by the SHA-256 of its file.',
  norms: 'PL-15',
  input: z.strictObject({ document: documentHashSchema, ...page }),
  output: encumbrances,
});

export const applicationHistory = operation({
  ...asQuery,
  name: 'applicationHistory',
  summary: 'Shows every change of an application, newest first.',
  norms: 'SE-1; PL-1',
  input: z.strictObject({ application: applicationIdSchema, ...historyPage }),
  output: changesOf(application),
});

export const pledgeHistory = operation({
  ...asQuery,
  name: 'pledgeHistory',
  summary: 'Shows every change of a registered pledge, newest first.',
  norms: 'SE-1; PL-1; PL-15',
  input: z.strictObject({
    property: cadastralNumberSchema,
    encumbrance: applicationIdSchema,
    ...historyPage,
  }),
  output: changesOf(encumbrance),
});

/** One record of a register, as the ledger holds it. */
export const certifiedRecord = z.strictObject({
  type: z.enum(['encumbrance', 'rank.agreement']),
  id: applicationIdSchema,
  /** Among the live pledges; none for what has ended and for an agreement. */
  rank: z.int().min(1).optional(),
  /** The exact text on the ledger; the State Corporation's seal is a hash of its hash. */
  text: z.string(),
  /** The transaction that wrote this text. */
  transactionId: z.string(),
});

export const certify = operation({
  ...asQuery,
  name: 'certify',
  summary: 'States the register of a property record by record, as an extract certifies it.',
  norms: 'PL-15',
  input: z.strictObject({ property: cadastralNumberSchema }),
  output: z.strictObject({
    property: cadastralNumberSchema,
    records: z.array(certifiedRecord).max(200),
  }),
});

export const pledgeQueryOperations = [
  applicationsOfPledgee,
  applicationsOfPlatform,
  applicationsInState,
  applicationsDue,
  applicationsForProperty,
  applicationsByDocument,
  pledgesOfHolder,
  pledgesByDocument,
  applicationHistory,
  pledgeHistory,
  certify,
];
