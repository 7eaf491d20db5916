/** Batches and the outcomes of their parts as they stand on the ledger. */
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { refuse as refuseAny } from '../../kernel/refusals.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { heldPlace, partiesOfBatch } from '../held-records.ts';
import { holdersAmong } from '../holders.ts';
import { refuse } from '../refusals.ts';
import {
  type BatchContent,
  type BatchVerdict,
  batchType,
  type OpenedBatch,
  type PartOutcome,
  partOutcomeType,
} from './batch.ts';
import { partKey } from './part.ts';

/** A batch that the State Corporation has opened under its seal. */
export async function batchOn(ledger: Reader, id: string): Promise<Outcome<OpenedBatch>> {
  const opened = await ledger.sealedAt(batchType, [id], registrarMsp);
  return opened === undefined
    ? refused(refuse('BATCH_UNKNOWN', { norm: 'PL-11' }))
    : accepted(opened);
}

/** The outcomes of the parts that were carried out, in the order of the parts. */
export async function partsOf(ledger: Reader, id: string): Promise<readonly PartOutcome[]> {
  const done: PartOutcome[] = [];
  for (const { data } of await ledger.findAll(partOutcomeType, [id])) {
    if (await ledger.isSealed(partOutcomeType, data, registrarMsp)) done.push(data);
  }
  return done;
}

/** Whether a party of a batch calls, or the State Corporation: nobody else holds its signatures. */
export async function byParty(ledger: Reader, content: BatchContent): Promise<Outcome<null>> {
  const holders = await holdersAmong(ledger, partiesOfBatch(content));
  return holders.includes(ledger.caller.mspId)
    ? accepted(null)
    : refused(refuseAny('NOT_ALLOWED', { norm: 'SE-2; SE-3' }));
}

/** The outcome of a part that was carried out. */
export function partOn(ledger: Reader, id: string, part: number): Promise<PartOutcome | undefined> {
  return ledger.sealedAt(partOutcomeType, partKey({ batch: id, part }), registrarMsp);
}

/** A signature under a batch: by its message, and by whose peer deposited it. */
export type Signature = Pick<BatchVerdict, 'batch' | 'cms' | 'depositor'>;

/** Where a signature stands in its holders' collections. */
export function signaturePlace({ batch, cms, depositor }: Signature): string {
  return heldPlace(batch, { kind: 'BATCH_EVIDENCE', cms, depositor }, registrarMsp);
}

/** Whether the State Corporation still holds a signature: what was dropped opens nothing. */
export async function stillHeld(ledger: Reader, signature: Signature): Promise<Outcome<null>> {
  return (await ledger.privateHash(registrarMsp, signaturePlace(signature))) === undefined
    ? refused(refuse('BATCH_SIGNATURE_DROPPED', { norm: 'CN-6; PL-7', field: '/verdicts' }))
    : accepted(null);
}

/** Whether a batch still waits for signatures: one that comes later would never be purged (CN-6). */
export async function stillUnopened(
  ledger: Reader,
  { batch }: BatchContent,
): Promise<Outcome<null>> {
  return (await batchOn(ledger, batch)).ok
    ? refused(refuse('BATCH_OPENED_ALREADY', { norm: 'PL-11' }))
    : accepted(null);
}
