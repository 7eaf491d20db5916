import fc from 'fast-check';
import type { Model } from '../model/model.ts';
import type { ModelPledge } from '../model/register.ts';
import { idOf } from '../scene/numbers.ts';
import { type Pledgee, pledgees, type PlatformMsp } from '../scene/parties.ts';
import { type Family, type Kind, type Plan, properties, type Target } from '../scene/plans.ts';
import { seldom } from './play.ts';

/** What an application is to be about, as far as chance decides it. */
export type Draft = {
  readonly kind: Kind;
  readonly platform: PlatformMsp;
  readonly pledgee: Pledgee;
  readonly family: Family;
  readonly property: number;
  readonly both: boolean;
  readonly pledge: number;
  readonly consentToRepledge: boolean;
  /** Names a pledge that there is not, or one that has ended. */
  readonly strayTarget: boolean;
  /** Names another cedent than who holds the pledge. */
  readonly strayCedent: boolean;
  /** Names others than those whose pledge it is. */
  readonly strayFamily: boolean;
  /** Asks nobody whose consent is needed. */
  readonly asksNobody: boolean;
};

export const draft: fc.Arbitrary<Draft> = fc.record({
  kind: weighted<Kind>([
    ['PLEDGE', 4],
    ['REPLEDGE', 5],
    ['AMENDMENT', 3],
    ['CESSION', 3],
    ['TERMINATION', 3],
    ['RANK_AGREEMENT', 8],
  ]),
  platform: weighted<PlatformMsp>([
    ['AlphaMSP', 10],
    ['BetaMSP', 10],
    ['BankMSP', 1],
  ]),
  pledgee: fc.constantFrom(...pledgees),
  family: weighted<Family>([
    ['company', 8],
    ['single', 2],
    ['married', 1],
  ]),
  property: fc.nat({ max: 1 }),
  both: seldom,
  pledge: fc.nat({ max: 5 }),
  consentToRepledge: fc.nat({ max: 3 }).map((number) => number === 3),
  strayTarget: seldom,
  strayCedent: seldom,
  strayFamily: seldom,
  asksNobody: seldom,
});

/** One of these, each as often as its weight says. */
export function weighted<T>(choices: readonly (readonly [T, number])[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })));
}

/** The plan of a draft, over the register as it stands: kinds that change a pledge name one. */
export function planOf(model: Model, anyDrawn: Draft): Plan {
  const drawn = { ...anyDrawn, kind: kindOf(model, anyDrawn) };
  const { kind, platform } = drawn;
  const isNew = kind === 'PLEDGE' || kind === 'REPLEDGE';
  const consentToRepledge = isNew && drawn.consentToRepledge;
  const changed = isNew ? [] : changedBy(model, drawn);
  const [first] = changed;
  const family = drawn.strayFamily ? drawn.family : (first?.family ?? drawn.family);
  const holder = first?.holder;
  const cedent = kind === 'CESSION' ? { cedent: cedentOf(drawn, holder) } : {};
  const plan = {
    kind,
    platform,
    family,
    consentToRepledge,
    ...cedent,
    pledgee: pledgeeOf(drawn, holder),
    targets: isNew ? newTargets(drawn) : targetsOf(drawn, changed),
    consenting: drawn.asksNobody ? [] : asked(model, drawn, changed),
  };
  // A second one of the same content is another application.
  const name = JSON.stringify(plan);
  const count = model.applications.filter(({ plan: { id } }) =>
    id.startsWith(idOf(name).slice(0, 8)),
  );
  const id = idOf(name).slice(0, 8) + idOf(`${name} ${count.length}`).slice(8);
  return { id, ...plan };
}

/** Where there is nothing to change or to agree on, somebody pledges, unless by mistake. */
function kindOf({ register }: Model, { kind, strayTarget }: Draft): Kind {
  const isNew = kind === 'PLEDGE' || kind === 'REPLEDGE';
  const most = Math.max(...properties.map((property) => register.ranked(property).length));
  const isPossible = most >= (kind === 'RANK_AGREEMENT' ? 2 : 1);
  return isNew || strayTarget || isPossible ? kind : 'PLEDGE';
}

function newTargets({ property, both }: Draft): readonly Target[] {
  const [one, other] = property === 0 ? properties : properties.toReversed();
  return [one, ...(both ? [other] : [])].map((each) => ({ property: each as string }));
}

/** The pledges that the draft is to change. */
function changedBy(model: Model, drawn: Draft): readonly ModelPledge[] {
  const { kind, property, pledge, both, strayTarget } = drawn;
  const all = model.register.pledges.filter(({ isLive }) => isLive !== strayTarget);
  if (kind === 'RANK_AGREEMENT') {
    const sides = properties.map((side) => all.filter((each) => each.property === side));
    const there = sides.find((side) => side.length > 1) ?? sides[property] ?? [];
    const turned = [...there.slice(pledge % Math.max(there.length, 1)), ...there].slice(
      0,
      there.length,
    );
    return turned.toReversed().slice(0, 3);
  }
  const first = all[pledge % Math.max(all.length, 1)];
  const second = all.find((each) => each.id === first?.id && each !== first);
  return [first, both ? second : undefined].filter((each) => each !== undefined);
}

function targetsOf({ property }: Draft, changed: readonly ModelPledge[]): readonly Target[] {
  const nothing = { property: properties[property] ?? '', encumbrance: idOf('nothing') };
  return changed.length === 0
    ? [nothing]
    : changed.map((pledge) => ({ property: pledge.property, encumbrance: pledge.id }));
}

function cedentOf({ strayCedent, pledgee }: Draft, holder: Pledgee | undefined): Pledgee {
  return strayCedent ? pledgee : (holder ?? 'betaHead');
}

/** For a cession somebody else than the holder; for what only the holder does, the holder. */
function pledgeeOf({ kind, pledgee, strayCedent }: Draft, holder: Pledgee | undefined): Pledgee {
  if (holder === undefined || strayCedent) return pledgee;
  if (kind !== 'CESSION') return kind === 'AMENDMENT' || kind === 'TERMINATION' ? holder : pledgee;
  return pledgee === holder ? (pledgees.find((each) => each !== holder) ?? pledgee) : pledgee;
}

/** Whose consent has to be asked, as the register stands now. */
function asked(model: Model, drawn: Draft, changed: readonly ModelPledge[]): readonly Pledgee[] {
  const { kind } = drawn;
  const concerned =
    kind === 'RANK_AGREEMENT'
      ? changed
      : newTargets(drawn).flatMap(({ property }) =>
          model.register
            .of(property)
            .filter(({ isLive, consentToRepledge }) => isLive && consentToRepledge),
        );
  const isAsked = kind === 'RANK_AGREEMENT' || kind === 'PLEDGE' || kind === 'REPLEDGE';
  return isAsked ? [...new Set(concerned.map(({ holder }) => holder))] : [];
}
