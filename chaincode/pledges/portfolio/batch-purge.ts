/** The end of what is personal of a batch: the signatures; the ledger keeps their hashes (CN-6). */
import { accepted, refused } from '../../kernel/outcome.ts';
import { privateCommand } from '../../ledger/contract.ts';
import { heldKey, heldOfBatch } from '../held-records.ts';
import { refuse } from '../refusals.ts';
import { purgeBatch } from './batch-operations.ts';
import { batchOn, byParty, partsOf } from './batch-store.ts';

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
      for (const part of heldOfBatch(found.value).parts) ledger.purge(heldKey(batch, part));
      return accepted(null);
    },
    ({ batch }) => ({ batch }),
  ),
];
