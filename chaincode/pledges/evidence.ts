/**
 * The evidence of signatures as its holders keep it until the purge, and its way to its owner: from
 * it the verdict can be made again, before the purge and after (CN-6).
 */
import { canonicalJson } from '../kernel/canonical-json.ts';
import { accepted, type Outcome, type Refused, refused } from '../kernel/outcome.ts';
import { query } from '../ledger/contract.ts';
import type { Reader } from '../ledger/reader.ts';
import { cmsHash, type KeptEvidence, keptEvidence } from '../trust/evidence.ts';
import { readBatchEvidence, readEvidence } from './evidence-operations.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import { decisionPlaces, heldPlace } from './held-records.ts';
import { batchOn } from './portfolio/batch-store.ts';
import { refuse } from './refusals.ts';
import { applicationOn, platformMspOf } from './store.ts';

/** In the place of a participant's number: who decides, an officer, the pledgee's head (PL-8), or who applied and takes it back. */
export const whoDecides = 0;

/** The one text of it; its hash stands in every holder's collection. */
export function evidenceText(kept: KeptEvidence): string {
  return canonicalJson(kept);
}

export const readingEvidence = [
  query(readEvidence, async (ledger, { application: id, participant, revision, decision }) => {
    const found = await applicationOn(ledger, id);
    if (!found.ok) return found;
    const platform = await platformMspOf(ledger, found.value);
    if (!platform.ok) return platform;
    const { decisions, pledgeeRefusal, withdrawal } = found.value;
    if (participant === whoDecides && decision === undefined && withdrawal !== undefined) {
      const taken = { kind: 'WITHDRAWAL', revision: found.value.revision } as const;
      return ownEvidence(ledger, [heldPlace(id, taken, platform.value)], withdrawal.cms);
    }
    if (participant === whoDecides && pledgeeRefusal === undefined) {
      const nth = decision ?? decisions.length;
      const places = decisionPlaces(id, 'DECISION', nth, platform.value);
      return ownEvidence(ledger, places, decisions[nth - 1]?.cms);
    }
    const part = { kind: 'EVIDENCE', revision: revision ?? found.value.revision } as const;
    return ownEvidence(ledger, [heldPlace(id, { ...part, participant }, platform.value)]);
  }),

  query(readBatchEvidence, async (ledger, { batch, by }) => {
    const found = await batchOn(ledger, batch);
    if (!found.ok) return found;
    const signature = found.value.signatures.find((each) => each.by === by);
    if (signature === undefined) return noEvidence('EVIDENCE_NOT_HELD');
    const { cms, depositor } = signature;
    const part = { kind: 'BATCH_EVIDENCE' as const, cms, ...(depositor && { depositor }) };
    return ownEvidence(ledger, [heldPlace(batch, part, registrarMsp)]);
  }),
];

/**
 * The evidence at the caller's own peer: of several places the one with the signature that the ledger
 * recorded, since another relay may have left one that was not carried out.
 */
async function ownEvidence(
  ledger: Reader,
  places: readonly string[],
  recorded?: string,
): Promise<Outcome<KeptEvidence>> {
  const kept: KeptEvidence[] = [];
  let isLacking = false;
  for (const place of places) {
    const own = await ledger.findOwn(place);
    if (own.state === 'HELD') kept.push(keptEvidence.parse(JSON.parse(own.text)));
    isLacking ||= own.state === 'LACKING';
  }
  const found = kept.find((each) => recorded === undefined || cmsHash(each) === recorded);
  if (found !== undefined) return accepted(found);
  return noEvidence(isLacking ? 'EVIDENCE_LACKING' : 'EVIDENCE_NOT_HELD');
}

function noEvidence(code: 'EVIDENCE_LACKING' | 'EVIDENCE_NOT_HELD'): Refused {
  return refused(refuse(code, { norm: 'SE-2; CN-6' }));
}
