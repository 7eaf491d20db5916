/**
 * Under which edition something is filed on a day, and whether its platform may file then (RG-2,
 * OR-2): every fault of both at once.
 */
import type { Bin } from '../kernel/bin.ts';
import type { CivilDate } from '../kernel/civil-date.ts';
import { accepted, all, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { mayFile } from '../organisations/rules.ts';
import { organisationOn, standingOf } from '../organisations/store.ts';
import { editionInForce, editionToEndUnder, mayFinish } from '../regimes/rules.ts';
import type { Edition } from '../regimes/schema.ts';
import { editionOn, editionsOn } from '../regimes/store.ts';
import type { Application } from './application.ts';
import type { Encumbrance } from './encumbrance.ts';
import { refuse } from './refusals.ts';
import { applicationOn, encumbranceOn } from './store.ts';

/** The edition in force on a day on which a platform may file. */
export async function entitledOn(
  ledger: Reader,
  platform: Bin,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  const inForce = editionInForce(await editionsOn(ledger, 'PLEDGE'), 'PLEDGE', day);
  return admittedUnder(ledger, platform, inForce, day);
}

/**
 * The edition under which an application is filed on a day. A termination is the end of what was
 * begun: it goes on under the edition of the registered pledge, whose platform need not be admitted
 * any more (RG-4, TR-4). Of another platform's pledge, and of what EGKN registered elsewhere, the
 * one who files began nothing: it has to be admitted like everyone else.
 */
export async function entitledToFile(
  ledger: Reader,
  application: Application,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  const { kind, platform } = application;
  if (kind !== 'TERMINATION') return entitledOn(ledger, platform, day);
  const ended = await endedBy(ledger, application);
  if (!ended.ok) return ended;
  const edition = await editionToEnd(ledger, ended.value, day);
  return isOwn(application, ended.value) ? edition : admittedUnder(ledger, platform, edition, day);
}

/**
 * Whether what was filed might still have been filed on the day on which the State Corporation says
 * that its payment came. The day of the filing rests on what the platform says of the payment: a
 * date that it made up gets no further than this.
 */
export async function stillEntitled(
  ledger: Reader,
  application: Application,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  const { kind, platform, edition: name } = application;
  if (kind !== 'TERMINATION') return entitledAsFiled(ledger, application, day);
  const edition = await editionOn(ledger, 'PLEDGE', name ?? '');
  if (!edition.ok) return edition;
  const ended = await endedBy(ledger, application);
  if (!ended.ok) return ended;
  return isOwn(application, ended.value) ? edition : admittedUnder(ledger, platform, edition, day);
}

/** Whether what was filed under an edition might have been filed under it on another day. */
export async function entitledAsFiled(
  ledger: Reader,
  { platform, edition: name }: Pick<Application, 'platform' | 'edition'>,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  const edition = await editionOn(ledger, 'PLEDGE', name ?? '');
  return edition.ok ? admittedUnder(ledger, platform, mayFinish(edition.value, day), day) : edition;
}

/** The registered pledges that a termination names, one for each of its targets. */
async function endedBy(
  ledger: Reader,
  { targets }: Application,
): Promise<Outcome<readonly Encumbrance[]>> {
  const ended: Encumbrance[] = [];
  for (const { property, encumbrance } of targets) {
    const registered = await encumbranceOn(ledger, property, encumbrance ?? '');
    if (registered === undefined) return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'TR-2' }));
    ended.push(registered);
  }
  return accepted(ended);
}

/** Whether every pledge that is to end was filed on the platform that files its end. */
function isOwn({ platform }: Application, ended: readonly Encumbrance[]): boolean {
  return ended.every((registered) => registered.platform === platform);
}

/** The edition of the first pledge that is to end. */
async function editionToEnd(
  ledger: Reader,
  [first]: readonly Encumbrance[],
  day: CivilDate,
): Promise<Outcome<Edition>> {
  // What EGKN registered elsewhere was begun under no edition of ours; it can be ended all the same.
  if (first === undefined || first.importedBy !== undefined) {
    return editionToEndUnder(await editionsOn(ledger, 'PLEDGE'), 'PLEDGE', day);
  }
  const begun = await applicationOn(ledger, first.id);
  return begun.ok ? editionOn(ledger, 'PLEDGE', begun.value.edition ?? '') : begun;
}

/** The edition, if there is one, and if the platform may file under it on the day. */
async function admittedUnder(
  ledger: Reader,
  platform: Bin,
  edition: Outcome<Edition>,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  const found = await organisationOn(ledger, platform);
  if (!found.ok) return found;
  const standing = await standingOf(ledger, found.value);
  const admitted = mayFile(standing, edition.ok ? edition.value : undefined, day);
  return andThen(all({ edition, admitted }), (both) => accepted(both.edition));
}
