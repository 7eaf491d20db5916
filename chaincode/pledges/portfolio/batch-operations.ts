/** The transactions of batches: signatures, opening, parts, outcomes. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { iinSchemaOf } from '../../kernel/iin.ts';
import { personSalt } from '../../kernel/person-hash.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import { operation } from '../../ledger/operation.ts';
import { holding } from '../../mandates/holding.ts';
import { evidence, findings } from '../../trust/evidence.ts';
import { salt } from '../dossier.ts';
import { arrival } from './arrival.ts';
import {
  batchContent,
  batchSigner,
  batchVerdict,
  cededLine,
  importedLine,
  openedBatch,
  partOutcome,
} from './batch.ts';
import { linesMax, partsMax } from './part.ts';

const contract = 'pledges';
const toHolders = { kind: 'private', holders: 'platformAndRegistrar' } as const;
const query = { kind: 'query' } as const;
const byRegistrar = { organisations: [registrarMsp] };
const verdict = z.string().max(65_536);
const given = z.strictObject({ verdict });
const iin = iinSchemaOf('TEST_NUMBERS');
const id = applicationIdSchema;
const part = z.int().min(1).max(partsMax);

export const confirmBatch = operation({
  contract,
  name: 'confirmBatch',
  summary: "Verifies a party's signature under a cession of many pledges.",
  norms: 'PL-1; PL-6; PL-7',
  shape: toHolders,
  callers: {},
  input: z.strictObject({
    salt,
    content: batchContent,
    by: batchSigner.exclude(['REGISTRAR']),
    signatoryIin: iin.optional(),
    headSalt: personSalt.optional(),
    mandate: holding.optional(),
    evidence,
    found: findings,
  }),
  output: given,
});

export const verifyBatch = operation({
  contract,
  name: 'verifyBatch',
  summary: "Verifies an officer's signature under a batch, and the officer's mandate.",
  norms: 'PL-11; SE-3',
  shape: toHolders,
  callers: byRegistrar,
  input: z.strictObject({
    salt,
    content: batchContent,
    mandate: id,
    officerIin: iin,
    officerSalt: salt,
    evidence,
    found: findings,
  }),
  output: given,
});

export const openBatch = operation({
  contract,
  name: 'openBatch',
  summary: 'Opens a batch that everyone has signed, so that its parts can be carried out.',
  norms: 'RG-2; OR-2; PL-1; PL-9 to PL-12',
  shape: { kind: 'public', sealedBy: registrarMsp },
  callers: byRegistrar,
  input: z.strictObject({
    content: batchContent,
    verdicts: z.array(verdict).min(1).max(3),
    /** What EGKN took and found; of a cession alone. */
    arrival: arrival.optional(),
  }),
  output: openedBatch,
});

const sealedBatch = { kind: 'batch', itemsMax: linesMax, sealedBy: registrarMsp } as const;
const numbered = { batch: id, part };

export const cedePart = operation({
  contract,
  name: 'cedePart',
  summary: 'Cedes the pledges of one part of a portfolio, each with its own outcome.',
  norms: 'PL-1; PL-11; PL-15',
  shape: sealedBatch,
  callers: byRegistrar,
  input: z.strictObject({ ...numbered, lines: z.array(cededLine).min(1).max(linesMax) }),
  output: partOutcome,
});

export const importPart = operation({
  contract,
  name: 'importPart',
  summary: 'Enters what EGKN registered elsewhere, terminations too, each with its own outcome.',
  norms: 'PL-11; PL-15; TR-3',
  shape: sealedBatch,
  callers: byRegistrar,
  input: z.strictObject({ ...numbered, lines: z.array(importedLine).min(1).max(linesMax) }),
  output: partOutcome,
});

export const getBatch = operation({
  contract,
  name: 'getBatch',
  summary: 'Shows a batch and what became of the parts that were carried out.',
  norms: 'PL-15',
  shape: query,
  callers: {},
  input: z.strictObject({ batch: id }),
  output: z.strictObject({ opened: openedBatch, parts: z.array(partOutcome) }),
});

export const purgeBatch = operation({
  contract,
  name: 'purgeBatch',
  summary: 'Removes the signatures under a batch that was carried out from their holders.',
  norms: 'CN-6',
  shape: toHolders,
  callers: {},
  input: z.strictObject({ salt, batch: id }),
  output: z.strictObject({ batch: id }),
});

export const dropSignature = operation({
  contract,
  name: 'dropSignature',
  summary: 'Removes a signature under a batch that was never opened with it from its holders.',
  norms: 'CN-6',
  shape: toHolders,
  callers: {},
  /** Which one, as its verdict names it; what is gone opens nothing any more. */
  input: z.strictObject({
    salt,
    batch: id,
    cms: batchVerdict.shape.cms,
    depositor: batchVerdict.shape.depositor,
  }),
  output: z.strictObject({ batch: id }),
});

export const batchOperations = [
  confirmBatch,
  verifyBatch,
  openBatch,
  cedePart,
  importPart,
  getBatch,
  purgeBatch,
  dropSignature,
];
