/** The transactions of the tests with KDP: answers that count, and the act that the head signs. */
import { z } from 'zod';
import { binSchema } from '../../kernel/bin.ts';
import { documentHashSchema } from '../../kernel/document-hash.ts';
import { iinSchemaOf } from '../../kernel/iin.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { personSalt } from '../../kernel/person-hash.ts';
import { operation } from '../../ledger/operation.ts';
import { evidence, findings } from '../../trust/evidence.ts';
import { integration } from '../schema.ts';

const contract = 'organisations';
const publicly = { kind: 'public' } as const;
const privately = { kind: 'private', holders: 'platformAndRegistrar' } as const;
const ofSystem = { bin: binSchema, system: z.string().min(1).max(60) };
const byVerdict = z.strictObject({ verdict: z.string().max(10_000) });

export const verifyTestAnswer = operation({
  contract,
  name: 'verifyTestAnswer',
  summary: 'Verifies a security token that the test environment answered with.',
  norms: 'OR-4; 002 cl. 11',
  shape: privately,
  callers: {},
  input: z.strictObject({
    salt: personSalt,
    ...ofSystem,
    token: z.string().max(16_384),
    /** The key that came with the token: SubjectPublicKeyInfo in base64. */
    publicKey: z.string().max(12_000),
    answeredAt: instantSchema,
  }),
  output: z.strictObject({ verdict: z.string() }),
});

export const countTestAnswer = operation({
  contract,
  name: 'countTestAnswer',
  summary: 'Counts a successful answer of the test environment whose token was verified.',
  norms: 'OR-4; 002 cl. 11',
  shape: publicly,
  callers: {},
  input: byVerdict,
  output: integration,
});

export const testAct = operation({
  contract,
  name: 'testAct',
  summary: 'Shows the act of the answers counted so far, with its hash and what the head signs.',
  norms: 'OR-4; 002 cl. 11',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject(ofSystem),
  output: z.strictObject({
    text: z.string(),
    record: z.string(),
    facts: z.strictObject({ act: documentHashSchema, answers: z.string() }),
  }),
});

export const verifyTestAct = operation({
  contract,
  name: 'verifyTestAct',
  summary: "Verifies the head's signature under the act of the answers counted so far.",
  norms: 'OR-4; SE-3; 002 cl. 11',
  shape: privately,
  callers: {},
  input: z.strictObject({
    salt: personSalt,
    ...ofSystem,
    act: documentHashSchema,
    /** The published test numbers fail the check digit; the certificate's own is verified. */
    headIin: iinSchemaOf('TEST_NUMBERS'),
    /** By it the organisation names its head (OR-1). */
    headSalt: personSalt.optional(),
    evidence,
    found: findings,
  }),
  output: z.strictObject({ verdict: z.string() }),
});

export const fileTestAct = operation({
  contract,
  name: 'fileTestAct',
  summary: 'Files the act of ten successful answers, whose signature by the head was verified.',
  norms: 'OR-3; OR-4; 002 cl. 11',
  shape: publicly,
  callers: { nodeOu: 'admin' },
  input: byVerdict,
  output: integration,
});

export const testingOperations = [
  verifyTestAnswer,
  countTestAnswer,
  testAct,
  verifyTestAct,
  fileTestAct,
];
