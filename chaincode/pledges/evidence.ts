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
import { heldKey, type HeldPart, heldPlace } from './held-records.ts';
import { batchOn } from './portfolio/batch-store.ts';
import { refuse } from './refusals.ts';
import { applicationOn, platformMspOf } from './store.ts';

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
    const platform = await platformMspOf(ledger, found.value);
    if (!platform.ok) return platform;
    const parts = partsOf(revision ?? found.value.revision, participant);
    const places = parts.map((part) => heldPlace(id, part, platform.value));
    return ownEvidence(ledger, places, found.value.decisions.at(-1)?.cms);
  }),

  query(readBatchEvidence, async (ledger, { batch, by }) => {
    const found = await batchOn(ledger, batch);
    if (!found.ok) return found;
    const signature = found.value.signatures.find((each) => each.by === by);
    if (signature === undefined) return noEvidence('EVIDENCE_NOT_HELD');
    return ownEvidence(ledger, [heldKey(batch, { kind: 'BATCH_EVIDENCE', cms: signature.cms })]);
  }),
];

/** Where a signature may lie: an officer's by who relayed it, the platform or the State Corporation. */
function partsOf(revision: number, participant: number): readonly HeldPart[] {
  const part = { kind: 'EVIDENCE', revision, participant } as const;
  return participant === officer ? [part, { ...part, byRegistrar: true }] : [part];
}

/**
 * The evidence at the caller's own peer: of several places the one with the signature that the ledger
 * recorded last, since another relay may have left an earlier one.
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
  const found = kept.find((each) => cmsHash(each) === recorded) ?? kept[0];
  if (found !== undefined) return accepted(found);
  return noEvidence(isLacking ? 'EVIDENCE_LACKING' : 'EVIDENCE_NOT_HELD');
}

function noEvidence(code: 'EVIDENCE_LACKING' | 'EVIDENCE_NOT_HELD'): Refused {
  return refused(refuse(code, { norm: 'SE-2; CN-6' }));
}
