/** Slots bound how many dossiers a platform has open: each holds one until it is purged (SE-1). */
import { canonicalJson } from '../kernel/canonical-json.ts';

/** A slot among those of the platform that deposits. */
export function slotKey(slot: number): string {
  return `slot:${slot}`;
}

/** What stands there: the application that it is taken by. */
export function slotText(application: string): string {
  return canonicalJson({ application });
}
