/** The transaction by which the holders verify that who applied takes an application back. */
import { z } from 'zod';
import { operation } from '../../ledger/operation.ts';
import { signedDossier } from '../signed-dossier.ts';

export const verifyWithdrawal = operation({
  contract: 'pledges',
  name: 'verifyWithdrawal',
  summary: 'Verifies that who applied has signed that a filed application is taken back.',
  norms: 'PL-13; SE-3',
  shape: { kind: 'private', holders: 'platformAndRegistrar' },
  callers: {},
  /** The dossier as it was filed says who applied, a person perhaps. */
  input: signedDossier.omit({ participant: true }),
  output: z.strictObject({ verdict: z.string() }),
});
