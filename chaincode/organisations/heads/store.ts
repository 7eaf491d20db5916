/** The list of heads as it stands on the ledger, and who keeps it. */
import type { Bin } from '../../kernel/bin.ts';
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { authorityMsp, registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { membersOn } from '../../roster/store.ts';
import { refuse } from '../refusals.ts';
import { organisationType } from '../schema.ts';
import { headType } from './schema.ts';

/** Who acts on the ledger for an organisation: nobody where it is no party. */
async function mspOf(ledger: Reader, bin: string): Promise<string | undefined> {
  const organisation = await ledger.find(organisationType, [bin]);
  if (organisation !== undefined) return organisation.data.mspId;
  return (await membersOn(ledger)).find((member) => member.bin === bin)?.mspId;
}

/**
 * Whether only listed heads sign for an organisation: for every party, and for whoever is no party
 * once heads were named. For all others the role in the certificate stands.
 */
export async function keepsList(ledger: Reader, bin: string): Promise<boolean> {
  return (await mspOf(ledger, bin)) !== undefined || ledger.hasAny(headType, [bin]);
}

/**
 * Whether the caller keeps the list of an organisation: the organisation itself; for one that is no
 * party the State Corporation or the authority, by what the state's register of entities says.
 */
export async function asKeeper(ledger: Reader, bin: Bin): Promise<Outcome<null>> {
  const own = await mspOf(ledger, bin);
  const keepers = own === undefined ? [registrarMsp, authorityMsp] : [own];
  return keepers.includes(ledger.caller.mspId)
    ? accepted(null)
    : refused(refuse('NOT_OF_THIS_ORGANISATION', { norm: 'SE-3' }));
}
