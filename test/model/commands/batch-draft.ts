/** What a batch is to be about, as far as chance decides it. */
import fc from 'fast-check';
import type {
  BatchPlan,
  CededLine,
  EnteredLine,
  FoundAt,
  ImportedLine,
  Line,
} from '../model/batches.ts';
import type { Model } from '../model/model.ts';
import { hashOf, idOf } from '../scene/numbers.ts';
import { binOf, type Pledgee, pledgees, type PlatformMsp } from '../scene/parties.ts';
import { properties } from '../scene/plans.ts';
import { minutesOn, morning } from '../scene/setting.ts';
import { found } from './batch-arrival.ts';
import { weighted } from './draft.ts';
import { rarely, seldom } from './play.ts';

type LineDraft = {
  /** Which of the pledges that were ever registered. */
  readonly pledge: number;
  /** Names a pledge that there is not. */
  readonly stray: boolean;
  readonly property: number;
  /** EGKN's number: few, so that the same entry comes again. */
  readonly number: number;
  /** Says that EGKN had it from a platform. */
  readonly ofPlatform: boolean;
  /** Another beginning, or another end, than the entry has. */
  readonly differs: boolean;
  /** Tells the end of the entry. */
  readonly ends: boolean;
  /** Tells a change of the entry. */
  readonly changes: boolean;
  /** Says that EGKN had the end or the change from a platform. */
  readonly endOfPlatform: boolean;
};

export type BatchDraft = {
  readonly kind: 'CESSION' | 'IMPORT';
  readonly platform: PlatformMsp;
  readonly to: Pledgee;
  /** Another than who holds the first pledge, or nobody else than the cedent. */
  readonly strayParties: boolean;
  readonly lines: readonly LineDraft[];
  /** How many lines are in the first part. */
  readonly cut: number;
  /** The first line stands again at the end. */
  readonly twice: boolean;
  /** Lines of an import in a cession, or the other way round. */
  readonly otherLines: boolean;
  /** The fee is said to be paid tomorrow. */
  readonly isAhead: boolean;
  readonly found: FoundAt | undefined;
};

const line: fc.Arbitrary<LineDraft> = fc.record({
  pledge: fc.nat({ max: 7 }),
  stray: rarely,
  property: fc.nat({ max: 1 }),
  number: fc.integer({ min: 1, max: 4 }),
  ofPlatform: seldom,
  differs: seldom,
  ends: fc.nat({ max: 2 }).map((one) => one === 2),
  changes: fc.nat({ max: 3 }).map((one) => one === 3),
  endOfPlatform: seldom,
});

export const batchDraft: fc.Arbitrary<BatchDraft> = fc.record({
  kind: weighted<BatchDraft['kind']>([
    ['CESSION', 3],
    ['IMPORT', 2],
  ]),
  platform: weighted<PlatformMsp>([
    ['AlphaMSP', 10],
    ['BetaMSP', 10],
    ['BankMSP', 1],
  ]),
  to: fc.constantFrom(...pledgees),
  strayParties: seldom,
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  cut: fc.integer({ min: 1, max: 4 }),
  twice: seldom,
  otherLines: rarely,
  isAhead: rarely,
  found,
});

/** The batch of a draft, over the register as it stands. */
export function batchPlanOf(model: Model, drawn: BatchDraft): BatchPlan {
  const { kind, platform, to, strayParties, isAhead } = drawn;
  const isOfPledges = (kind === 'CESSION') !== drawn.otherLines;
  const made: readonly Line[] = drawn.lines.map((each) =>
    isOfPledges ? cededLine(model, each) : importedLine(model, each),
  );
  const all = drawn.twice ? [...made, ...made.slice(0, 1)] : made;
  const parts = [all.slice(0, drawn.cut), all.slice(drawn.cut)].filter(({ length }) => length > 0);
  const from = strayParties ? to : (holderOfFirst(model, all) ?? 'betaHead');
  const taker = pledgees.find((each) => each !== from) ?? to;
  return {
    id: idOf(`batch ${model.batches.length} ${JSON.stringify(drawn)}`),
    kind,
    platform,
    from,
    to: to === from && !strayParties ? taker : to,
    paidAt: isAhead ? minutesOn(24 * 60) : morning,
    found: drawn.found,
    parts,
  };
}

function holderOfFirst({ register }: Model, [first]: readonly Line[]): Pledgee | undefined {
  return first !== undefined && 'encumbrance' in first ? register.find(first)?.holder : undefined;
}

function cededLine({ register }: Model, { pledge, stray, property }: LineDraft): CededLine {
  const { pledges } = register;
  const known = stray ? undefined : pledges[pledge % Math.max(pledges.length, 1)];
  const named = known ?? { property: properties[property] ?? '', id: idOf('nothing') };
  const titleDocument = hashOf(`cession of ${named.id}`);
  return { property: named.property, encumbrance: named.id, titleDocument };
}

/** EGKN's entry of a number, or what it had from a platform. */
function importedLine(model: Model, drawn: LineDraft): ImportedLine {
  const entry = enteredLine(model, drawn);
  if (drawn.ends) return endOf(model, drawn, entry);
  return drawn.changes ? changeOf(model, drawn, entry) : entry;
}

function enteredLine(model: Model, drawn: LineDraft): EnteredLine {
  const { number, property, ofPlatform, differs, ends, changes } = drawn;
  const holder = pledgees[number % pledgees.length] ?? 'alphaHead';
  const own: EnteredLine = {
    property: properties[property] ?? '',
    kind: number === 4 ? 'REPLEDGE' : 'PLEDGE',
    acceptance: { minute: `2026-11-20T04:1${number}Z`, egknNumber: `I-${number}` },
    registeredAt: morning,
    holder: binOf(holder),
    titleDocument: hashOf(`entry ${number}`),
    consentToRepledge: number === 3,
  };
  const entry = ofPlatform ? fromPlatform(model, drawn, own) : own;
  return differs && !ends && !changes ? { ...entry, ...difference(entry, number) } : entry;
}

function difference(
  { consentToRepledge, holder }: EnteredLine,
  number: number,
): Partial<EnteredLine> {
  return [
    { titleDocument: hashOf('another') },
    { consentToRepledge: !consentToRepledge },
    { holder: binOf(pledgees.find((each) => binOf(each) !== holder) ?? 'alphaHead') },
  ][number % 3] as Partial<EnteredLine>;
}

/** The end of an entry; other than it was by the number, by the time, or by the encumbrance. */
function endOf(
  { register }: Model,
  { number, differs, endOfPlatform }: LineDraft,
  { property, acceptance, application }: EnteredLine,
): ImportedLine {
  const known = register.pledges.find((pledge) => pledge.id === application);
  const isOther = (one: number) => differs && number % 3 === one;
  return {
    property,
    kind: 'TERMINATION',
    ...(application === undefined ? {} : { application }),
    acceptance: { egknNumber: isOther(0) ? 'I-9' : acceptance.egknNumber },
    termination: {
      egknNumber: `T-${isOther(1) ? 9 : number}`,
      registeredAt: isOther(2) ? '2026-11-20T05:59:00.000Z' : '2026-11-20T09:00:00.000Z',
      ...(endOfPlatform ? { application: known?.end?.by ?? idOf('no termination') } : {}),
    },
  };
}

/** A change of an entry: of its holder or its terms, at one of two times, to one of two. */
function changeOf(
  { register }: Model,
  { number, differs, endOfPlatform, pledge }: LineDraft,
  { property, acceptance, application }: EnteredLine,
): ImportedLine {
  const kind = number % 2 === 0 ? 'CESSION' : 'AMENDMENT';
  const known = register.pledges.find(({ id }) => id === application);
  const filed = known?.changes.findLast((each) => each.kind === kind);
  const { by, to } = filed ?? { by: idOf('no change'), to: undefined };
  const change = {
    egknNumber: `C-${number}`,
    registeredAt: pledge % 4 === 0 ? '2026-11-20T06:05:00.000Z' : '2026-11-20T08:00:00.000Z',
    ...(endOfPlatform ? { application: by } : {}),
  };
  const { egknNumber } = acceptance;
  const of = application === undefined ? {} : { application };
  const about = { property, ...of, acceptance: { egknNumber }, change };
  const stated = newBy(kind, differs ? number + 1 : number);
  const own = endOfPlatform ? (to ?? stated) : stated;
  return kind === 'CESSION'
    ? { ...about, kind, holder: own, titleDocument: hashOf('cession') }
    : { ...about, kind, titleDocument: own, consentToRepledge: number === 1 };
}

/** Another holder, or the document of other terms, by a number. */
function newBy(kind: 'CESSION' | 'AMENDMENT', number: number): string {
  const holder = pledgees[number % pledgees.length] ?? 'alphaHead';
  return kind === 'CESSION' ? binOf(holder) : hashOf(`change ${number}`);
}

function fromPlatform(
  { register }: Model,
  { pledge, stray }: LineDraft,
  own: EnteredLine,
): EnteredLine {
  const filed = register.pledges.filter(({ isImported }) => !isImported);
  const known = stray ? undefined : filed[pledge % Math.max(filed.length, 1)];
  if (known === undefined) return { ...own, application: idOf('nothing') };
  const { id, property, kind, acceptance, firstHolder, titleDocument, consentToRepledge } = known;
  return {
    ...own,
    property,
    kind,
    acceptance,
    application: id,
    holder: binOf(firstHolder),
    titleDocument,
    consentToRepledge,
  };
}
