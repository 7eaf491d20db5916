/** Applications, pledges and agreements on rank as they stand on the ledger. */
import type { CadastralNumber } from '../kernel/cadastral-number.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import { documentHashOf } from '../kernel/document-hash.ts';
import type { MspId } from '../kernel/msp-id.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { organisationOn, ownOrganisation } from '../organisations/store.ts';
import { type Application, applicationType } from './application.ts';
import { type Dossier, dossierText } from './dossier.ts';
import {
  type Encumbrance,
  encumbranceType,
  type RankAgreement,
  rankAgreementType,
} from './encumbrance.ts';
import { heldPlace } from './held-records.ts';
import { refuse } from './refusals.ts';
import {
  emptyRegister,
  type RegisterContents,
  registerContentsType,
  withAgreement,
  withPledge,
} from './register-contents.ts';
import type { PartPlace } from './portfolio/part.ts';
import { breakSheet } from './portfolio/sheet.ts';

/** Whether the State Corporation's peer agreed to an application as it stands: nothing else counts. */
export async function isGiven(ledger: Reader, application: Application): Promise<boolean> {
  return ledger.isSealed(applicationType, application, registrarMsp);
}

/** The application of an id. */
export async function applicationOn(ledger: Reader, id: string): Promise<Outcome<Application>> {
  const found = await ledger.find(applicationType, [id]);
  if (found === undefined) {
    return (await ledger.wasSealed(applicationType, [id], registrarMsp))
      ? unsealed()
      : refused(refuse('APPLICATION_UNKNOWN', { norm: 'PL-2' }));
  }
  return (await isGiven(ledger, found.data)) ? accepted(found.data) : unsealed();
}

function unsealed() {
  return refused(refuse('APPLICATION_UNSEALED', { norm: 'SE-3; PL-11' }));
}

/** The application of an id, if the caller's platform filed it. */
export async function ownApplication(ledger: Reader, id: string): Promise<Outcome<Application>> {
  const found = await applicationOn(ledger, id);
  if (!found.ok) return found;
  const own = await ownOrganisation(ledger, found.value.platform);
  return own.ok ? found : own;
}

/** The application of an id, for those who hold what is personal of it: its platform, the registrar. */
export async function applicationOfParty(
  ledger: Reader,
  id: string,
): Promise<Outcome<Application>> {
  return ledger.caller.mspId === registrarMsp
    ? applicationOn(ledger, id)
    : ownApplication(ledger, id);
}

/** The MSP of an application's platform, under which what is personal of it was deposited. */
export async function platformMspOf(
  ledger: Reader,
  { platform }: Application,
): Promise<Outcome<MspId>> {
  const organisation = await organisationOn(ledger, platform);
  return organisation.ok ? accepted(organisation.value.mspId) : organisation;
}

/**
 * Whether the State Corporation still holds, from the caller, the dossier of which a verdict speaks:
 * another text may have been deposited since, or the deposit was purged.
 */
export async function isDeposited(
  ledger: Reader,
  { id, revision, dossier }: Pick<Application, 'id' | 'revision' | 'dossier'>,
): Promise<Outcome<null>> {
  const place = heldPlace(id, { kind: 'DOSSIER', revision }, ledger.caller.mspId);
  return (await ledger.privateHash(registrarMsp, place)) === dossier
    ? accepted(null)
    : refused(refuse('DOSSIER_NOT_DEPOSITED', { norm: 'SE-1; SE-2', field: '/verdict' }));
}

/** Whether a dossier that was sent is the one that the ledger knows by its hash. */
export function isDossierOf(application: Application, value: Dossier): Outcome<Dossier> {
  return documentHashOf(dossierText(value)) === application.dossier
    ? accepted(value)
    : refused(refuse('DOSSIER_DIFFERS', { norm: 'SE-1', field: '/dossier' }));
}

/** The register of a property: its pledges, current and past, and what their holders agreed on. */
export type Register = {
  readonly pledges: readonly Encumbrance[];
  readonly agreements: readonly RankAgreement[];
};

/**
 * The register of a property as the State Corporation has sealed it. What was never sealed was not
 * registered, whoever wrote it, and no rule sees it; where something that was sealed is gone or
 * altered, there is no register to go by, and least of all an empty one.
 */
export async function registerOf(
  ledger: Reader,
  property: CadastralNumber,
): Promise<Outcome<Register>> {
  const contents = await contentsOn(ledger, property);
  if (!contents.ok) return contents;
  const listed = contents.value;
  await ledger.foresee(
    encumbranceType,
    listed.pledges.map(({ id }) => [property, id]),
  );
  const pledges: Encumbrance[] = [];
  for (const { id } of listed.pledges) {
    const found = await encumbranceOn(ledger, property, id);
    if (found === undefined) return broken();
    pledges.push(found);
  }
  const agreements: RankAgreement[] = [];
  for (const id of listed.agreements) {
    const found = await ledger.sealedAt(rankAgreementType, [property, id], registrarMsp);
    if (found === undefined) return broken();
    agreements.push(found);
  }
  return accepted({ pledges, agreements });
}

/** What a property's register holds; nothing where nothing was ever entered. */
export async function contentsOn(
  ledger: Reader,
  property: CadastralNumber,
): Promise<Outcome<RegisterContents>> {
  const found = await ledger.find(registerContentsType, [property]);
  const isWhole =
    found === undefined
      ? !(await ledger.wasSealed(registerContentsType, [property], registrarMsp))
      : await ledger.isSealed(registerContentsType, found.data, registrarMsp);
  return isWhole ? accepted(found?.data ?? emptyRegister(property)) : broken();
}

function broken() {
  return refused(refuse('REGISTER_ALTERED', { norm: 'PL-11; PL-15' }));
}

/** Enters a new pledge into its property's register. */
export async function enterPledge(
  ledger: PublicLedger,
  encumbrance: Encumbrance,
): Promise<Outcome<Encumbrance>> {
  const contents = await contentsOn(ledger, encumbrance.property);
  const entered = andThen(contents, (value) => withPledge(value, encumbrance));
  if (!entered.ok) return entered;
  await ledger.putSealed(registerContentsType, entered.value, registrarMsp);
  await ledger.putSealed(encumbranceType, encumbrance, registrarMsp);
  return accepted(encumbrance);
}

/**
 * Writes a pledge as a change has left it, for the sheet of the part that changed it, if one did. The
 * sheet that it was on holds no more.
 */
export async function changePledge(
  ledger: PublicLedger,
  earlier: Encumbrance,
  { sheet: _, ...changed }: Encumbrance,
  sheet?: PartPlace,
): Promise<Encumbrance> {
  if (earlier.sheet !== undefined) breakSheet(ledger, earlier.sheet);
  const written = { ...changed, ...(sheet && { sheet }) };
  await ledger.putSealed(encumbranceType, written, registrarMsp);
  return written;
}

/** Enters an agreement on rank into its property's register. */
export async function enterAgreement(
  ledger: PublicLedger,
  agreement: RankAgreement,
): Promise<Outcome<RankAgreement>> {
  const contents = await contentsOn(ledger, agreement.property);
  const entered = andThen(contents, (value) => withAgreement(value, agreement.application));
  if (!entered.ok) return entered;
  await ledger.putSealed(registerContentsType, entered.value, registrarMsp);
  await ledger.putSealed(rankAgreementType, agreement, registrarMsp);
  return accepted(agreement);
}

/** One registered pledge, by its key. */
export function encumbranceOn(
  ledger: Reader,
  property: string,
  id: string,
): Promise<Encumbrance | undefined> {
  return ledger.sealedAt(encumbranceType, [property, id], registrarMsp);
}
