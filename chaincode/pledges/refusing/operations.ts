/** The transaction by which the holders verify a pledgee's refusal. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { personSalt } from '../../kernel/person-hash.ts';
import { operation } from '../../ledger/operation.ts';
import { holding } from '../../mandates/holding.ts';
import { evidence, findings } from '../../trust/evidence.ts';
import { salt } from '../dossier.ts';
import { refusalReason } from './reasons.ts';

export const verifyRefusal = operation({
  contract: 'pledges',
  name: 'verifyRefusal',
  summary: "Verifies that the pledgee's head has signed a refusal, with its reasons.",
  norms: 'PL-8; SE-3; 000 alg. 9',
  shape: { kind: 'private', holders: 'platformAndRegistrar' },
  callers: {},
  input: z.strictObject({
    /** Of the reasons too: their hash is public. */
    salt,
    application: applicationIdSchema,
    revision: z.int().min(1).max(100),
    reasons: z.array(refusalReason).min(1).max(20),
    /** Of the head, where the head signs for a legal entity: the organisation's list has its hash. */
    headSalt: personSalt.optional(),
    /** Of who stands in for the head, where it is not the head who signs. */
    mandate: holding.optional(),
    evidence,
    found: findings,
  }),
  output: z.strictObject({ verdict: z.string() }),
});
