/** Steps of an integration with KDP, as each of them is written. */
import type { Bin } from '../kernel/bin.ts';
import { andThen, type Outcome } from '../kernel/outcome.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import { type Integration, integrationType } from './schema.ts';
import { integrationOn, ownOrganisation } from './store.ts';

/** A step that only the organisation itself takes. */
export async function byOwner(
  ledger: PublicLedger,
  bin: Bin,
  system: string,
  event: string,
  step: (integration: Integration) => Outcome<Integration>,
): Promise<Outcome<Integration>> {
  const own = await ownOrganisation(ledger, bin);
  if (!own.ok) return own;
  const found = await integrationOn(ledger, bin, system);
  return saved(ledger, andThen(found, step), event);
}

/** Writes an integration as a step has left it, and tells of the step. */
export async function saved(
  ledger: PublicLedger,
  outcome: Outcome<Integration>,
  event: string,
): Promise<Outcome<Integration>> {
  if (!outcome.ok) return outcome;
  const { bin, system, state } = outcome.value;
  await ledger.put(integrationType, outcome.value);
  ledger.emit({ name: event, bin, system, state });
  return outcome;
}
