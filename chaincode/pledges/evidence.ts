/**
 * The evidence of signatures as its holders keep it until the purge, and its way to its owner: from
 * it the verdict can be made again, before the purge and after (CN-6).
 */
import { canonicalJson } from '../kernel/canonical-json.ts';
import { accepted, type Outcome, type Refused, refused } from '../kernel/outcome.ts';
import { query } from '../ledger/contract.ts';
import type { Reader } from '../ledger/reader.ts';
import { type KeptEvidence, keptEvidence } from '../trust/evidence.ts';
import { readBatchEvidence, readEvidence } from './evidence-operations.ts';
import { heldKey } from './held-records.ts';
import { batchOn } from './portfolio/batch-store.ts';
import { refuse } from './refusals.ts';
import { applicationOn } from './store.ts';

/** In the place of a participant's number: who decides, an officer or the pledgee's head (PL-8). */
export const officer = 0;

/** The one text of it; its hash stands in every holder's collection. */
export function evidenceText(kept: KeptEvidence): string {
  return canonicalJson(kept);
}

export const readingEvidence = [
  query(readEvidence, async (ledger, { application: id, participant, revision }) => {
    const found = await applicationOn(ledger, id);
    if (!found.ok) return found;
    const of = revision ?? found.value.revision;
    return ownEvidence(ledger, heldKey(id, { kind: 'EVIDENCE', revision: of, participant }));
  }),

  query(readBatchEvidence, async (ledger, { batch, by }) => {
    const found = await batchOn(ledger, batch);
    if (!found.ok) return found;
    const signature = found.value.signatures.find((each) => each.by === by);
    if (signature === undefined) return noEvidence('EVIDENCE_NOT_HELD');
    return ownEvidence(ledger, heldKey(batch, { kind: 'BATCH_EVIDENCE', cms: signature.cms }));
  }),
];

/** The evidence under a key at the caller's own peer. */
async function ownEvidence(ledger: Reader, key: string): Promise<Outcome<KeptEvidence>> {
  const own = await ledger.findOwn(key);
  if (own.state === 'HELD') return accepted(keptEvidence.parse(JSON.parse(own.text)));
  return noEvidence(own.state === 'LACKING' ? 'EVIDENCE_LACKING' : 'EVIDENCE_NOT_HELD');
}

function noEvidence(code: 'EVIDENCE_LACKING' | 'EVIDENCE_NOT_HELD'): Refused {
  return refused(refuse(code, { norm: 'SE-2; CN-6' }));
}
