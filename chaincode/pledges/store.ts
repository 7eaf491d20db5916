/** Applications, pledges and agreements on rank as they stand on the ledger. */
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { documentHashOf } from '../kernel/document-hash.ts';
import type { MspId } from '../kernel/msp-id.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { Reader } from '../ledger/reader.ts';
import { organisationOn, ownOrganisation } from '../organisations/store.ts';
import { type Application, type ApplicationState, applicationType } from './application.ts';
import { type Dossier, dossierText } from './dossier.ts';
import {
  type Encumbrance,
  encumbranceType,
  type RankAgreement,
  rankAgreementType,
} from './encumbrance.ts';
import { heldPlace } from './held-records.ts';
import { refuse } from './refusals.ts';

/** States that the State Corporation alone gives. */
const sealedStates: readonly ApplicationState[] = [
  'ACCEPTED',
  'SUSPENDED',
  'REGISTERED',
  'REFUSED',
];

/** Whether an application's state was given by whom it has to be: without the seal it was not. */
export async function isGiven(ledger: Reader, application: Application): Promise<boolean> {
  return (
    !sealedStates.includes(application.state) ||
    ledger.isSealed(applicationType, application, registrarMsp)
  );
}

/** The application of an id. */
export async function applicationOn(ledger: Reader, id: string): Promise<Outcome<Application>> {
  const found = await ledger.find(applicationType, [id]);
  if (found === undefined) return refused(refuse('APPLICATION_UNKNOWN', { norm: 'PL-2' }));
  return (await isGiven(ledger, found.data))
    ? accepted(found.data)
    : refused(refuse('APPLICATION_UNSEALED', { norm: 'SE-3; PL-11' }));
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

/**
 * The pledges of a property that the State Corporation has sealed. One without its seal was not
 * registered, whoever wrote it, and no rule sees it.
 */
export async function registerOf(
  ledger: Reader,
  property: string,
): Promise<readonly Encumbrance[]> {
  const sealed: Encumbrance[] = [];
  for (const { data } of await ledger.findAll(encumbranceType, [property])) {
    if (await ledger.isSealed(encumbranceType, data, registrarMsp)) sealed.push(data);
  }
  return sealed;
}

/** One registered pledge, by its key. */
export async function encumbranceOn(
  ledger: Reader,
  property: string,
  id: string,
): Promise<Encumbrance | undefined> {
  const found = await ledger.find(encumbranceType, [property, id]);
  if (found === undefined) return undefined;
  const isSealed = await ledger.isSealed(encumbranceType, found.data, registrarMsp);
  return isSealed ? found.data : undefined;
}

/** The agreements on rank of a property's holders, sealed as the pledges are. */
export async function agreementsOf(
  ledger: Reader,
  property: string,
): Promise<readonly RankAgreement[]> {
  const sealed: RankAgreement[] = [];
  for (const { data } of await ledger.findAll(rankAgreementType, [property])) {
    if (await ledger.isSealed(rankAgreementType, data, registrarMsp)) sealed.push(data);
  }
  return sealed;
}
