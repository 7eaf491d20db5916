/** The transaction by which a holder reads the evidence of a signature. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { operation } from '../ledger/operation.ts';
import { keptEvidence } from '../trust/evidence.ts';

export const readEvidence = operation({
  contract: 'pledges',
  name: 'readEvidence',
  summary: "Reads the evidence of a signature at the caller's own peer, until it is purged.",
  norms: 'SE-2; SE-3; CN-6',
  shape: { kind: 'own' },
  /** It names the signer: those who keep the organisation's systems read it, and no other member. */
  callers: { roles: ['admin', 'gateway'] },
  input: z.strictObject({
    application: applicationIdSchema,
    /** The number in the application's list; zero is the officer who decided. */
    participant: z.int().min(0).max(100),
    /** The present one unless told. */
    revision: z.int().min(1).max(100).optional(),
  }),
  output: keptEvidence,
});
