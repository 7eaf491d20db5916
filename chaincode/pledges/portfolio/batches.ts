/** Batches: signed at their holders, opened under the seal, carried out part by part. */
import { localDateOf } from '../../kernel/almaty.ts';
import { parseBin } from '../../kernel/bin.ts';
import {
  accepted,
  all,
  andThen,
  type Outcome,
  refused,
  unlessRefused,
} from '../../kernel/outcome.ts';
import type { Caller } from '../../ledger/caller.ts';
import { batch, type BatchPlan, command, privateCommand, query } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { PrivateLedger } from '../../ledger/private-ledger.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import { givenVerdict, verdictText } from '../../ledger/verdict.ts';
import { memberOf } from '../../roster/rules.ts';
import { membersOn } from '../../roster/store.ts';
import {
  cmsHash,
  type Evidence,
  type Findings,
  signedManifestHash,
  type Verified,
} from '../../trust/evidence.ts';
import type { Encumbrance } from '../encumbrance.ts';
import { entitledOn } from '../entitlement.ts';
import { evidenceText } from '../evidence.ts';
import { heldKey } from '../held-records.ts';
import { signedByOfficer } from '../officer.ts';
import { announcePart } from '../notices/standing.ts';
import { notePaid, stillUnused } from '../payments.ts';
import { refuse } from '../refusals.ts';
import { registerContentsType } from '../register-contents.ts';
import { pledgeesFunctions, signedFor } from '../signatory.ts';
import { changePledge, encumbranceOn, enterPledge } from '../store.ts';
import { aheadFaults } from '../time-rules.ts';
import { withArrival } from './arriving.ts';
import {
  type BatchContent,
  type BatchVerdict,
  batchType,
  batchVerdict,
  type CededLine,
  contentHash,
  type ImportedLine,
  type Lines,
  type OpenedBatch,
  type PartOutcome,
  partOutcomeType,
} from './batch.ts';
import { partKey } from './part.ts';
import {
  cedePart,
  confirmBatch,
  getBatch,
  importPart,
  openBatch,
  verifyBatch,
} from './batch-operations.ts';
import * as rules from './batch-rules.ts';
import { batchOn, byParty, partsOf, stillHeld, stillUnopened } from './batch-store.ts';
import { imported } from './import-rules.ts';
import { foreseePledges, type PledgeKey, putSheet } from './sheet.ts';

export const batches = [
  privateCommand(
    confirmBatch,
    async (ledger, input) => {
      const { content, by } = input;
      if (content.kind !== 'CESSION') return notOfCession();
      const allowed = await byParty(ledger, content);
      if (!allowed.ok) return allowed;
      const open = await stillUnopened(ledger, content);
      if (!open.ok) return open;
      const bin = by === 'CEDENT' ? content.from : content.to;
      const party = { bin, functions: pledgeesFunctions };
      const expected = { purpose: 'confirmation', record: content.batch, revision: 1 } as const;
      const signature = await signedFor(ledger, party, input, expected);
      if (!signature.ok) return signature;
      const same = rules.isAboutBatch(content, signature.value.manifest);
      if (!same.ok) return same;
      keepSignature(ledger, content, signature.value);
      ledger.giveVerdict(verdictOn(input, ledger.caller, { by }));
      return accepted(null);
    },
    (input, caller) => ({ verdict: verdictOn(input, caller, { by: input.by }) }),
  ),

  privateCommand(
    verifyBatch,
    async (ledger, input) => {
      const { content, mandate } = input;
      const open = await stillUnopened(ledger, content);
      if (!open.ok) return open;
      const about = { record: content.batch, revision: 1 };
      const signature = await signedByOfficer(ledger, input, about);
      if (!signature.ok) return signature;
      const same = rules.isAboutBatch(content, signature.value.manifest);
      if (!same.ok) return same;
      keepSignature(ledger, content, signature.value);
      ledger.giveVerdict(verdictOn(input, ledger.caller, { by: 'REGISTRAR', mandate }));
      return accepted(null);
    },
    (input, caller) => {
      const { mandate } = input;
      return { verdict: verdictOn(input, caller, { by: 'REGISTRAR', mandate }) };
    },
  ),

  command(openBatch, async (ledger, { content, verdicts, arrival }) => {
    const open = await stillUnopened(ledger, content);
    if (!open.ok) return open;
    const given: BatchVerdict[] = [];
    for (const text of verdicts) {
      const verdict = await givenVerdict(ledger, batchVerdict, text);
      if (!verdict.ok) return verdict;
      const held = await stillHeld(ledger, verdict.value);
      if (!held.ok) return held;
      given.push(verdict.value);
    }
    const registrar = memberOf(await membersOn(ledger), registrarMsp);
    if (!registrar.ok) return registrar;
    const bin = parseBin(registrar.value.bin);
    if (!bin.ok) return bin;
    const edition = await editionOfFiling(ledger, content, given);
    if (!edition.ok) return edition;
    const signed = rules.opened(content, given, { registrar: bin.value, ...edition.value });
    if (!signed.ok) return signed;
    const opened = await withArrival(ledger, signed.value, arrival);
    if (!opened.ok) return opened;
    await ledger.putSealed(batchType, opened.value, registrarMsp);
    if (content.kind === 'CESSION') {
      await notePaid(ledger, content.payment.evidence, content.batch);
    }
    ledger.emit({ name: 'BatchOpened', batch: content.batch, kind: content.kind });
    return opened;
  }),

  batch(cedePart, async (ledger, { batch: id, part, lines }) => {
    const due = await duePart(ledger, id, part, lines);
    return andThen(due, (opened) => {
      const { content } = opened;
      if (content.kind !== 'CESSION') return notOfCession();
      return accepted(
        planOf<CededLine>(ledger, opened, part, lines, (_line, existing) =>
          rules.cededBy(opened, content, existing),
        ),
      );
    });
  }),

  batch(importPart, async (ledger, { batch: id, part, lines }) => {
    const due = await duePart(ledger, id, part, lines);
    if (due.ok) await foreseeRegisters(ledger, lines);
    return andThen(due, (opened) => {
      if (opened.content.kind !== 'IMPORT') {
        return refused(refuse('BATCH_NOT_AN_IMPORT', { norm: 'PL-11' }));
      }
      return accepted(
        planOf<ImportedLine>(ledger, opened, part, lines, (line, existing) =>
          imported(opened, line, existing),
        ),
      );
    });
  }),

  query(getBatch, async (ledger, { batch: id }) => {
    const opened = await batchOn(ledger, id);
    if (!opened.ok) return opened;
    return accepted({ opened: opened.value, parts: [...(await partsOf(ledger, id))] });
  }),
];

/** A cession is filed under an edition that is in force, on a platform that may file (RG-2, OR-2). */
async function editionOfFiling(
  ledger: PublicLedger,
  content: BatchContent,
  verdicts: readonly BatchVerdict[],
): Promise<Outcome<Pick<OpenedBatch, 'edition'>>> {
  if (content.kind !== 'CESSION') return accepted({});
  const details = { field: '/content/payment/confirmedAt', norm: 'PL-9' };
  const { time: now } = ledger.circumstances;
  const day = localDateOf(rules.filedAt(content, verdicts));
  const parts = all({
    edition: await entitledOn(ledger, content.platform, day),
    payment: unlessRefused(aheadFaults(content.payment.confirmedAt, now, details), null),
    unused: await stillUnused(ledger, content.payment.evidence, content.batch),
  });
  return andThen(parts, ({ edition: { edition } }) => accepted({ edition }));
}

/** A part that was signed with its batch and was not carried out yet. */
async function duePart(
  ledger: PublicLedger,
  id: string,
  part: number,
  lines: Lines,
): Promise<Outcome<OpenedBatch>> {
  const opened = await batchOn(ledger, id);
  if (!opened.ok) return opened;
  const signed = rules.isPart(opened.value, part, lines);
  if (!signed.ok) return signed;
  const done = await ledger.find(partOutcomeType, partKey({ batch: id, part }));
  if (done !== undefined) {
    return refused(refuse('BATCH_PART_DONE', { norm: 'PL-11', params: { part: String(part) } }));
  }
  await foreseePledges(ledger, lines.map(pledgeOfLine));
  return opened;
}

/** An entry is written into its property's register, and nothing else is: all are read in one message. */
async function foreseeRegisters(
  ledger: PublicLedger,
  lines: readonly ImportedLine[],
): Promise<void> {
  const entries = lines.filter(({ kind }) => kind === 'PLEDGE' || kind === 'REPLEDGE');
  const properties = new Set(entries.map(({ property }) => property));
  await ledger.foresee(
    registerContentsType,
    [...properties].map((property) => [property]),
  );
}

/** Decides each line over its record, writes what changed under the seal, and records the outcomes. */
function planOf<Line extends CededLine | ImportedLine>(
  ledger: PublicLedger,
  opened: OpenedBatch,
  part: number,
  lines: readonly Line[],
  decide: (line: Line, existing: Encumbrance | undefined) => Outcome<rules.LineOutcome>,
): BatchPlan<Line, boolean, PartOutcome> {
  const place = { batch: opened.content.batch, part };
  // A sheet of one pledge would spare nobody anything.
  const sheet = lines.length > 1 ? place : undefined;
  return {
    items: lines,
    carryOut: async (line) => {
      const existing = await encumbranceOn(ledger, ...pledgeOfLine(line));
      const decided = decide(line, existing);
      if (!decided.ok) return decided;
      const { changed } = decided.value;
      if (changed === undefined) return accepted(false);
      if (existing === undefined) {
        const entered = await enterPledge(ledger, { ...changed, ...(sheet && { sheet }) });
        return entered.ok ? accepted(true) : entered;
      }
      await changePledge(ledger, existing, changed, sheet);
      return accepted(true);
    },
    finish: async (outcomes) => {
      const outcome = rules.outcomeOfPart(place, outcomes);
      const written = lines.filter((_, index) => hasChanged(outcomes[index]));
      if (sheet !== undefined) await putSheet(ledger, sheet, written.map(pledgeOfLine));
      await ledger.putSealed(partOutcomeType, outcome, registrarMsp);
      await announcePart(ledger, opened, outcome);
      const { lines: total, already, refused: not } = outcome;
      const counts = { lines: total, already: already.length, refused: not.length };
      ledger.emit({ name: 'BatchPartCarriedOut', ...place, ...counts });
      return outcome;
    },
  };
}

/** Where a line's record stands on the ledger. */
function pledgeOfLine(line: CededLine | ImportedLine): PledgeKey {
  return [line.property, rules.encumbranceOfLine(line)];
}

/** Whether a line changed its record. */
function hasChanged(outcome: Outcome<boolean> | undefined): boolean {
  return outcome?.ok === true && outcome.value;
}

function notOfCession() {
  return refused(refuse('BATCH_NOT_A_CESSION', { norm: 'PL-1' }));
}

function keepSignature(ledger: PrivateLedger, { batch: id }: BatchContent, of: Verified): void {
  const key = heldKey(id, { kind: 'BATCH_EVIDENCE', cms: of.cms });
  ledger.deposit(key, evidenceText(of.kept));
}

function verdictOn(
  { content, evidence, found }: { content: BatchContent; evidence: Evidence; found: Findings },
  { mspId: depositor }: Caller,
  signed: Pick<BatchVerdict, 'by' | 'mandate'>,
): string {
  return verdictText({
    verdict: 'BATCH',
    batch: content.batch,
    content: contentHash(content),
    manifest: signedManifestHash(evidence),
    cms: cmsHash(evidence),
    depositor,
    ...signed,
    ...found,
  });
}
