/** Which organisations may hold what is personal of a record. */
import type { Bin } from '../kernel/bin.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { Reader } from '../ledger/reader.ts';
import { organisationOn } from '../organisations/store.ts';

/** The organisations of these parties, as far as they are any here, and the State Corporation, last. */
export async function holdersAmong(
  ledger: Reader,
  parties: readonly Bin[],
): Promise<readonly string[]> {
  const holders = new Set<string>();
  for (const bin of parties) {
    const organisation = await organisationOn(ledger, bin);
    if (organisation.ok) holders.add(organisation.value.mspId);
  }
  return [...holders].filter((mspId) => mspId !== registrarMsp).concat(registrarMsp);
}
