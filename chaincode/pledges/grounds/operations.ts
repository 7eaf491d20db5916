/** The transactions by which the parties of an application get and read an officer's reasons. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { operation } from '../../ledger/operation.ts';
import { salt } from '../dossier.ts';
import { keptGrounds } from './grounds.ts';

const contract = 'pledges';
/** They may name persons: those who keep the organisation's systems read them, and no other member. */
const callers = { roles: ['admin', 'gateway'] };
const application = applicationIdSchema;
/** The place of a decision among the application's, from one. */
const decision = z.int().min(1).max(50);

export const readGrounds = operation({
  contract,
  name: 'readGrounds',
  summary: "Reads the reasons of an officer's decision at the caller's own peer, until the purge.",
  norms: 'PL-13; SE-2; CN-6',
  shape: { kind: 'own' },
  callers,
  /** The latest decision unless told. */
  input: z.strictObject({ application, decision: decision.optional() }),
  output: keptGrounds,
});

/** What the State Corporation verified by itself lies there alone: so the platform comes to hold it. */
export const giveGrounds = operation({
  contract,
  name: 'giveGrounds',
  summary:
    'Deposits the reasons of a decision, which the State Corporation holds, at both parties.',
  norms: 'PL-13; PL-14; SE-2',
  shape: { kind: 'private', holders: 'partiesOfRecord' },
  callers,
  input: z.strictObject({ salt, application, decision, given: keptGrounds }),
  output: z.strictObject({ application, decision }),
});
