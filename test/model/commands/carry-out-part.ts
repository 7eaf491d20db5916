/** A part of a batch is carried out; each of its lines has an outcome of its own. */
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../../chaincode/kernel/canonical-json.ts';
import * as portfolio from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { isCession, isImported, type Line, type ModelBatch } from '../model/batches.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { notRegistrar, ofRegistrar, type Play, someone } from './play.ts';
import { called, picked, type WhichBatch, whichBatch } from './which-batch.ts';

type Carrying = {
  readonly which: WhichBatch;
  readonly by: Party | undefined;
  /** From one; there may be no such part. */
  readonly part: number;
  /** What of the lines is not as it was signed. */
  readonly flaw: 'otherPart' | 'altered' | 'shortened' | 'turned' | undefined;
};

export const soundCarryingOut = { by: undefined, flaw: undefined };

/** Carries out one part; each of its lines has an outcome of its own. */
export const carryOutPart: Play<Carrying> = {
  name: 'carry out part',
  choice: fc.record({
    which: whichBatch,
    by: someone,
    part: fc.constantFrom(1, 1, 1, 2, 2, 3),
    flaw: weightedFlaw(),
  }),
  attempt: (model, { which, by = ofRegistrar, part, flaw }) => {
    const batch = picked(model, which);
    if (batch === undefined) return undefined;
    const { plan, done } = batch;
    const lines = linesFor(batch, part, flaw);
    const what = `carries out part ${part} of ${called(batch)}`;
    const against = [notRegistrar(by), ...wrongs(batch, part, lines)];
    const learn = (outcome: unknown) => {
      expect(outcome, 'what became of the lines').to.eql({
        batch: plan.id,
        part,
        ...model.register.carryOut(plan, lines),
      });
      done.add(part);
    };
    const common = { batch: plan.id, part };
    if (isCession(lines)) {
      const input = { ...common, lines: [...lines] };
      return attempt(portfolio.cedePart, { what, input, by, against, learn });
    }
    const input = { ...common, lines: lines.filter(isImported) };
    return attempt(portfolio.importPart, { what, input, by, against, learn });
  },
};

/** What stands against carrying out lines as a part, apart from who brings them. */
function wrongs(
  { plan: { kind, parts }, isOpened, done }: ModelBatch,
  part: number,
  lines: readonly Line[],
): readonly (string | false)[] {
  if (!isOpened) return ['BATCH_UNKNOWN'];
  const isSigned = canonicalJson(lines) === canonicalJson(parts[part - 1] ?? []);
  return [
    !isSigned && 'BATCH_PART_DIFFERS',
    done.has(part) && 'BATCH_PART_DONE',
    isCession(lines) && kind === 'IMPORT' && 'BATCH_NOT_A_CESSION',
    !isCession(lines) && kind === 'CESSION' && 'BATCH_NOT_AN_IMPORT',
  ];
}

function weightedFlaw(): fc.Arbitrary<Carrying['flaw']> {
  const flaws = ['otherPart', 'altered', 'shortened', 'turned'] as const;
  return fc.option(fc.constantFrom(...flaws), { nil: undefined, freq: 2 });
}

/** The lines of a part, or not quite. */
function linesFor(
  { plan: { parts } }: ModelBatch,
  part: number,
  flaw: Carrying['flaw'],
): readonly Line[] {
  const own = parts[part - 1] ?? parts[0] ?? [];
  switch (flaw) {
    case 'otherPart':
      return parts[part % parts.length] ?? own;
    case 'altered':
      return own.map((line) => ({ ...line, property: '20:315:033:105:9' }));
    case 'shortened':
      return own.length > 1 ? own.slice(0, -1) : own;
    case 'turned':
      return own.toReversed();
    case undefined:
      return own;
  }
}
