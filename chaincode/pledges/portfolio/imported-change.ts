/** What becomes of a change of a pledge that EGKN registered elsewhere: a cession, or other terms. */
import type { ApplicationId } from '../../kernel/application-id.ts';
import { accepted, andThen, type Outcome, type Refused, refused } from '../../kernel/outcome.ts';
import type { Encumbrance } from '../encumbrance.ts';
import { refuse } from '../refusals.ts';
import { amended, ceded, holderOf, live } from '../register-rules.ts';
import type { ChangedLine } from './batch.ts';
import { importedId, type LineOutcome } from './batch-rules.ts';

/**
 * A change stands once, by its application where a platform filed it, or else by an id that follows
 * from EGKN's number; what stands with another content is refused, for one of the two is wrong. So is
 * what EGKN registered before a change that stands here: it was no holder any more who ceded then.
 */
export function changed(
  line: ChangedLine,
  existing: Encumbrance | undefined,
): Outcome<LineOutcome> {
  if (existing === undefined) {
    return refused(refuse('IMPORT_CHANGES_UNKNOWN', { norm: 'PL-1; PL-15' }));
  }
  const { acceptance, change } = line;
  const by = change.application ?? importedId({ property: line.property, acceptance: change });
  const standing = changesOf(line, existing);
  const isOther = existing.acceptance.egknNumber !== acceptance.egknNumber;
  const same = standing.find(({ application }) => application === by);
  if (same !== undefined) return !isOther && isSame(line, same) ? accepted({}) : differs();
  if (change.application !== undefined) {
    return refused(refuse('IMPORT_OF_UNREGISTERED_APPLICATION', { norm: 'PL-11' }));
  }
  const { since } = standing.at(-1) ?? { since: existing.registeredAt };
  if (isOther || change.registeredAt < since) return differs();
  return andThen(live(existing), (found) =>
    andThen(changedBy(line, found, by), (next) => accepted({ changed: next })),
  );
}

type Change = Encumbrance['holders'][number] | Encumbrance['terms'][number];

function changesOf({ kind }: ChangedLine, { holders, terms }: Encumbrance): readonly Change[] {
  return kind === 'CESSION' ? holders : terms;
}

/** What a platform filed has its own time here, and a document of its own. */
function isSame(line: ChangedLine, standing: Change): boolean {
  if (line.change.application === undefined && standing.since !== line.change.registeredAt) {
    return false;
  }
  if (line.kind === 'CESSION') return 'bin' in standing && standing.bin === line.holder;
  return 'titleDocument' in standing && standing.titleDocument === line.titleDocument;
}

function changedBy(
  line: ChangedLine,
  found: Encumbrance,
  application: ApplicationId,
): Outcome<Encumbrance> {
  const entry = { application, at: line.change.registeredAt };
  return line.kind === 'CESSION'
    ? ceded(found, holderOf(found), line.holder, entry)
    : amended(found, { titleDocument: line.titleDocument }, line, entry);
}

/** What stands here is otherwise: one of the two is wrong, and nothing is changed. */
export function differs(): Refused {
  return refused(refuse('IMPORT_DIFFERS', { norm: 'PL-11; PL-15' }));
}
