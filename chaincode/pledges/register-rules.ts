/**
 * The register of a property: what may be entered, and in which order the pledges stand.
 */
import type { ApplicationId } from '../kernel/application-id.ts';
import type { Bin } from '../kernel/bin.ts';
import { withOneMore } from '../kernel/full-list.ts';
import type { Instant } from '../kernel/instant.ts';
import { startOfMinute } from '../kernel/minute.ts';
import { accepted, andThen, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Application } from './application.ts';
import {
  type AcceptanceKey,
  egknNumberLengthMax,
  type Encumbrance,
  type RankAgreement,
  holdersMax,
  termsMax,
} from './encumbrance.ts';
import { refuse } from './refusals.ts';

/** The norm under which the lists of a pledge grow. */
const norm = 'PL-1';

/** Earlier first: by the minute, then EGKN's number as it counts, then our id. */
export function compareAcceptance(one: AcceptanceKey, other: AcceptanceKey): number {
  return (
    order(one.minute, other.minute) ||
    compareNumbers(one.egknNumber, other.egknNumber) ||
    order(one.application, other.application)
  );
}

/**
 * The live pledges of a property in the order of their rank (PL-15): by acceptance, changed by the
 * agreements of their holders alone, in the order in which these were accepted.
 *
 * An agreement names pledges and their order; they exchange the places that they have. Nobody who
 * did not agree moves, also when one of those who agreed has ended since: it leaves the order at the
 * place that it had agreed on.
 */
export function inRankOrder(
  encumbrances: readonly Encumbrance[],
  agreements: readonly RankAgreement[],
): readonly Encumbrance[] {
  const ranked = encumbrances.toSorted((one, other) =>
    compareAcceptance(one.acceptance, other.acceptance),
  );
  const inTurn = agreements.toSorted((one, other) =>
    compareAcceptance(one.acceptance, other.acceptance),
  );
  for (const agreement of inTurn) exchange(ranked, agreement.order);
  return ranked.filter(({ state }) => state === 'LIVE');
}

/** The rank of a pledge among the live ones of its property, from one; nothing if it has ended. */
export function rankOf(
  id: ApplicationId,
  encumbrances: readonly Encumbrance[],
  agreements: readonly RankAgreement[],
): number | undefined {
  const index = inRankOrder(encumbrances, agreements).findIndex((each) => each.id === id);
  return index === -1 ? undefined : index + 1;
}

/** Who holds a pledge now. */
export function holderOf({ holders }: Encumbrance): Bin {
  const last = holders.at(-1);
  if (last === undefined) throw new Error('an encumbrance without a holder');
  return last.bin;
}

/** A pledge that is not there can be neither changed nor ended. */
export function live(encumbrance: Encumbrance | undefined): Outcome<Encumbrance> {
  if (encumbrance === undefined) {
    return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'PL-1; TR-2' }));
  }
  return encumbrance.state === 'LIVE'
    ? accepted(encumbrance)
    : refused(refuse('ENCUMBRANCE_TERMINATED', { norm: 'PL-1; TR-4' }));
}

/** Who is named as pledgee where a pledge is changed or ended has to hold it (PL-1, TR-2). */
export function heldBy(encumbrance: Encumbrance, pledgee: Bin): Outcome<Encumbrance> {
  return holderOf(encumbrance) === pledgee
    ? accepted(encumbrance)
    : refused(refuse('PLEDGEE_NOT_THE_HOLDER', { norm: 'PL-1; TR-2' }));
}

/** An application that EGKN has taken, that nobody has decided, and that asks to be asked. */
type Awaited = Pick<Application, 'id' | 'pledgee' | 'acceptance'>;

/**
 * Whether a pledge may be entered beside those that there are: not twice, and with the consent of
 * everyone whose contract asks for it and whom EGKN accepted earlier, registered or not yet (PL-1).
 */
export function entered(
  existing: readonly Encumbrance[],
  awaited: readonly Awaited[],
  candidate: Encumbrance,
  consenting: readonly Bin[],
): Outcome<Encumbrance> {
  if (existing.some(({ id }) => id === candidate.id)) {
    return refused(refuse('ENCUMBRANCE_REGISTERED_ALREADY', { norm: 'PL-11' }));
  }
  const earlier = existing.filter(
    ({ state, acceptance }) =>
      state === 'LIVE' && compareAcceptance(acceptance, candidate.acceptance) < 0,
  );
  const unasked = earlier
    .filter(({ consentToRepledge }) => consentToRepledge)
    .map(holderOf)
    .filter((bin) => !consenting.includes(bin));
  return unlessRefused(
    [
      ...[...new Set(unasked)].map((bin) =>
        refuse('EARLIER_PLEDGEE_CONSENT_MISSING', { norm: 'PL-1', params: { bin } }),
      ),
      ...passedFaults(awaited, candidate, consenting),
    ],
    candidate,
  );
}

/**
 * Whether something stood before a re-pledge of one of its properties when EGKN accepted it (PL-1): a
 * pledge that was accepted earlier and lives, or ended no sooner than in that minute. What is released
 * before the decision took nothing from the contract, and a home that was free then is pledged with
 * the one that was not.
 */
export function repledges(
  registers: readonly (readonly Encumbrance[])[],
  own: AcceptanceKey,
): Outcome<null> {
  const start = startOfMinute(own.minute);
  const stood = registers.flat().some(({ acceptance, state, termination }) => {
    const isLive =
      state === 'LIVE' || (termination !== undefined && termination.registeredAt >= start);
    return isLive && compareAcceptance(acceptance, own) < 0;
  });
  return stood ? accepted(null) : refused(refuse('NOTHING_TO_REPLEDGE', { norm: 'PL-1' }));
}

/** What was accepted earlier is not passed by what is decided earlier, unless its pledgee agrees. */
function passedFaults(
  awaited: readonly Awaited[],
  { acceptance: own }: Encumbrance,
  consenting: readonly Bin[],
): readonly Refusal[] {
  return awaited
    .filter(({ pledgee, acceptance }) => {
      const isEarlier = acceptance !== undefined && compareAcceptance(acceptance, own) < 0;
      return isEarlier && !consenting.includes(pledgee);
    })
    .map(({ id: application, pledgee: bin }) =>
      refuse('EARLIER_APPLICATION_UNDECIDED', {
        norm: 'PL-1; PL-15',
        params: { application, bin },
      }),
    );
}

/** What a change of a registered pledge was registered by, and when. */
export type Entry = { readonly application: ApplicationId; readonly at: Instant };

/** An agreement changes the terms; holder and rank stay (PL-1). */
export function amended(
  encumbrance: Encumbrance,
  documents: Pick<Encumbrance['terms'][number], 'titleDocument' | 'dossier'>,
  { consentToRepledge }: Pick<Encumbrance, 'consentToRepledge'>,
  { application, at }: Entry,
): Outcome<Encumbrance> {
  const changed = { ...documents, application, since: at };
  const bound = { what: 'terms', limit: termsMax, norm };
  const terms = withOneMore(encumbrance.terms, changed, bound);
  return andThen(terms, (all) => accepted({ ...encumbrance, consentToRepledge, terms: all }));
}

/** A cession changes the holder; the rank stays, for the acceptance does (PL-1). */
export function ceded(
  encumbrance: Encumbrance,
  from: Bin,
  to: Bin,
  { application, at }: Entry,
): Outcome<Encumbrance> {
  const holder = holderOf(encumbrance);
  if (holder !== from) return refused(refuse('NOT_THE_HOLDER', { norm: 'PL-1' }));
  if (holder === to) return refused(refuse('HOLDER_ALREADY', { norm: 'PL-1' }));
  const bound = { what: 'holders', limit: holdersMax, norm };
  const holders = withOneMore(encumbrance.holders, { bin: to, application, since: at }, bound);
  return andThen(holders, (all) => accepted({ ...encumbrance, holders: all }));
}

/** A termination ends the pledge of one property; its record stays (TR-3). */
export function terminated(
  encumbrance: Encumbrance,
  { application, at, ...egkn }: Entry & { readonly egknNumber?: string },
): Encumbrance {
  const termination = { application, registeredAt: at, ...egkn };
  return { ...encumbrance, state: 'TERMINATED', termination };
}

/**
 * Whether holders may agree on an order: of live pledges of this property, each once, and with the
 * consent of every holder among them.
 */
export function agreedOnRank(
  encumbrances: readonly Encumbrance[],
  agreement: RankAgreement,
  consenting: readonly Bin[],
): Outcome<RankAgreement> {
  const named = agreement.order.map((id) => encumbrances.find((each) => each.id === id));
  if (new Set(agreement.order).size !== agreement.order.length) {
    return refused(refuse('RANK_NAMES_TWICE', { norm: 'PL-15' }));
  }
  if (named.some((each) => each?.state !== 'LIVE')) {
    return refused(refuse('RANK_OF_WHAT_IS_NOT_LIVE', { norm: 'PL-15' }));
  }
  const missing = named
    .flatMap((each) => (each === undefined ? [] : [holderOf(each)]))
    .filter((bin) => !consenting.includes(bin));
  return unlessRefused(
    [...new Set(missing)].map((bin) =>
      refuse('RANK_CONSENT_MISSING', { norm: 'PL-15', params: { bin } }),
    ),
    agreement,
  );
}

/** Puts the named ones, in this order, into the places that they have between them. */
function exchange(ranked: Encumbrance[], ids: readonly ApplicationId[]): void {
  const named = ids.flatMap((id) => ranked.filter((each) => each.id === id));
  const places = ranked.flatMap((each, index) => (named.includes(each) ? [index] : []));
  places.forEach((place, index) => {
    const moved = named[index];
    if (moved !== undefined) ranked[place] = moved;
  });
}

/**
 * EGKN's numbers as they count: runs of digits by their value, so that 9 comes before 10, all else by
 * code unit. Nobody has promised that they all have one width.
 */
function compareNumbers(one: string, other: string): number {
  return order(countable(one), countable(other)) || order(one, other);
}

/** A number whose runs of digits are as long as any can be, so that texts compare as their values. */
function countable(egknNumber: string): string {
  return egknNumber.replaceAll(/\d+/g, (digits) => digits.padStart(egknNumberLengthMax, '0'));
}

/** Code units, which do not depend on a locale. */
function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
