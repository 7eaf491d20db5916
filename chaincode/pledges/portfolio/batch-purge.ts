/** The end of what is personal of a batch: the signatures; the ledger keeps their hashes (CN-6). */
import { accepted, refused } from '../../kernel/outcome.ts';
import { refuse as refuseAny } from '../../kernel/refusals.ts';
import { privateCommand } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { heldOfBatch, heldPlace } from '../held-records.ts';
import { refuse } from '../refusals.ts';
import { dropSignature, purgeBatch } from './batch-operations.ts';
import { batchOn, byParty, partsOf, type Signature, signaturePlace } from './batch-store.ts';

export const batchPurging = [
  privateCommand(
    purgeBatch,
    async (ledger, { batch }) => {
      const found = await batchOn(ledger, batch);
      if (!found.ok) return found;
      const { content } = found.value;
      const allowed = await byParty(ledger, content);
      if (!allowed.ok) return allowed;
      const done = (await partsOf(ledger, batch)).length;
      if (done < content.parts.length) {
        const params = { done: String(done), parts: String(content.parts.length) };
        return refused(refuse('BATCH_NOT_CARRIED_OUT', { norm: 'CN-6', params }));
      }
      for (const part of heldOfBatch(found.value).parts) {
        ledger.purge(heldPlace(batch, part, registrarMsp));
      }
      return accepted(null);
    },
    ({ batch }) => ({ batch }),
  ),

  privateCommand(
    dropSignature,
    async (ledger, given) => {
      const { mspId } = ledger.caller;
      if (![given.depositor, registrarMsp].includes(mspId)) {
        return refused(refuseAny('NOT_ALLOWED', { norm: 'SE-2; SE-3' }));
      }
      if (await restsOn(ledger, given)) {
        return refused(refuse('BATCH_RESTS_ON_SIGNATURE', { norm: 'CN-6; PL-11' }));
      }
      ledger.purge(signaturePlace(given));
      return accepted(null);
    },
    ({ batch }) => ({ batch }),
  ),
];

/** Whether a batch was opened with a signature. */
async function restsOn(ledger: Reader, { batch, cms, depositor }: Signature): Promise<boolean> {
  const found = await batchOn(ledger, batch);
  return (
    found.ok &&
    found.value.signatures.some((each) => each.cms === cms && each.depositor === depositor)
  );
}
