/** The end of what is personal of a batch: the signatures; the ledger keeps their hashes (CN-6). */
import { accepted, refused } from '../../kernel/outcome.ts';
import { refuse as refuseAny } from '../../kernel/refusals.ts';
import { privateCommand } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { callersOrganisation } from '../../organisations/store.ts';
import { refuse } from '../refusals.ts';
import { type BatchContent, batchEvidenceKey } from './batch.ts';
import { purgeBatch } from './batch-operations.ts';
import { batchOn, partsOf } from './batch-store.ts';

export const batchPurging = [
  privateCommand(
    purgeBatch,
    async (ledger, { batch }) => {
      const found = await batchOn(ledger, batch);
      if (!found.ok) return found;
      const { content, signatures } = found.value;
      if (!(await isParty(ledger, content))) {
        return refused(refuseAny('NOT_ALLOWED', { norm: 'SE-2; SE-3' }));
      }
      const done = (await partsOf(ledger, batch)).length;
      if (done < content.parts.length) {
        const params = { done: String(done), parts: String(content.parts.length) };
        return refused(refuse('BATCH_NOT_CARRIED_OUT', { norm: 'CN-6', params }));
      }
      for (const { cms } of signatures) ledger.purge(batchEvidenceKey(batch, cms));
      return accepted(null);
    },
    ({ batch }) => ({ batch }),
  ),
];

/** The State Corporation, or who cedes, who takes over, and on whose platform it was filed. */
async function isParty(ledger: Reader, content: BatchContent): Promise<boolean> {
  if (ledger.caller.mspId === registrarMsp) return true;
  if (content.kind !== 'CESSION') return false;
  const own = await callersOrganisation(ledger);
  return own.ok && [content.platform, content.from, content.to].includes(own.value.bin);
}
