/**
 * The register as it should be: who holds which pledge of which property, and in which order they
 * stand.
 */
import { uuidOf, hashOf } from '../scene/numbers.ts';
import { binOf, type PlatformMsp, type Pledgee, pledgees } from '../scene/parties.ts';
import type { Family, Kind, Plan, Target } from '../scene/plans.ts';
import type { BatchPlan, CededLine, ChangedLine, EndedLine, EnteredLine, Line } from './batches.ts';
import { morning } from '../scene/setting.ts';
import type { ModelAcceptance } from './model.ts';

/** One pledge of one property. */
export type ModelPledge = {
  readonly id: string;
  readonly property: string;
  readonly kind: 'PLEDGE' | 'REPLEDGE';
  readonly acceptance: ModelAcceptance;
  consentToRepledge: boolean;
  readonly firstHolder: Pledgee;
  /** The contract by which it was entered. */
  readonly titleDocument: string;
  /** Where it was filed; what was imported was filed on none. */
  readonly platform?: PlatformMsp;
  /** Entered by a batch, from what EGKN registered elsewhere. */
  readonly isImported: boolean;
  readonly registeredAt: string;
  /** Whose it is; of what was imported the ledger does not know. */
  readonly family?: Family;
  holder: Pledgee;
  isLive: boolean;
  /** How it ended, if it has. */
  end?: {
    readonly by: string;
    readonly registeredAt: string;
    readonly egknNumber?: string;
  };
  /** Which applications and batches changed it, oldest first. */
  readonly changes: ModelChange[];
};

/** A change by its kind, when it was registered, and to whom or to which document. */
type ModelChange = {
  readonly by: string;
  readonly kind: Kind;
  readonly at: string;
  readonly to: string;
};

/** What a registration knows beside its plan. */
type Entered = { readonly titleDocument: string; readonly at: string; readonly family: Family };

type Accepted = { readonly acceptance: ModelAcceptance; readonly id: string };

type Agreement = {
  readonly property: string;
  readonly application: string;
  readonly acceptance: ModelAcceptance;
  readonly order: readonly string[];
};

/** What stops a cession when EGKN has found it: an arrest, and a lawsuit that nobody looked at. */
const stopping: Readonly<Record<string, string>> = {
  '7010': 'EXCLUDING_ENCUMBRANCE',
  '6010': 'ENCUMBRANCE_NOT_CONSIDERED',
};

export class Register {
  readonly pledges: ModelPledge[] = [];
  readonly agreements: Agreement[] = [];

  of(property: string): readonly ModelPledge[] {
    return this.pledges.filter((pledge) => pledge.property === property);
  }

  find({ property, encumbrance }: Target): ModelPledge | undefined {
    return this.pledges.find((each) => each.property === property && each.id === encumbrance);
  }

  /**
   * The live pledges of a property, first in rank first: each stands where its acceptance puts it;
   * those who agreed, oldest agreement first, have swapped places among themselves.
   */
  ranked(property: string): readonly string[] {
    const places = this.of(property)
      .map((pledge) => ({ id: pledge.id, place: placeOf(pledge.acceptance, pledge.id) }))
      .sort((one, other) => (one.place < other.place ? -1 : 1))
      .map(({ id }) => id);
    const inTurn = this.agreements
      .filter((agreement) => agreement.property === property)
      .map((agreement) => ({
        agreement,
        place: placeOf(agreement.acceptance, agreement.application),
      }))
      .sort((one, other) => (one.place < other.place ? -1 : 1));
    for (const { agreement } of inTurn) {
      const seats = agreement.order.map((id) => places.indexOf(id)).sort((a, b) => a - b);
      seats.forEach((seat, index) => (places[seat] = agreement.order[index] as string));
    }
    const isLive = (id: string) => this.find({ property, encumbrance: id })?.isLive === true;
    return places.filter(isLive);
  }

  /** Whether one acceptance counts before another: each with the id of what was accepted. */
  static isBefore(one: Accepted, other: Accepted): boolean {
    return placeOf(one.acceptance, one.id) < placeOf(other.acceptance, other.id);
  }

  /** Why this may not be entered, all reasons; nothing if it may. */
  against(
    plan: Plan,
    acceptance: ModelAcceptance,
    consenting: readonly Pledgee[],
  ): ReadonlySet<string> {
    if (plan.kind === 'RANK_AGREEMENT') return this.#againstAgreement(plan, consenting);
    const first = plan.kind === 'REPLEDGE' && !this.#stoodBefore(plan, acceptance);
    return new Set([
      ...(first ? ['NOTHING_TO_REPLEDGE'] : []),
      ...plan.targets.flatMap((target) => this.#againstOne(plan, acceptance, target, consenting)),
    ]);
  }

  /** Whether one of its homes was pledged when EGKN took it, however that pledge stands now. */
  #stoodBefore({ id, targets }: Plan, taken: ModelAcceptance): boolean {
    const minute = taken.minute.slice(0, 16);
    return targets
      .flatMap(({ property }) => this.of(property))
      .some(
        (each) =>
          placeOf(each.acceptance, each.id) < placeOf(taken, id) &&
          (each.isLive || (each.end?.registeredAt.slice(0, 16) ?? '') >= minute),
      );
  }

  #againstOne(
    plan: Plan,
    taken: ModelAcceptance,
    target: Target,
    consenting: readonly Pledgee[],
  ): readonly string[] {
    const { kind, cedent, pledgee } = plan;
    if (kind === 'PLEDGE' || kind === 'REPLEDGE') {
      return this.#againstEntry(plan, taken, target, consenting);
    }
    const pledge = this.find(target);
    if (pledge === undefined) return ['ENCUMBRANCE_UNKNOWN'];
    if (!pledge.isLive) return ['ENCUMBRANCE_TERMINATED'];
    return [
      ...(kind === 'CESSION' && pledge.holder !== cedent ? ['NOT_THE_HOLDER'] : []),
      ...(kind !== 'CESSION' && pledge.holder !== pledgee ? ['PLEDGEE_NOT_THE_HOLDER'] : []),
      ...(kind === 'CESSION' && pledge.holder === pledgee ? ['HOLDER_ALREADY'] : []),
    ];
  }

  /** Why a new pledge of a property may not be entered behind those that stand before it. */
  #againstEntry(
    { id }: Pick<Plan, 'id'>,
    taken: ModelAcceptance,
    target: Target,
    consenting: readonly Pledgee[],
  ): readonly string[] {
    const all = this.of(target.property);
    const earlier = all.filter(
      (each) => each.isLive && placeOf(each.acceptance, each.id) < placeOf(taken, id),
    );
    const twice = this.find({ ...target, encumbrance: id }) !== undefined;
    const numberTaken = all.some(({ acceptance }) => acceptance.egknNumber === taken.egknNumber);
    const unasked = earlier.some(
      ({ consentToRepledge, holder }) => consentToRepledge && !consenting.includes(holder),
    );
    return [
      ...(twice ? ['ENCUMBRANCE_REGISTERED_ALREADY'] : []),
      ...(numberTaken ? ['EGKN_ENTRY_REGISTERED_ALREADY'] : []),
      ...(unasked ? ['EARLIER_PLEDGEE_CONSENT_MISSING'] : []),
    ];
  }

  #againstAgreement({ targets }: Plan, consenting: readonly Pledgee[]): ReadonlySet<string> {
    const [first] = targets;
    const named = targets.map(({ encumbrance }) =>
      this.pledges.find((each) => each.id === encumbrance && each.property === first?.property),
    );
    const reasons = new Set<string>();
    if (new Set(targets.map(({ encumbrance }) => encumbrance)).size < targets.length) {
      reasons.add('RANK_NAMES_TWICE');
    }
    if (named.some((each) => each?.isLive !== true)) reasons.add('RANK_OF_WHAT_IS_NOT_LIVE');
    if (named.some((each) => each !== undefined && !consenting.includes(each.holder))) {
      reasons.add('RANK_CONSENT_MISSING');
    }
    return reasons;
  }

  /** Enters what was registered. */
  enter(plan: Plan, acceptance: ModelAcceptance, { titleDocument, at, family }: Entered): void {
    const { id, kind, targets, platform, pledgee, consentToRepledge } = plan;
    if (kind === 'RANK_AGREEMENT') {
      const order = targets.flatMap(({ encumbrance }) => encumbrance ?? []);
      const property = targets[0]?.property ?? '';
      this.agreements.push({ property, application: id, acceptance, order });
      return;
    }
    for (const target of targets) {
      const { property } = target;
      const to = kind === 'CESSION' ? binOf(pledgee) : titleDocument;
      const change = { by: id, kind, at, to };
      if (kind === 'PLEDGE' || kind === 'REPLEDGE') {
        const terms = { id, property, kind, acceptance, consentToRepledge, titleDocument };
        const holders = { firstHolder: pledgee, holder: pledgee };
        const standing = { isImported: false, isLive: true, changes: [change] };
        this.pledges.push({
          ...terms,
          platform,
          ...holders,
          ...standing,
          family,
          registeredAt: at,
        });
        continue;
      }
      const pledge = this.find(target);
      if (pledge === undefined) continue;
      pledge.changes.push(change);
      if (kind === 'AMENDMENT') pledge.consentToRepledge = consentToRepledge;
      if (kind === 'CESSION') pledge.holder = pledgee;
      if (kind === 'TERMINATION') {
        pledge.isLive = false;
        pledge.end = { by: id, registeredAt: at };
      }
    }
  }

  /** Carries out a part of a batch, line by line, and tells what became of each. */
  carryOut(plan: BatchPlan, lines: readonly Line[]) {
    const already: number[] = [];
    const refused: { readonly line: number; readonly codes: readonly string[] }[] = [];
    for (const [index, line] of lines.entries()) {
      const outcome = this.#carryOut(plan, line);
      if (outcome === 'ALREADY') already.push(index + 1);
      else if (outcome !== 'DONE') refused.push({ line: index + 1, codes: [outcome] });
    }
    return { lines: lines.length, already, refused };
  }

  #carryOut(plan: BatchPlan, line: Line): string {
    if ('encumbrance' in line) return this.#cede(plan, line);
    if (line.kind === 'TERMINATION') return this.#end(plan, line);
    return 'change' in line ? this.#change(line) : this.#import(line);
  }

  /** A batch cedes a pledge once, whatever happened to it since. */
  #cede({ id, from, to, found }: BatchPlan, line: CededLine): string {
    const pledge = this.find(line);
    if (pledge === undefined) return 'ENCUMBRANCE_UNKNOWN';
    if (!pledge.isLive) return 'ENCUMBRANCE_TERMINATED';
    if (pledge.changes.some(({ by }) => by === id)) return 'ALREADY';
    if (pledge.holder !== from) return 'NOT_THE_HOLDER';
    if (from === to) return 'HOLDER_ALREADY';
    const stopped = found?.property === line.property ? stopping[found.code] : undefined;
    if (stopped !== undefined) return stopped;
    pledge.holder = to;
    pledge.changes.push({ by: id, kind: 'CESSION', at: morning, to: binOf(to) });
    return 'DONE';
  }

  /** EGKN's entry stands once, at the place that its property and number give it. */
  #import(line: EnteredLine): string {
    const { application, property, kind, acceptance, titleDocument, consentToRepledge } = line;
    const id = placeOfEntry(line);
    const pledge = this.find({ property, encumbrance: id });
    if (pledge !== undefined) return isSameEntry(pledge, line) ? 'ALREADY' : 'IMPORT_DIFFERS';
    if (application !== undefined) return 'IMPORT_OF_UNREGISTERED_APPLICATION';
    const holder = pledgees.find((each) => binOf(each) === line.holder) ?? 'alphaHead';
    const terms = { id, property, kind, acceptance, consentToRepledge, titleDocument };
    const { registeredAt } = line;
    const begun = { by: id, kind, at: registeredAt, to: titleDocument };
    const standing = { isImported: true, isLive: true, registeredAt, changes: [begun] };
    this.pledges.push({ ...terms, firstHolder: holder, holder, ...standing });
    return 'DONE';
  }

  /** EGKN's change stands once, after those that stand here; a platform's own registers it. */
  #change(line: ChangedLine): string {
    const { property, kind, acceptance, change } = line;
    const pledge = this.find({ property, encumbrance: placeOfEntry(line) });
    if (pledge === undefined) return 'IMPORT_CHANGES_UNKNOWN';
    const by = change.application ?? placeOfEntry({ property, acceptance: change });
    const isOther = pledge.acceptance.egknNumber !== acceptance.egknNumber;
    const standing = pledge.changes.filter((each) =>
      [kind, 'PLEDGE', 'REPLEDGE'].includes(each.kind),
    );
    const same = standing.find((each) => each.by === by);
    if (same !== undefined)
      return isSameChange(same, line) && !isOther ? 'ALREADY' : 'IMPORT_DIFFERS';
    if (change.application !== undefined) return 'IMPORT_OF_UNREGISTERED_APPLICATION';
    if (isOther || change.registeredAt < (standing.at(-1)?.at ?? '')) return 'IMPORT_DIFFERS';
    return pledge.isLive ? changed(pledge, line, by) : 'ENCUMBRANCE_TERMINATED';
  }

  /** EGKN's termination ends a pledge of any beginning, once; what a platform filed it registers. */
  #end({ id: batch }: BatchPlan, line: EndedLine): string {
    const { property, acceptance, termination } = line;
    const pledge = this.find({ property, encumbrance: placeOfEntry(line) });
    if (pledge === undefined) return 'IMPORT_ENDS_UNKNOWN';
    const { application: by, egknNumber, registeredAt } = termination;
    const isOther = pledge.acceptance.egknNumber !== acceptance.egknNumber;
    if (isOther || registeredAt < pledge.registeredAt) return 'IMPORT_DIFFERS';
    const { end } = pledge;
    if (end !== undefined) {
      const isSame = by === undefined ? isSameEnd(end, termination) : end.by === by;
      return isSame ? 'ALREADY' : 'IMPORT_DIFFERS';
    }
    if (by !== undefined) return 'IMPORT_OF_UNREGISTERED_APPLICATION';
    pledge.isLive = false;
    pledge.end = { by: batch, registeredAt, egknNumber };
    pledge.changes.push({ by: batch, kind: 'TERMINATION', at: registeredAt, to: egknNumber });
    return 'DONE';
  }
}

/** By which id EGKN's entry stands: that of the application, or one that follows from its number. */
function placeOfEntry({
  application,
  property,
  acceptance,
}: Pick<EndedLine, 'application' | 'property' | 'acceptance'>): string {
  return application ?? uuidOf(hashOf(JSON.stringify([property, acceptance.egknNumber])));
}

/** To whom, or to which document, a change is. */
function newOf(line: ChangedLine): string {
  return line.kind === 'CESSION' ? line.holder : line.titleDocument;
}

/** What a platform filed has its own time here. */
function isSameChange({ to, at }: ModelChange, line: ChangedLine): boolean {
  const { application, registeredAt } = line.change;
  return to === newOf(line) && (application !== undefined || at === registeredAt);
}

/** Another holder, or other terms, from now on. */
function changed(pledge: ModelPledge, line: ChangedLine, by: string): string {
  const to = newOf(line);
  if (line.kind === 'AMENDMENT') pledge.consentToRepledge = line.consentToRepledge;
  else {
    if (binOf(pledge.holder) === to) return 'HOLDER_ALREADY';
    pledge.holder = pledgees.find((each) => binOf(each) === to) ?? pledge.holder;
  }
  pledge.changes.push({ by, kind: line.kind, at: line.change.registeredAt, to });
  return 'DONE';
}

function isSameEnd(
  end: NonNullable<ModelPledge['end']>,
  { egknNumber, registeredAt }: EndedLine['termination'],
): boolean {
  return end.egknNumber === egknNumber && end.registeredAt === registeredAt;
}

/** Whether a line says of a pledge's beginning what the register has. */
function isSameEntry(pledge: ModelPledge, line: EnteredLine): boolean {
  return (
    pledge.kind === line.kind &&
    pledge.acceptance.minute === line.acceptance.minute &&
    pledge.acceptance.egknNumber === line.acceptance.egknNumber &&
    binOf(pledge.firstHolder) === line.holder &&
    pledge.titleDocument === line.titleDocument &&
    // An agreement may have changed it since.
    (pledge.changes.some(({ kind }) => kind === 'AMENDMENT') ||
      pledge.consentToRepledge === line.consentToRepledge)
  );
}

/**
 * One text by which acceptances are ordered: the minute, EGKN's number (here always `EGKN-` and a count),
 * the application.
 */
function placeOf({ minute, egknNumber }: ModelAcceptance, application: string): string {
  const [, count = ''] = /^EGKN-(\d+)$/.exec(egknNumber) ?? [];
  return `${minute} ${count.padStart(20)} ${application}`;
}
