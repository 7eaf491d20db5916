/** Batches and the outcomes of their parts as they stand on the ledger. */
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { refuse } from '../refusals.ts';
import { batchType, type OpenedBatch, type PartOutcome, partOutcomeType } from './batch.ts';

/** A batch that the State Corporation has opened under its seal. */
export async function batchOn(ledger: Reader, id: string): Promise<Outcome<OpenedBatch>> {
  const found = await ledger.find(batchType, [id]);
  const isOpen =
    found !== undefined && (await ledger.isSealed(batchType, found.data, registrarMsp));
  return isOpen ? accepted(found.data) : refused(refuse('BATCH_UNKNOWN', { norm: 'PL-11' }));
}

/** The outcomes of the parts that were carried out, in the order of the parts. */
export async function partsOf(ledger: Reader, id: string): Promise<readonly PartOutcome[]> {
  const done: PartOutcome[] = [];
  for (const { data } of await ledger.findAll(partOutcomeType, [id])) {
    if (await ledger.isSealed(partOutcomeType, data, registrarMsp)) done.push(data);
  }
  return done;
}
