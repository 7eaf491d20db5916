/**
 * Sheets: the pledges that one part wrote, under one seal.
 *
 * A pledge counts only under the State Corporation's seal, and a peer answers for one seal at a time:
 * with a portfolio that is most of the work. Where the pledges of a sheet come together again, and
 * none has changed since, one look at the sheet's seal stands for a look at each of theirs. Whoever
 * changes one of them takes the sheet's seal off, so that an old text that is put back is never taken
 * for today's; the others then go by their own seals, as each pledge does that was registered by
 * itself.
 */
import { z } from 'zod';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import { recordType } from '../../ledger/record.ts';
import { encumbranceType } from '../encumbrance.ts';
import { linesMax, partKey, type PartPlace, partPlace } from './part.ts';

/** What the seals of the pledges say that a part wrote. */
const sheetType = recordType({
  name: 'pledge.sheet',
  version: 1,
  schema: z.strictObject({
    ...partPlace.shape,
    seals: z.array(z.string().length(64)).min(1).max(linesMax),
  }),
  keyOf: partKey,
});

/** A pledge by its key: its property and its id. */
export type PledgeKey = readonly [property: string, id: string];

/** What is looked at of a pledge, and of a sheet, before anything has shown that they are genuine. */
const pledgeHint = z.object({ sheet: partPlace });
const sheetHint = z.object({ seals: z.array(z.unknown()) });

/**
 * Reads pledges that will be found one by one, and the seals of sheets instead of theirs where all
 * pledges of a sheet are among them. A part that took some of a sheet would be in the way of another
 * that takes others: each would read the seal that the other one takes off.
 */
export async function foreseePledges(
  ledger: PublicLedger,
  pledges: readonly PledgeKey[],
): Promise<void> {
  await ledger.foresee(encumbranceType, pledges);
  const sheets = await sheetsOf(ledger, pledges);
  await ledger.foresee(
    sheetType,
    sheets.map(({ key }) => key),
  );
  for (const { key, members: records } of sheets) {
    const told = sheetHint.safeParse(await ledger.hintAt(sheetType, key));
    // A sheet has two reads of its own: for one pledge there is nothing to gain.
    if (!told.success || records.length < 2 || told.data.seals.length !== records.length) continue;
    const sheet = await ledger.sealedAt(sheetType, key, registrarMsp);
    if (sheet) ledger.vouch(encumbranceType, { records, seals: sheet.seals }, registrarMsp);
  }
}

/** The sheets on which pledges say that they are, each with those that do. */
async function sheetsOf(ledger: PublicLedger, pledges: readonly PledgeKey[]) {
  const sheets = new Map<string, Map<string, PledgeKey>>();
  for (const pledge of pledges) {
    const told = pledgeHint.safeParse(await ledger.hintAt(encumbranceType, pledge));
    if (!told.success) continue;
    const key = partKey(told.data.sheet).join(' ');
    const members = sheets.get(key) ?? new Map<string, PledgeKey>();
    sheets.set(key, members.set(pledge.join(' '), pledge));
  }
  return Array.from(sheets, ([key, members]) => ({
    key: key.split(' '),
    members: [...members.values()],
  }));
}

/** Writes the sheet of the pledges that a part wrote, if it wrote any. */
export async function putSheet(
  ledger: PublicLedger,
  place: PartPlace,
  pledges: readonly PledgeKey[],
): Promise<void> {
  const seals = pledges.map((pledge) => ledger.sealOf(encumbranceType, pledge));
  if (seals.length === 0) return;
  await ledger.putSealed(sheetType, { ...place, seals: [...new Set(seals)] }, registrarMsp);
}

/** Takes the seal off a sheet: one of its pledges is about to change. */
export function breakSheet(ledger: PublicLedger, place: PartPlace): void {
  ledger.breakSeal(sheetType, partKey(place), registrarMsp);
}
