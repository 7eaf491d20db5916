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
 * any more (RG-4, TR-4).
 */
export async function entitledToFile(
  ledger: Reader,
  { kind, platform, targets }: Application,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  if (kind !== 'TERMINATION') return entitledOn(ledger, platform, day);
  const [target] = targets;
  const inForce = async () => editionInForce(await editionsOn(ledger, 'PLEDGE'), 'PLEDGE', day);
  if (target?.encumbrance === undefined) return inForce();
  const registered = await encumbranceOn(ledger, target.property, target.encumbrance);
  if (registered === undefined) {
    return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'TR-2' }));
  }
  // What EGKN registered elsewhere was begun under no edition of ours; it can be ended all the same.
  if (registered.importedBy !== undefined) {
    return editionToEndUnder(await editionsOn(ledger, 'PLEDGE'), 'PLEDGE', day);
  }
  const begun = await applicationOn(ledger, registered.id);
  if (!begun.ok) return begun;
  return editionOn(ledger, 'PLEDGE', begun.value.edition ?? '');
}

/**
 * Whether what was filed might still have been filed on the day on which the State Corporation says
 * that its payment came. The day of the filing rests on what the platform says of the payment: a
 * date that it made up gets no further than this.
 */
export async function stillEntitled(
  ledger: Reader,
  { kind, platform, edition: name }: Application,
  day: CivilDate,
): Promise<Outcome<Edition>> {
  const edition = await editionOn(ledger, 'PLEDGE', name ?? '');
  if (!edition.ok || kind === 'TERMINATION') return edition;
  return admittedUnder(ledger, platform, mayFinish(edition.value, day), day);
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
