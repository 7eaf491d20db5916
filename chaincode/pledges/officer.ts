/** Officers of the State Corporation, who alone register (PL-11). */
import type { Outcome } from '../kernel/outcome.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { Reader } from '../ledger/reader.ts';
import { heldMandate } from '../mandates/holding.ts';
import { memberOf } from '../roster/rules.ts';
import { membersOn } from '../roster/store.ts';
import { type Evidence, type Findings, type Verified, verified } from '../trust/evidence.ts';

/** What speaks for an officer's decision: the signature, the mandate and whose it is. */
type Officer = {
  readonly mandate: string;
  readonly officerIin: string;
  readonly officerSalt: string;
  readonly evidence: Evidence;
  readonly found: Findings;
};

/**
 * Whether an officer has signed a decision about a record with an own key, under a mandate to
 * register that was live when it was signed (SE-3).
 */
export async function signedByOfficer(
  ledger: Reader,
  { mandate: which, officerIin, officerSalt, evidence, found }: Officer,
  about: { readonly record: string; readonly revision: number },
): Promise<Outcome<Verified>> {
  const registrar = memberOf(await membersOn(ledger), registrarMsp);
  if (!registrar.ok) return registrar;
  const { bin } = registrar.value;
  const expected = { ...about, purpose: 'decision' } as const;
  const signature = await verified(ledger, evidence, found, { iin: officerIin, bin }, expected);
  if (!signature.ok) return signature;
  const held = { mandate: which, holderIin: officerIin, holderSalt: officerSalt };
  const at = signature.value.signedAt;
  const mandate = await heldMandate(ledger, held, { bin, functions: ['REGISTRAR'], at });
  return mandate.ok ? signature : mandate;
}
