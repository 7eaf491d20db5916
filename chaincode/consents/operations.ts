/** The transactions of consents. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import { operation } from '../ledger/operation.ts';
import { consentMode } from '../organisations/schema.ts';
import { dossier, salt } from '../pledges/dossier.ts';
import { serviceName } from '../kernel/service-name.ts';
import { evidence, findings } from '../trust/evidence.ts';
import { consentForm } from './form.ts';
import { attemptsMax, consent, tokenTerms } from './schema.ts';

const contract = 'consents';
/** Which consents there are, and how each stands, nobody rewrites without the State Corporation. */
const sealed = { kind: 'public', sealedBy: registrarMsp } as const;

/** Which consent: of a participant of an application, at which attempt. */
const which = {
  application: applicationIdSchema,
  participant: z.int().min(1).max(100),
  attempt: z.int().min(1).max(attemptsMax),
};

export const request = operation({
  contract,
  name: 'request',
  summary: 'Records that a participant was asked for consent through KDP.',
  norms: 'CN-1; CN-2; CN-4; CN-7',
  shape: sealed,
  callers: {},
  input: z.strictObject({
    ...which,
    system: z.string().min(1).max(60),
    mode: consentMode,
    services: z.array(serviceName).min(1).max(50),
    form: documentHashSchema,
    requestedAt: instantSchema,
  }),
  output: consent,
});

export const answer = operation({
  contract,
  name: 'answer',
  summary: 'Records an answer of KDP that brings no token: pending, refused, timed out, failed.',
  norms: 'CN-5; 002 cl. 7',
  shape: sealed,
  callers: {},
  input: z.strictObject({
    ...which,
    answer: z.enum(['PENDING', 'REFUSED', 'TIMED_OUT', 'FAILED']),
  }),
  output: consent,
});

export const verify = operation({
  contract,
  name: 'verify',
  summary:
    "Verifies a security token and the subject's signature under the form at the peers of their holders; the token is not stored.",
  norms: 'CN-3; CN-4',
  shape: { kind: 'private', holders: 'platformAndRegistrar' },
  callers: {},
  input: z.strictObject({
    ...which,
    salt,
    dossier,
    token: z.string().max(16_384),
    /** The key that came with the token: SubjectPublicKeyInfo in base64. */
    publicKey: z.string().max(12_000),
    terms: tokenTerms,
    /** Of the subject's EDS under the annex's form, or of who represents the subject by law. */
    evidence,
    found: findings,
  }),
  output: z.strictObject({ verdict: z.string() }),
});

export const grant = operation({
  contract,
  name: 'grant',
  summary: 'Records a consent whose token was verified.',
  norms: 'CN-3; CN-4; CN-5',
  shape: sealed,
  callers: {},
  input: z.strictObject({ verdict: z.string().max(65_536) }),
  output: consent,
});

export const revoke = operation({
  contract,
  name: 'revoke',
  summary:
    'Records that the subject took the consent back, by the platform or by the operator of KDP; until the registration it stops the filing.',
  norms: 'CN-5',
  shape: sealed,
  /** Those who keep an organisation's systems, and no other member of it. */
  callers: { roles: ['admin', 'gateway'] },
  input: z.strictObject({
    ...which,
    revokedAt: instantSchema,
    /** SHA-256 of KDP's notice of the revocation. */
    evidence: documentHashSchema,
  }),
  output: consent,
});

export const form = operation({
  contract,
  name: 'form',
  summary: "Shows the consent's form for an application, and the hash that a request names.",
  norms: 'CN-4; 000 annex',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ application: applicationIdSchema }),
  output: z.strictObject({ form: consentForm, hash: documentHashSchema }),
});

export const list = operation({
  contract,
  name: 'list',
  summary: 'Lists the consents of an application.',
  norms: 'CN-1',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ application: applicationIdSchema }),
  output: z.strictObject({ consents: z.array(consent) }),
});

export const consentOperations = [form, request, answer, verify, grant, revoke, list];
