/** The transactions by which documents are added to an application before its decision. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import { operation } from '../../ledger/operation.ts';
import { application } from '../application.ts';
import { dossier } from '../dossier.ts';
import { signedDossier } from '../signed-dossier.ts';

const contract = 'pledges';
const norms = 'PL-7; PL-13; 000 alg. 15';
const verdict = z.string().max(65_536);

export const verifySupplement = operation({
  contract,
  name: 'verifySupplement',
  summary: "Verifies a participant's signature over the application with the documents added.",
  norms,
  shape: { kind: 'private', holders: 'platformAndRegistrar' },
  callers: {},
  /** Signed is the next revision, with more documents; the peers know the hash of what was filed. */
  input: signedDossier.extend({ filed: dossier }),
  output: z.strictObject({ verdict }),
});

export const supplement = operation({
  contract,
  name: 'supplement',
  summary: 'Adds documents to an application before its decision; payment and due time stay.',
  norms,
  shape: { kind: 'public', sealedBy: registrarMsp },
  callers: {},
  input: z.strictObject({
    application: applicationIdSchema,
    verdicts: z.array(verdict).min(1).max(100),
  }),
  output: application,
});
