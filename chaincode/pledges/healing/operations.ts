/** The transactions by which a holder that lost private records gets them back from the other. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { mspIdSchema } from '../../kernel/msp-id.ts';
import { operation } from '../../ledger/operation.ts';
import { salt } from '../dossier.ts';
import { heldPart } from '../held-records.ts';

const contract = 'pledges';
/** An operator's work, with the organisation's own administrator. */
const byAdmin = { nodeOu: 'admin' } as const;
/** Of an application, or of a batch. */
const which = { record: applicationIdSchema, part: heldPart };

/** Records of one page: an application may have some hundred private ones to look for. */
const recordsMax = 20;

export const lacking = operation({
  contract,
  name: 'lacking',
  summary: "Lists the private records that the caller's peer lacks though their hash stands.",
  norms: 'SE-2; CN-6',
  shape: { kind: 'own' },
  callers: byAdmin,
  input: z.strictObject({
    of: z.enum(['APPLICATIONS', 'BATCHES']).default('APPLICATIONS'),
    limit: z.int().min(1).max(recordsMax).default(recordsMax),
    cursor: z.string().max(1000).optional(),
  }),
  output: z.strictObject({
    lacking: z.array(z.strictObject({ ...which, platform: mspIdSchema })),
    next: z.string().optional(),
  }),
});

export const readHeld = operation({
  contract,
  name: 'readHeld',
  summary: "Reads a private record at the caller's own peer, to give it to its other holder again.",
  norms: 'SE-2',
  shape: { kind: 'own' },
  callers: byAdmin,
  input: z.strictObject(which),
  output: z.strictObject({ text: z.string() }),
});

export const heal = operation({
  contract,
  name: 'heal',
  summary: 'Deposits the same bytes again at those holders of a record that have their hash.',
  norms: 'SE-2; CN-6',
  shape: { kind: 'private', holders: 'partiesOfRecord' },
  callers: byAdmin,
  input: z.strictObject({ salt, ...which, text: z.string() }),
  output: z.strictObject(which),
});

export const healingOperations = [lacking, readHeld, heal];
