/** The list of heads as it stands on the ledger, and who keeps it. */
import type { Bin } from '../../kernel/bin.ts';
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { authorityMsp, registrarMsp } from '../../ledger/institutions.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import type { Reader, SealedRecord } from '../../ledger/reader.ts';
import { membersOn } from '../../roster/store.ts';
import { refuse } from '../refusals.ts';
import { organisationType } from '../schema.ts';
import { type Head, headListType, headType } from './schema.ts';

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
  return (
    (await mspOf(ledger, bin)) !== undefined || ledger.wasSealed(headListType, [bin], registrarMsp)
  );
}

/**
 * The record of a head, as the State Corporation has sealed it: a majority without it could take a
 * dismissal back.
 */
export function sealedHead(
  ledger: Reader,
  bin: string,
  person: string,
): Promise<SealedRecord<Head>> {
  return ledger.findSealed(headType, [bin, person], registrarMsp);
}

/** The head, if the list names one: nobody signs by a record that lacks its seal. */
export function listed(found: SealedRecord<Head>): Outcome<Head> {
  if (found.state === 'SEALED') return accepted(found.data);
  const code = found.state === 'ABSENT' ? 'HEAD_UNKNOWN' : 'HEAD_ALTERED';
  return refused(refuse(code, { norm: 'OR-1; 000 alg. 9' }));
}

/** Writes a head that is named for the first time, and that the organisation has a list from now on. */
export async function enterHead(ledger: PublicLedger, head: Head): Promise<void> {
  const { bin } = head;
  if (!(await ledger.wasSealed(headListType, [bin], registrarMsp))) {
    await ledger.putSealed(headListType, { bin }, registrarMsp);
  }
  await ledger.putSealed(headType, head, registrarMsp);
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
