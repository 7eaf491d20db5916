/** The transactions of pledges: applications, decisions, the register. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { cadastralNumberSchema } from '../kernel/cadastral-number.ts';
import { iinSchemaOf } from '../kernel/iin.ts';
import { instantSchema } from '../kernel/instant.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import { operation } from '../ledger/operation.ts';
import { evidence, findings } from '../trust/evidence.ts';
import { acceptanceKey, encumbrance, rankAgreement } from './encumbrance.ts';
import { application, payment, reportedCheck } from './application.ts';
import { dossier, salt } from './dossier.ts';
import { statedDecision } from './grounds/grounds.ts';
import { giveGrounds, readGrounds } from './grounds/operations.ts';
import { signedDossier } from './signed-dossier.ts';
import { supplement, verifySupplement } from './supplementing/operations.ts';
import { verifyRefusal } from './refusing/operations.ts';
import { close } from './closing/operations.ts';
import { verifyWithdrawal } from './withdrawing/operations.ts';
import { healingOperations } from './healing/operations.ts';
import { noticeOperations } from './notices/operations.ts';
import { batchOperations } from './portfolio/batch-operations.ts';
import { readBatchEvidence, readEvidence } from './evidence-operations.ts';

const contract = 'pledges';
const toHolders = { kind: 'private', holders: 'platformAndRegistrar' } as const;
/** What an application is and comes to stands under the State Corporation's seal. */
const sealed = { kind: 'public', sealedBy: registrarMsp } as const;
/** Those who keep an organisation's systems, and no other member of it. */
const bySystems = { roles: ['admin', 'gateway'] };
const byRegistrar = { organisations: [registrarMsp], ...bySystems };
const verdict = z.string().max(65_536);
const given = z.strictObject({ verdict });
const id = applicationIdSchema;

export const deposit = operation({
  contract,
  name: 'deposit',
  summary: 'Deposits the dossier of an application at the platform and the State Corporation.',
  norms: 'PL-2; PL-3; SE-2',
  shape: toHolders,
  callers: {},
  /** The slot bounds how many dossiers a platform has open: each holds one until it is purged. */
  input: z.strictObject({ salt, slot: z.int().min(1).max(1000), dossier }),
  output: given,
});

export const prepare = operation({
  contract,
  name: 'prepare',
  summary: 'Prepares an application, or a new revision of one, from a dossier that was deposited.',
  norms: 'PL-1; PL-4; PL-5; PL-11',
  shape: sealed,
  callers: {},
  input: given,
  output: application,
});

export const confirm = operation({
  contract,
  name: 'confirm',
  summary: "Verifies a participant's signature over the application at the peers of its holders.",
  norms: 'PL-6; PL-7',
  shape: toHolders,
  callers: {},
  input: signedDossier,
  output: given,
});

export const file = operation({
  contract,
  name: 'file',
  summary: 'Files an application that everyone has signed and consented to, and that is paid.',
  norms: 'RG-2; OR-2; CN-5; PL-7; PL-9',
  shape: sealed,
  callers: {},
  input: z.strictObject({
    application: id,
    verdicts: z.array(verdict).min(1).max(100),
    payment: payment.omit({ reachedEgknAt: true }),
  }),
  output: application,
});

export const withdraw = operation({
  contract,
  name: 'withdraw',
  summary: 'Takes an application back before it is decided; once filed, by who applied.',
  norms: 'PL-13; SE-3',
  shape: sealed,
  callers: bySystems,
  /** A draft needs no verdict: nothing was filed. */
  input: z.strictObject({ application: id, verdict: verdict.optional() }),
  output: application,
});

export const refuseBeforeFiling = operation({
  contract,
  name: 'refuseBeforeFiling',
  summary: "Records the refusal that the pledgee's head signed, before filing.",
  norms: 'PL-8; 000 alg. 9',
  shape: sealed,
  callers: {},
  input: given,
  output: application,
});

export const accept = operation({
  contract,
  name: 'accept',
  summary: 'Records that EGKN has taken the application: its minute, its number, the due time.',
  norms: 'PL-9; PL-12; PL-15',
  shape: sealed,
  callers: byRegistrar,
  input: z.strictObject({
    acceptance: acceptanceKey,
    paymentReachedAt: instantSchema,
  }),
  output: application,
});

export const recordChecks = operation({
  contract,
  name: 'recordChecks',
  summary: 'Records the checks on arrival in EGKN, each with its source and evidence.',
  norms: 'PL-10; 000 alg. 11-12',
  shape: sealed,
  callers: byRegistrar,
  input: z.strictObject({ application: id, checks: z.array(reportedCheck).min(1).max(20) }),
  output: application,
});

/**
 * Whoever relays a decision, it counts by the officer's signature and mandate; what it brings about
 * is sealed by the State Corporation all the same.
 */
export const verifyDecision = operation({
  contract,
  name: 'verifyDecision',
  summary: "Verifies an officer's signature under a decision, and the officer's mandate.",
  norms: 'PL-11; PL-13; SE-3',
  shape: toHolders,
  callers: {},
  input: z.strictObject({
    /** Of the reasons too: their hash is public. */
    salt,
    application: id,
    revision: z.int().min(1).max(100),
    decision: statedDecision,
    officerIin: iinSchemaOf('TEST_NUMBERS'),
    officerSalt: salt,
    evidence,
    found: findings,
  }),
  output: given,
});

export const decide = operation({
  contract,
  name: 'decide',
  summary: 'Carries out what an officer decided: registers, suspends, resumes or refuses.',
  norms: 'PL-11; PL-13; TR-3',
  shape: sealed,
  callers: {},
  input: given,
  output: application,
});

export const purge = operation({
  contract,
  name: 'purge',
  summary: 'Removes the personal data of an application that has ended from its holders.',
  norms: 'CN-6',
  shape: toHolders,
  callers: {},
  input: z.strictObject({ salt, application: id, slot: z.int().min(1).max(1000) }),
  output: z.strictObject({ application: id }),
});

export const get = operation({
  contract,
  name: 'get',
  summary: 'Shows an application.',
  norms: 'PL-12',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ application: id }),
  output: application,
});

export const readDossier = operation({
  contract,
  name: 'readDossier',
  summary: "Reads a dossier at the caller's own peer.",
  norms: 'SE-2; SE-3',
  shape: { kind: 'own' },
  callers: bySystems,
  input: z.strictObject({ application: id }),
  output: dossier,
});

/** A pledge with its rank among the live ones; none once it has ended. */
export const rankedEncumbrance = z.strictObject({
  encumbrance,
  rank: z.int().min(1).optional(),
});

export const register = operation({
  contract,
  name: 'register',
  summary: 'Shows the register of a property: its pledges, live ones by rank, then past ones.',
  norms: 'PL-15',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ property: cadastralNumberSchema }),
  output: z.strictObject({
    pledges: z.array(rankedEncumbrance),
    agreements: z.array(rankAgreement),
  }),
});

export const pledgeOperations = [
  deposit,
  prepare,
  confirm,
  file,
  withdraw,
  refuseBeforeFiling,
  accept,
  recordChecks,
  verifyDecision,
  decide,
  purge,
  get,
  readDossier,
  readEvidence,
  register,
  ...healingOperations,
  verifyRefusal,
  verifyWithdrawal,
  close,
  verifySupplement,
  supplement,
  ...batchOperations,
  ...noticeOperations,
  readBatchEvidence,
  readGrounds,
  giveGrounds,
];
