/** What a batch asks for before it is opened, and what becomes of each of its lines. */
import { type ApplicationId, applicationIdSchema } from '../../kernel/application-id.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Manifest } from '../../kernel/eds/manifest.ts';
import type { Instant } from '../../kernel/instant.ts';
import {
  accepted,
  andThen,
  type Outcome,
  refusalsOf,
  refused,
  unlessRefused,
} from '../../kernel/outcome.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { Encumbrance } from '../encumbrance.ts';
import { refuse } from '../refusals.ts';
import { filedAt as filedOnceSigned } from '../time-rules.ts';
import { ceded, live } from '../register-rules.ts';
import { lineFaults } from './arrival-rules.ts';
import {
  type BatchContent,
  batchFacts,
  type BatchSigner,
  type BatchVerdict,
  type CededLine,
  type Cession,
  contentHash,
  type ImportedLine,
  type Lines,
  linesHash,
  type OpenedBatch,
  type PartOutcome,
} from './batch.ts';
import type { PartPlace } from './part.ts';

/** Whether a manifest that was signed shows exactly this batch. */
export function isAboutBatch(content: BatchContent, { facts }: Manifest): Outcome<null> {
  return canonicalJson(facts ?? {}) === canonicalJson(batchFacts(content))
    ? accepted(null)
    : refused(refuse('BATCH_SIGNED_DIFFERS', { norm: 'PL-7; PL-11', field: '/evidence' }));
}

/**
 * Opens a batch: everyone who has to has signed exactly this content. The parties of a cession file
 * it (PL-6), an officer decides (PL-11); what EGKN registered elsewhere an officer enters.
 */
export function opened(
  content: BatchContent,
  verdicts: readonly BatchVerdict[],
  context: Pick<OpenedBatch, 'registrar' | 'edition'>,
): Outcome<OpenedBatch> {
  const valid = validOf(content, verdicts);
  const faults = signersOf(content)
    .filter((by) => !valid.some((each) => each.by === by))
    .map((by) => refuse('BATCH_SIGNATURE_MISSING', { norm: 'PL-6; PL-11', params: { by } }));
  const signatures = valid.map(
    ({ verdict: _, batch: __, content: ___, ...signature }) => signature,
  );
  const decision = signatures.find(({ by }) => by === 'REGISTRAR');
  return andThen(unlessRefused(faults, decision), (decided) => {
    if (decided === undefined) throw new Error('a batch without a decision');
    const early = earlyFaults(content, valid, decided);
    if (!early.ok) return early;
    return accepted({ content, ...context, signatures, decidedAt: decided.signedAt });
  });
}

/** When a cession was filed: once it is paid and both parties have signed exactly this content. */
export function filedAt(content: Cession, verdicts: readonly BatchVerdict[]): Instant {
  const parties = validOf(content, verdicts).filter(({ by }) => by !== 'REGISTRAR');
  return filedOnceSigned(parties, content.payment);
}

/** Verdicts that are about this very content. */
function validOf(
  content: BatchContent,
  verdicts: readonly BatchVerdict[],
): readonly BatchVerdict[] {
  const hash = contentHash(content);
  return verdicts.filter((each) => each.batch === content.batch && each.content === hash);
}

/** An officer decides on what is filed; of an import nobody else has a part. */
function earlyFaults(
  content: BatchContent,
  verdicts: readonly BatchVerdict[],
  { signedAt: decidedAt }: Pick<BatchVerdict, 'signedAt'>,
): Outcome<null> {
  if (content.kind !== 'CESSION') return accepted(null);
  const filed = filedAt(content, verdicts);
  const params = { decidedAt, filedAt: filed };
  return filed <= decidedAt
    ? accepted(null)
    : refused(refuse('BATCH_DECIDED_TOO_EARLY', { norm: 'PL-9; PL-11', params }));
}

/** Who has to sign a batch: the parties of a cession (PL-6), and the officer (PL-11). */
export function signersOf({ kind }: BatchContent): readonly BatchSigner[] {
  return kind === 'CESSION' ? ['CEDENT', 'PLEDGEE', 'REGISTRAR'] : ['REGISTRAR'];
}

/** Whether lines are the ones that were signed as a part of this number. */
export function isPart<L extends Lines>(
  { content }: OpenedBatch,
  number: number,
  lines: L,
): Outcome<L> {
  return content.parts[number - 1]?.hash === linesHash(lines) &&
    content.parts[number - 1]?.lines === lines.length
    ? accepted(lines)
    : refused(refuse('BATCH_PART_DIFFERS', { norm: 'PL-11', params: { part: String(number) } }));
}

/** What became of a line that was not refused; the new state of its record if it changed. */
export type LineOutcome = { readonly changed?: Encumbrance };

/**
 * A line of a cession. A pledge that this very batch has ceded is not ceded again, so that a line
 * that stands twice, in one part or in two, has its effect once: also where it came back in between.
 */
export function cededBy(
  { content: { batch }, decidedAt, arrival }: OpenedBatch,
  { from, to }: Pick<Cession, 'from' | 'to'>,
  encumbrance: Encumbrance | undefined,
): Outcome<LineOutcome> {
  return andThen(live(encumbrance), (found) => {
    if (found.holders.some(({ application }) => application === batch)) return accepted({});
    const changed = ceded(found, from, to, { application: batch, at: decidedAt });
    if (!changed.ok) return changed;
    const faults = arrival === undefined ? [] : lineFaults(arrival, found.property);
    return unlessRefused(faults, { changed: changed.value });
  });
}

/** What became of a part: true where a line changed its record, false where it had been changed. */
export function outcomeOfPart(
  place: PartPlace,
  outcomes: readonly Outcome<boolean>[],
): PartOutcome {
  const already: number[] = [];
  const refusedLines: PartOutcome['refused'] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const line = index + 1;
    const codes = refusalsOf(outcome).map(({ code }) => code);
    if (!outcome.ok) refusedLines.push({ line, codes });
    else if (!outcome.value) already.push(line);
  }
  return { ...place, lines: outcomes.length, already, refused: refusedLines };
}

/** Where a line's record stands on the ledger. */
export function encumbranceOfLine(line: CededLine | ImportedLine): ApplicationId {
  if ('encumbrance' in line) return line.encumbrance;
  return line.application ?? importedId(line);
}

/**
 * The id of what EGKN registered elsewhere follows from its property and EGKN's number, so that the
 * same entry has the same place whoever brings it, and however often. It has the form of a random
 * UUID, as all ids here: nothing can be read from it.
 */
export function importedId({
  property,
  acceptance,
}: {
  readonly property: string;
  readonly acceptance: { readonly egknNumber: string };
}): ApplicationId {
  const hash = sha256Hex(canonicalJson([property, acceptance.egknNumber]));
  const groups = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return applicationIdSchema.parse(groups.join('-'));
}
