/** What participants are shown when they sign an application: they are bound to what they saw (PL-7). */
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Manifest } from '../kernel/eds/manifest.ts';
import type { Dossier } from './dossier.ts';

type Facts = NonNullable<Manifest['facts']>;

/** The facts of a dossier for the manifest: the kind, the contract and every property with its pledge. */
export function shownFacts({ kind, pledgee, contract, targets }: Dossier): Facts {
  const { number, date, sum, until } = contract;
  const facts: Record<string, string> = {
    kind,
    pledgee: pledgee.bin,
    contractNumber: number,
    contractDate: date,
    sumMinor: sum.amountMinor,
    currency: sum.currency,
    until,
  };
  for (const [index, { property, share, encumbrance }] of targets.entries()) {
    facts[`property${index + 1}`] = property;
    if (share !== undefined) facts[`share${index + 1}`] = share;
    if (encumbrance !== undefined) facts[`pledge${index + 1}`] = encumbrance;
  }
  return facts;
}

/** Whether a manifest shows exactly the application, nothing else and nothing less. */
export function showsDossier({ facts }: Manifest, dossier: Dossier): boolean {
  return canonicalJson(facts ?? {}) === canonicalJson(shownFacts(dossier));
}
