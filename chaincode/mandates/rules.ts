/** When a mandate counts. */
import { localDateOf } from '../kernel/almaty.ts';
import type { Instant } from '../kernel/instant.ts';
import { accepted, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { refuse } from './refusals.ts';
import type { Mandate, MandateFunction } from './schema.ts';

/** In which function someone wants to act; one of several will do. */
export type Wanted = {
  readonly bin: string;
  readonly functions: readonly MandateFunction[];
  readonly at: Instant;
};

/**
 * Whether a mandate lets its holder act in a function for an organisation at an instant, which is
 * that of the verified time stamp; every fault at once.
 *
 * It counts from its first day, and never before the head signed it: a mandate gives nobody the
 * right to what was done without it.
 */
export function allows(mandate: Mandate, wanted: Wanted): Outcome<Mandate> {
  const norm = 'SE-3';
  const day = localDateOf(wanted.at);
  const isLive =
    mandate.from <= day &&
    day <= mandate.until &&
    mandate.signedAt <= wanted.at &&
    (mandate.revokedAt === undefined || wanted.at < mandate.revokedAt);
  const faults: Refusal[] = [];
  if (mandate.bin !== wanted.bin) faults.push(refuse('MANDATE_OF_ANOTHER_ORGANISATION', { norm }));
  if (!wanted.functions.includes(mandate.function)) {
    const params = { function: wanted.functions.join(', ') };
    faults.push(refuse('MANDATE_OF_ANOTHER_FUNCTION', { norm, params }));
  }
  if (!isLive) faults.push(refuse('MANDATE_NOT_LIVE', { norm, params: { on: day } }));
  return unlessRefused(faults, mandate);
}

/** The mandate, taken back from an instant on; what was taken back once lives no longer for it. */
export function revoked(mandate: Mandate, revokedAt: Instant): Outcome<Mandate> {
  const isOver = mandate.revokedAt !== undefined && mandate.revokedAt <= revokedAt;
  return isOver
    ? refused(refuse('MANDATE_REVOKED_ALREADY', { norm: 'SE-3' }))
    : accepted({ ...mandate, revokedAt });
}
