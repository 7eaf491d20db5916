/** The transaction by which the State Corporation ends what nobody can carry on. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import { operation } from '../../ledger/operation.ts';
import { application, closureReason } from '../application.ts';

export const close = operation({
  contract: 'pledges',
  name: 'close',
  summary: 'Ends an application that EGKN has not taken and that nobody can carry on.',
  norms: 'OR-2; RG-2; CN-6',
  shape: { kind: 'public', sealedBy: registrarMsp },
  callers: { organisations: [registrarMsp], roles: ['admin', 'gateway'] },
  input: z.strictObject({ application: applicationIdSchema, reason: closureReason }),
  output: application,
});
