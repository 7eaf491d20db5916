/** The transactions of mandates. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { iinSchemaOf } from '../kernel/iin.ts';
import { instantSchema } from '../kernel/instant.ts';
import { personSalt } from '../kernel/person-hash.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import { operation } from '../ledger/operation.ts';
import { evidence, findings } from '../trust/evidence.ts';
import { mandate, mandateTerms } from './schema.ts';

const contract = 'mandates';
const norms = 'SE-3; 000 alg. 9, 13';

/** Mandates decide who registers: they count as the State Corporation has sealed them. */
const sealed = { kind: 'public', sealedBy: registrarMsp } as const;

/** The published test numbers fail the check digit; the certificate's own check is the verifier's. */
const iin = iinSchemaOf('TEST_NUMBERS');

/** What the head's signature is verified from. */
const signedByHead = z.strictObject({
  salt: personSalt,
  headIin: iin,
  /** By it the organisation names its head (OR-1). */
  headSalt: personSalt.optional(),
  evidence,
  found: findings,
});

export const verify = operation({
  contract,
  name: 'verify',
  summary: "Verifies the head's signature under a mandate at the peers of its holders.",
  norms,
  shape: { kind: 'private', holders: 'platformAndRegistrar' },
  callers: {},
  input: signedByHead.extend({ terms: mandateTerms, holderIin: iin, holderSalt: personSalt }),
  output: z.strictObject({ verdict: z.string() }),
});

export const record = operation({
  contract,
  name: 'record',
  summary: 'Records a mandate that was verified.',
  norms,
  shape: sealed,
  callers: {},
  input: z.strictObject({ verdict: z.string().max(10_000) }),
  output: mandate,
});

export const revoke = operation({
  contract,
  name: 'revoke',
  summary: "Revokes a mandate of the caller's organisation from an instant on.",
  norms,
  shape: sealed,
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ id: applicationIdSchema, revokedAt: instantSchema }),
  output: mandate,
});

export const verifyRevocation = operation({
  contract,
  name: 'verifyRevocation',
  summary: "Verifies the head's signature under the revocation of a mandate.",
  norms,
  shape: { kind: 'private', holders: 'platformAndRegistrar' },
  callers: {},
  input: signedByHead.extend({ mandate: applicationIdSchema }),
  output: z.strictObject({ verdict: z.string() }),
});

export const recordRevocation = operation({
  contract,
  name: 'recordRevocation',
  summary: 'Revokes a mandate from the moment on at which the head signed so.',
  norms,
  shape: sealed,
  callers: {},
  input: z.strictObject({ verdict: z.string().max(10_000) }),
  output: mandate,
});

export const get = operation({
  contract,
  name: 'get',
  summary: 'Shows a mandate; its holder is a salted hash.',
  norms,
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ id: applicationIdSchema }),
  output: mandate,
});

export const mandateOperations = [verify, record, revoke, verifyRevocation, recordRevocation, get];
