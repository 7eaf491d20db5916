/**
 * Which holders are told beside the application's platform, and through whom (PL-14; 000 alg. 17's
 * sense): whoever's pledge is changed or ended, by an organisation of its own.
 */
import type { Bin } from '../../kernel/bin.ts';
import { mspIdSchema } from '../../kernel/msp-id.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { organisationOn } from '../../organisations/store.ts';
import { membersOn } from '../../roster/store.ts';
import type { Application, HolderTold } from '../application.ts';

/** Through its own organisation, if it is a party; through the State Corporation, if it is none. */
export async function holdersToTell(
  ledger: Reader,
  application: Application,
): Promise<HolderTold[]> {
  return toldBeside(ledger, application, holdersOf(application));
}

/** Of the holders those whom the pledgee's platform does not tell anyway. */
export async function toldBeside(
  ledger: Reader,
  { pledgee, platform }: Pick<Application, 'pledgee' | 'platform'>,
  holders: readonly Bin[],
): Promise<HolderTold[]> {
  const told: HolderTold[] = [];
  for (const bin of new Set(holders)) {
    // The pledgee's own platform has its notice already.
    if (bin === pledgee && bin === platform) continue;
    const own = await partyOf(ledger, bin);
    told.push({ bin, deliverer: mspIdSchema.parse(own ?? registrarMsp) });
  }
  return told;
}

/** An organisation that was admitted and not excluded, or a member of the consortium. */
async function partyOf(ledger: Reader, bin: Bin): Promise<string | undefined> {
  const found = await organisationOn(ledger, bin);
  if (found.ok) return found.value.excludedBy === undefined ? found.value.mspId : undefined;
  return (await membersOn(ledger)).find((member) => member.bin === bin)?.mspId;
}

/** Those who hold the pledges that it is about, before or after. */
function holdersOf({ kind, pledgee, cedent, participants }: Application): readonly Bin[] {
  switch (kind) {
    case 'PLEDGE':
    case 'REPLEDGE':
      return [];
    case 'AMENDMENT':
    case 'TERMINATION':
      return [pledgee];
    case 'CESSION':
      return cedent === undefined ? [pledgee] : [cedent, pledgee];
    case 'RANK_AGREEMENT': {
      const agreeing = participants.filter(({ role }) => role === 'CONSENTING_PLEDGEE');
      return [pledgee, ...agreeing.flatMap(({ bin }) => bin ?? [])];
    }
  }
}
