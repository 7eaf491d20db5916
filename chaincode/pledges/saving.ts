/** An application that a step has changed: written, and told of. */
import type { Outcome } from '../kernel/outcome.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import { type Application, applicationType } from './application.ts';

/**
 * Writes an application under the State Corporation's seal, from its preparation on (PL-11): what
 * everyone signs and an officer decides is the record that its peer agreed to, and no other.
 */
export async function sealed(
  ledger: PublicLedger,
  outcome: Outcome<Application>,
  event: string,
): Promise<Outcome<Application>> {
  if (!outcome.ok) return outcome;
  await ledger.putSealed(applicationType, outcome.value, registrarMsp);
  tell(ledger, outcome.value, event);
  return outcome;
}

function tell(
  ledger: PublicLedger,
  { id, kind, revision, state }: Application,
  event: string,
): void {
  ledger.emit({ name: event, application: id, kind, revision, state });
}
