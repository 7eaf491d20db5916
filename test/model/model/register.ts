/**
 * The register as it should be: who holds which pledge of which property, and in which order they
 * stand.
 */
import type { Pledgee } from '../scene/parties.ts';
import type { Kind, Plan, Target } from '../scene/plans.ts';
import type { ModelAcceptance } from './model.ts';

/** One pledge of one property. */
export type ModelPledge = {
  readonly id: string;
  readonly property: string;
  readonly acceptance: ModelAcceptance;
  consentToRepledge: boolean;
  holder: Pledgee;
  isLive: boolean;
  /** Which applications changed it, oldest first. */
  readonly changes: { readonly by: string; readonly kind: Kind }[];
};

type Agreement = {
  readonly property: string;
  readonly application: string;
  readonly acceptance: ModelAcceptance;
  readonly order: readonly string[];
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

  /** Why this may not be entered, all reasons; nothing if it may. */
  against(
    plan: Plan,
    acceptance: ModelAcceptance,
    consenting: readonly Pledgee[],
  ): ReadonlySet<string> {
    if (plan.kind === 'RANK_AGREEMENT') return this.#againstAgreement(plan, consenting);
    const own = placeOf(acceptance, plan.id);
    return new Set(
      plan.targets.flatMap((target) => this.#againstOne(plan, own, target, consenting)),
    );
  }

  #againstOne(
    plan: Plan,
    own: string,
    target: Target,
    consenting: readonly Pledgee[],
  ): readonly string[] {
    const { kind, cedent, pledgee } = plan;
    const earlier = this.of(target.property).filter(
      ({ id, isLive, acceptance }) => isLive && placeOf(acceptance, id) < own,
    );
    if (kind === 'PLEDGE' || kind === 'REPLEDGE') {
      const twice = this.find({ ...target, encumbrance: plan.id }) !== undefined;
      const unasked = earlier.some(
        ({ consentToRepledge, holder }) => consentToRepledge && !consenting.includes(holder),
      );
      return [
        ...(twice ? ['ENCUMBRANCE_REGISTERED_ALREADY'] : []),
        ...(kind === 'REPLEDGE' && earlier.length === 0 ? ['NOTHING_TO_REPLEDGE'] : []),
        ...(unasked ? ['EARLIER_PLEDGEE_CONSENT_MISSING'] : []),
      ];
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
  enter(plan: Plan, acceptance: ModelAcceptance): void {
    const { id, kind, targets, pledgee, consentToRepledge } = plan;
    if (kind === 'RANK_AGREEMENT') {
      const order = targets.flatMap(({ encumbrance }) => encumbrance ?? []);
      const property = targets[0]?.property ?? '';
      this.agreements.push({ property, application: id, acceptance, order });
      return;
    }
    for (const target of targets) {
      const { property } = target;
      const change = { by: id, kind };
      if (kind === 'PLEDGE' || kind === 'REPLEDGE') {
        const terms = { id, property, acceptance, consentToRepledge };
        this.pledges.push({ ...terms, holder: pledgee, isLive: true, changes: [change] });
        continue;
      }
      const pledge = this.find(target);
      if (pledge === undefined) continue;
      pledge.changes.push(change);
      if (kind === 'AMENDMENT') pledge.consentToRepledge = consentToRepledge;
      if (kind === 'CESSION') pledge.holder = pledgee;
      if (kind === 'TERMINATION') pledge.isLive = false;
    }
  }
}

/**
 * One text by which acceptances are ordered: the minute, EGKN's number (here always `EGKN-` and a count),
 * the application.
 */
function placeOf({ minute, egknNumber }: ModelAcceptance, application: string): string {
  const [, count = ''] = /^EGKN-(\d+)$/.exec(egknNumber) ?? [];
  return `${minute} ${count.padStart(20)} ${application}`;
}
