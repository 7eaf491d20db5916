/** Organisations as they stand on the ledger. */
import type { Bin } from '../kernel/bin.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import type { Standing } from './rules.ts';
import {
  checklistItemType,
  type Integration,
  integrationType,
  type Organisation,
  organisationOfMspType,
  organisationType,
} from './schema.ts';

/** The organisation of a BIN. */
export async function organisationOn(ledger: Reader, bin: Bin): Promise<Outcome<Organisation>> {
  const found = await ledger.find(organisationType, [bin]);
  return found === undefined
    ? refused(refuse('ORGANISATION_UNKNOWN', { norm: 'OR-1' }))
    : accepted(found.data);
}

/** The organisation that the caller acts for. */
export async function callersOrganisation(ledger: Reader): Promise<Outcome<Organisation>> {
  const index = await ledger.find(organisationOfMspType, [ledger.caller.mspId]);
  return index === undefined
    ? refused(refuse('ORGANISATION_UNKNOWN', { norm: 'OR-1' }))
    : organisationOn(ledger, index.data.bin);
}

/** The organisation of a BIN, if the caller acts for it. */
export async function ownOrganisation(ledger: Reader, bin: Bin): Promise<Outcome<Organisation>> {
  const found = await organisationOn(ledger, bin);
  if (!found.ok || found.value.mspId === ledger.caller.mspId) return found;
  return refused(refuse('NOT_OF_THIS_ORGANISATION', { norm: 'SE-3' }));
}

/** All that decides whether an organisation may file. */
export async function standingOf(ledger: Reader, organisation: Organisation): Promise<Standing> {
  const items = await ledger.findAll(checklistItemType, [organisation.bin]);
  const integrations = await ledger.findAll(integrationType, [organisation.bin]);
  return {
    organisation,
    items: items.map(({ data }) => data),
    integrations: integrations.map(({ data }) => data),
  };
}

/** The integration of a system, if an application was made. */
export async function integrationOn(
  ledger: Reader,
  bin: Bin,
  system: string,
): Promise<Outcome<Integration>> {
  const found = await ledger.find(integrationType, [bin, system]);
  return found === undefined
    ? refused(refuse('INTEGRATION_UNKNOWN', { norm: 'OR-3' }))
    : accepted(found.data);
}
