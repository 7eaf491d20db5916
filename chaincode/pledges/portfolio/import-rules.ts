/** What becomes of a line of an import: EGKN's entries, changes and terminations. */
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import type { Encumbrance } from '../encumbrance.ts';
import { refuse } from '../refusals.ts';
import { terminated } from '../register-rules.ts';
import { changed, differs } from './imported-change.ts';
import type { EndedLine, EnteredLine, ImportedLine, OpenedBatch } from './batch.ts';
import { encumbranceOfLine, type LineOutcome } from './batch-rules.ts';

/** A line of an import, over the record that stands where its encumbrance has its place. */
export function imported(
  batch: OpenedBatch,
  line: ImportedLine,
  existing: Encumbrance | undefined,
): Outcome<LineOutcome> {
  switch (line.kind) {
    case 'TERMINATION':
      return ended(batch, line, existing);
    case 'CESSION':
    case 'AMENDMENT':
      return changed(line, existing);
    case 'PLEDGE':
    case 'REPLEDGE':
      return entered(batch, line, existing);
  }
}

/**
 * An encumbrance. What stands already is left as it is, whatever happened to it since; what stands
 * with another beginning is refused, for one of the two is wrong. What was filed through a platform
 * is registered by its own application, and never by an import.
 */
function entered(
  batch: OpenedBatch,
  line: EnteredLine,
  existing: Encumbrance | undefined,
): Outcome<LineOutcome> {
  if (existing !== undefined) {
    return isSameBeginning(existing, enteredBy(batch, line)) ? accepted({}) : differs();
  }
  return line.application === undefined
    ? accepted({ changed: enteredBy(batch, line) })
    : refused(refuse('IMPORT_OF_UNREGISTERED_APPLICATION', { norm: 'PL-11' }));
}

/**
 * A termination. It ends what was registered before it and lives, and nothing else: also a pledge of
 * a platform, for what EGKN has terminated no longer is (`docs/decisions/batches.md`). A termination
 * that was filed through a platform is registered by its own application, as an entry is.
 */
function ended(
  { content: { batch } }: OpenedBatch,
  { acceptance, termination }: EndedLine,
  existing: Encumbrance | undefined,
): Outcome<LineOutcome> {
  if (existing === undefined) {
    return refused(refuse('IMPORT_ENDS_UNKNOWN', { norm: 'PL-15; TR-3' }));
  }
  const { application, egknNumber, registeredAt: at } = termination;
  const isOther = existing.acceptance.egknNumber !== acceptance.egknNumber;
  if (isOther || at < existing.registeredAt) return differs();
  if (existing.termination !== undefined) {
    return isSameEnd(existing.termination, termination) ? accepted({}) : differs();
  }
  return application === undefined
    ? accepted({ changed: terminated(existing, { application: batch, at, egknNumber }) })
    : refused(refuse('IMPORT_OF_UNREGISTERED_APPLICATION', { norm: 'PL-11; TR-3' }));
}

/** By the application that filed it, or by EGKN's number and time. */
function isSameEnd(
  standing: NonNullable<Encumbrance['termination']>,
  { application, egknNumber, registeredAt }: EndedLine['termination'],
): boolean {
  return application === undefined
    ? standing.egknNumber === egknNumber && standing.registeredAt === registeredAt
    : standing.application === application;
}

/** Whether a re-pledge needs consent counts as long as no agreement has changed it. */
function isSameBeginning(existing: Encumbrance, entry: Encumbrance): boolean {
  const isAmended = existing.terms.length > 1;
  return (
    beginningOf(existing) === beginningOf(entry) &&
    (isAmended || existing.consentToRepledge === entry.consentToRepledge)
  );
}

/** By what two records of one pledge are known to be the same: what no later change touches. */
function beginningOf({ kind, share, acceptance, holders, terms }: Encumbrance): string {
  const [{ bin }] = holders as [Encumbrance['holders'][number]];
  const [{ titleDocument }] = terms as [Encumbrance['terms'][number]];
  return canonicalJson({ kind, share: share ?? null, acceptance, bin, titleDocument });
}

function enteredBy({ content, registrar }: OpenedBatch, line: EnteredLine): Encumbrance {
  const { property, kind, acceptance, registeredAt, titleDocument, consentToRepledge } = line;
  const id = encumbranceOfLine(line);
  const since = { application: id, since: registeredAt };
  return {
    id,
    property,
    kind,
    ...(line.share === undefined ? {} : { share: line.share }),
    acceptance: { ...acceptance, application: id },
    registeredAt,
    platform: registrar,
    importedBy: content.batch,
    holders: [{ ...since, bin: line.holder }],
    terms: [{ ...since, titleDocument }],
    consentToRepledge,
    state: 'LIVE',
  };
}
