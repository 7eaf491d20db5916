/** Slots bound how many dossiers a platform has open: each holds one until it is purged (SE-1). */
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { PrivateLedger } from '../ledger/private-ledger.ts';

/** Where a slot of the caller's platform stands. */
export function slotKey({ caller }: PrivateLedger, slot: number): string {
  return `slot:${caller.mspId}:${slot}`;
}

/** What stands there: the application that it is taken by. */
export function slotText(application: string): string {
  return canonicalJson({ application });
}
