/** Brings lost private records back: the holder that still has one deposits the same bytes again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import { registrarMsp } from '../../chaincode/ledger/institutions.ts';
import { heal, readHeld } from '../../chaincode/pledges/healing/operations.ts';
import { freshSalt } from '../salt.ts';
import { asked, type Holder } from './holders.ts';
import { type Lacking, lackingAt } from './lacking.ts';

/** What became of what peers lacked. */
export type Healing = {
  readonly healed: readonly Lacking[];
  /** Nobody who was asked has it, or it could not be deposited: as after a purge meanwhile. */
  readonly lost: readonly Lacking[];
};

/** Records that are given back at a time: each is a transaction of its own. */
const atOnce = 8;

/** How long peers may take to have what was deposited again: it follows its block. */
const patienceMs = 15_000;

/** Looks at every peer, gives back what others have, and looks again. */
export async function healed(holders: readonly Holder[]): Promise<Healing> {
  const records = await allLacking(holders);
  const given = new Set<Lacking>();
  for (let from = 0; from < records.length; from += atOnce) {
    const batch = records.slice(from, from + atOnce).map(async (record) => {
      if (await give(holders, record)) given.add(record);
    });
    await Promise.all(batch);
  }
  await untilThere(holders, given);
  const lost = await allLacking(holders);
  const isLost = (record: Lacking) => lost.some((other) => nameOf(other) === nameOf(record));
  return { healed: records.filter((record) => !isLost(record)), lost };
}

/** Each once, whichever peers lack it: giving it back gives it to both holders. */
async function allLacking(holders: readonly Holder[]): Promise<readonly Lacking[]> {
  const found = (await Promise.all(holders.map(lackingAt))).flat();
  return [...new Map(found.map((record) => [nameOf(record), record])).values()];
}

function nameOf({ record, part }: Lacking): string {
  return canonicalJson({ record, part });
}

/** Asks one holder after the other; the first that has it and may deposit it does. */
async function give(
  holders: readonly Holder[],
  { record, part, platform }: Lacking,
): Promise<boolean> {
  const parties = holders.filter(({ mspId }) => mspId === platform || mspId === registrarMsp);
  for (const holder of parties) {
    const held = await asked(holder, readHeld, { record, part });
    if (held === undefined) continue;
    const salt = freshSalt();
    const input = { salt, record, part, text: held.text };
    if ((await asked(holder, heal, input, platform)) !== undefined) return true;
  }
  return false;
}

/** The holders' other peers have it when they have its block. */
async function untilThere(holders: readonly Holder[], given: ReadonlySet<Lacking>): Promise<void> {
  const names = new Set([...given].map(nameOf));
  for (const deadline = Date.now() + patienceMs; names.size > 0 && Date.now() < deadline;) {
    const lacking = await allLacking(holders);
    if (!lacking.some((record) => names.has(nameOf(record)))) return;
    await sleep(500);
  }
}
