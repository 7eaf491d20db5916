/**
 * Which edition of which order a thing is done under.
 *
 * Dates are days in Asia/Almaty (RG-5); they compare as texts.
 */
import { type CivilDate, knownDate, plusDays } from '../kernel/civil-date.ts';
import { withOneMore } from '../kernel/full-list.ts';
import { accepted, andThen, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { refuse } from './refusals.ts';
import {
  type Edition,
  type EditionDraft,
  extensionsMax,
  type Procedure,
  type Repeal,
  type Standing,
} from './schema.ts';

/** Later than any date of law: the last day of an edition without an end. */
const endless = knownDate('2199-12-31');

/**
 * The first day in force of an order that enters into force when so many calendar days have passed
 * after the day of its first official publication (RG-6): these days do not count themselves.
 */
export function inForceFrom(publishedOn: CivilDate, daysAfter: number): CivilDate {
  return plusDays(publishedOn, daysAfter + 1);
}

/**
 * The last day on which an edition is in force; the latest act decides. A repeal ends what was extended
 * before it, never later than it would have ended; an extension that was decided since goes beyond it.
 */
export function lastDayOf({ until, repeal, extensions }: Edition): CivilDate {
  const byText = until?.date ?? endless;
  if (repeal === undefined) return extensions.at(-1)?.until ?? byText;
  const before = repeal.extensionsBefore ?? 0;
  const since = extensions.slice(before).at(-1)?.until;
  const unrepealed = extensions.slice(0, before).at(-1)?.until ?? byText;
  return since ?? (repeal.lastDay < unrepealed ? repeal.lastDay : unrepealed);
}

/** Where an edition stands on a day. */
export function standingOn(edition: Edition, day: CivilDate): Standing {
  if (day < edition.from.date) return 'NOT_YET_IN_FORCE';
  return day <= lastDayOf(edition) ? 'IN_FORCE' : 'NO_LONGER_IN_FORCE';
}

/**
 * The edition under which something may be filed on a day (RG-2): of those in force the one that
 * began last. If there is none, the refusal names the order that comes nearest and its dates.
 */
export function editionInForce(
  editions: readonly Edition[],
  procedure: Procedure,
  day: CivilDate,
): Outcome<Edition> {
  const ordered = inOrder(editions, procedure);
  const inForce = ordered.findLast((edition) => standingOn(edition, day) === 'IN_FORCE');
  if (inForce !== undefined) return accepted(inForce);
  const lapsed = ordered.findLast((edition) => edition.from.date <= day);
  if (lapsed !== undefined) return refused(noLongerInForce(lapsed, day));
  const [first] = ordered;
  return first === undefined
    ? refused(refuse('REGIME_UNKNOWN', { norm: 'RG-1', params: { procedure } }))
    : refused(notYetInForce(first, day));
}

/**
 * The edition under which something is ended that was begun under none of ours: the one in force, and
 * after all have lapsed the last one, for what is registered can always be ended (RG-4, TR-4).
 */
export function editionToEndUnder(
  editions: readonly Edition[],
  procedure: Procedure,
  day: CivilDate,
): Outcome<Edition> {
  const inForce = editionInForce(editions, procedure, day);
  const last = inOrder(editions, procedure).findLast(({ from }) => from.date <= day);
  return inForce.ok || last === undefined ? inForce : accepted(last);
}

function inOrder(editions: readonly Edition[], procedure: Procedure): readonly Edition[] {
  return editions
    .filter((edition) => edition.procedure === procedure)
    .toSorted((one, other) => (one.from.date < other.from.date ? -1 : 1));
}

/**
 * Whether what was begun on a day under an edition may still be finished (RG-4): always, if the
 * edition was in force then. The end of an order does not strand the work begun under it.
 */
export function mayFinish(edition: Edition, begunOn: CivilDate): Outcome<Edition> {
  switch (standingOn(edition, begunOn)) {
    case 'IN_FORCE':
      return accepted(edition);
    case 'NOT_YET_IN_FORCE':
      return refused(notYetInForce(edition, begunOn));
    case 'NO_LONGER_IN_FORCE':
      return refused(noLongerInForce(edition, begunOn));
  }
}

/** The terms that are reckoned under an edition of a procedure: without one nothing is decided under it. */
const termsOf: Partial<Record<Procedure, readonly string[]>> = {
  PLEDGE: ['registration', 'termination'],
  KDP: ['application'],
};

/** Whether an edition can be recorded beside those that there are; an old one is never replaced. */
export function recordable(
  editions: readonly Edition[],
  draft: EditionDraft,
): Outcome<EditionDraft> {
  const faults = [];
  const siblings = editions.filter(({ procedure }) => procedure === draft.procedure);
  if (siblings.some(({ edition }) => edition === draft.edition)) {
    faults.push(refuse('EDITION_RECORDED_ALREADY', { norm: 'RG-1' }));
  }
  const together = siblings.find(({ from }) => from.date === draft.from.date);
  if (together !== undefined && together.edition !== draft.edition) {
    const { edition, from } = together;
    const params = { edition, from: from.date };
    faults.push(refuse('EDITION_STARTS_TOGETHER', { norm: 'RG-2', params }));
  }
  if (draft.until !== undefined && draft.until.date < draft.from.date) {
    faults.push(refuse('EDITION_ENDS_BEFORE_START', { norm: 'RG-1' }));
  }
  return unlessRefused([...faults, ...missingTerms(draft)], draft);
}

function missingTerms({ procedure, parameters }: EditionDraft): readonly Refusal[] {
  const field = '/subject/edition/parameters/terms';
  return (termsOf[procedure] ?? [])
    .filter((term) => parameters.terms[term] === undefined)
    .map((term) =>
      refuse('EDITION_LACKS_TERM', { norm: 'RG-1', field, params: { procedure, term } }),
    );
}

/** An edition with one more extension (RG-2); its own dates stay as they were. */
export function extended(
  edition: Edition,
  extension: Edition['extensions'][number],
): Outcome<Edition> {
  const until = lastDayOf(edition);
  if (until === endless) return refused(refuse('EXTENSION_OF_THE_ENDLESS', { norm: 'RG-2' }));
  if (extension.until <= until) {
    return refused(refuse('EXTENSION_NOT_LATER', { norm: 'RG-2', params: { until } }));
  }
  const bound = { what: 'extensions', limit: extensionsMax, norm: 'RG-2' };
  const extensions = withOneMore(edition.extensions, extension, bound);
  return andThen(extensions, (all) => accepted({ ...edition, extensions: all }));
}

/**
 * An edition whose repeal by a later order is recorded; a registered fact, not a new rule. What was
 * extended after a repeal can be repealed again.
 */
export function repealed(
  edition: Edition,
  repeal: Omit<Repeal, 'extensionsBefore'>,
): Outcome<Edition> {
  const { repeal: earlier, earlierRepeals = [], extensions } = edition;
  const latest = { ...repeal, extensionsBefore: extensions.length };
  if (earlier === undefined) return accepted({ ...edition, repeal: latest });
  return (earlier.extensionsBefore ?? 0) < extensions.length
    ? accepted({ ...edition, repeal: latest, earlierRepeals: [...earlierRepeals, earlier] })
    : refused(refuse('REPEALED_ALREADY', { norm: 'RG-2' }));
}

function notYetInForce(edition: Edition, day: CivilDate) {
  return refuse('REGIME_NOT_YET_IN_FORCE', {
    norm: 'RG-2',
    params: { order: orderText(edition), on: day, from: edition.from.date },
  });
}

function noLongerInForce(edition: Edition, day: CivilDate) {
  const params = {
    order: orderText(edition),
    on: day,
    from: edition.from.date,
    until: lastDayOf(edition),
  };
  return refuse('REGIME_NO_LONGER_IN_FORCE', { norm: 'RG-2', params });
}

/** `165/НҚ, 2025-04-19; 276, 2025-05-22`: how a refusal names an edition's orders. */
function orderText({ orders }: Edition): string {
  return orders.map(({ number, date }) => `${number}, ${date}`).join('; ');
}
