/** A participant's signature over exactly the content of an application (PL-7). */
import { type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import type { Verified } from '../trust/evidence.ts';
import type { Application } from './application.ts';
import type { Dossier } from './dossier.ts';
import type { Participant } from './participants.ts';
import { refuse } from './refusals.ts';
import { showsDossier } from './shown-facts.ts';
import { type EntitySigned, participantSigned } from './signatory.ts';

/** What a signature has to be about. */
type Content = Pick<Application, 'id' | 'kind' | 'revision' | 'dossier' | 'titleDocument'>;

/** Whether the participant has signed this revision's dossier, shown as it is, and its title document. */
export async function contentSigned(
  ledger: Reader,
  participant: Participant,
  given: EntitySigned & { readonly dossier: Dossier },
  { id, kind, revision, dossier, titleDocument }: Content,
): Promise<Outcome<Verified>> {
  const purpose = kind === 'TERMINATION' ? 'termination' : 'confirmation';
  const expected = { purpose, record: id, revision } as const;
  const signature = await participantSigned(ledger, participant, given, expected);
  if (!signature.ok) return signature;
  const { manifest } = signature.value;
  const covers = (manifest.documents ?? []).some(({ sha256 }) => sha256 === titleDocument);
  return manifest.dossier === dossier && covers && showsDossier(manifest, given.dossier)
    ? signature
    : refused(refuse('MANIFEST_NOT_OF_DOSSIER', { norm: 'PL-7', field: '/evidence' }));
}
