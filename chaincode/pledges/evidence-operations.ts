/** The transactions by which a holder reads the evidence of a signature. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { operation } from '../ledger/operation.ts';
import { batchSigner } from './portfolio/batch.ts';
import { keptEvidence } from '../trust/evidence.ts';

/** It names the signer: those who keep the organisation's systems read it, and no other member. */
const callers = { roles: ['admin', 'gateway'] };

export const readEvidence = operation({
  contract: 'pledges',
  name: 'readEvidence',
  summary: "Reads the evidence of a signature at the caller's own peer, until it is purged.",
  norms: 'SE-2; SE-3; CN-6',
  shape: { kind: 'own' },
  callers,
  input: z.strictObject({
    application: applicationIdSchema,
    /** The number in the application's list; zero is who decided, or who took it back. */
    participant: z.int().min(0).max(100),
    /** The present one unless told. */
    revision: z.int().min(1).max(100).optional(),
    /** Which of an officer's decisions, from one; the latest unless told. */
    decision: z.int().min(1).max(50).optional(),
  }),
  output: keptEvidence,
});

export const readBatchEvidence = operation({
  contract: 'pledges',
  name: 'readBatchEvidence',
  summary: "Reads the evidence of a signature under a batch at the caller's own peer.",
  norms: 'SE-2; SE-3; CN-6',
  shape: { kind: 'own' },
  callers,
  input: z.strictObject({ batch: applicationIdSchema, by: batchSigner }),
  output: keptEvidence,
});
