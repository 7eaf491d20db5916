/** What a supplement may do: add documents, and nothing else. */
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import type { Dossier } from '../dossier.ts';
import { refuse } from '../refusals.ts';

/**
 * Whether a dossier is the filed one with more documents, as its next revision. Parties, property
 * and terms are what everyone consented to and paid for: another pledge is another application.
 */
export function supplements(filed: Dossier, dossier: Dossier): Outcome<Dossier> {
  const expected = filed.revision + 1;
  if (dossier.revision !== expected) {
    const params = { expected: String(expected) };
    return refused(
      refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', field: '/dossier/revision', params }),
    );
  }
  const kept = dossier.documents.slice(0, filed.documents.length);
  const isSupplement =
    contentOf(dossier) === contentOf(filed) &&
    canonicalJson(kept) === canonicalJson(filed.documents) &&
    dossier.documents.length > filed.documents.length;
  return isSupplement
    ? accepted(dossier)
    : refused(refuse('SUPPLEMENT_CHANGES', { norm: 'PL-7; PL-13', field: '/dossier' }));
}

/** Everything but what a supplement may change. */
function contentOf({ salt: _, revision: __, documents: ___, ...content }: Dossier): string {
  return canonicalJson(content);
}
