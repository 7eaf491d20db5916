import { instantOfMs, msOf, type Instant } from '../instant.ts';
import type { Refusal } from '../refusal.ts';
import type { Certificate } from './certificate.ts';
import type { RevocationList, RevocationReason } from './crl.ts';
import type { BasicOcspResponse } from './ocsp.ts';
import type { Policy } from './policy.ts';
import type { Checks } from './signature-check.ts';
import type { Trust } from './trust.ts';

/** Evidence that came with a signature, read. */
export type RevocationEvidence = {
  readonly crls: readonly RevocationList[];
  readonly ocsps: readonly BasicOcspResponse[];
  /** The nonce of our own request, in hexadecimal; an answer to another request is refused. */
  readonly ocspNonce: string | undefined;
};

/** What the evidence is judged by. */
export type RevocationQuestion = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The moment at which the certificate must not have been revoked. */
  readonly at: Instant;
  /** The present moment, where there is one: nothing may be later, and freshness counts from it. */
  readonly now: Instant | undefined;
  readonly trust: Trust;
  readonly policy: Policy;
  readonly checks: Checks;
};

/** What one piece of evidence says, or why it says nothing. */
export type RevocationFinding =
  | { readonly kind: 'good'; readonly source: 'ocsp' | 'crl'; readonly asOf: Instant }
  | {
      readonly kind: 'revoked';
      readonly source: 'ocsp' | 'crl';
      readonly asOf: Instant;
      readonly revokedAt: Instant;
      readonly reason: RevocationReason;
    }
  | { readonly kind: 'notIssued'; readonly source: 'ocsp'; readonly asOf: Instant }
  | { readonly kind: 'fault'; readonly refusal: Refusal };

/** Whether a statement comes from later than now, beyond what clocks may differ by. */
export function isLater(
  instant: Instant,
  { now, policy }: Pick<RevocationQuestion, 'now' | 'policy'>,
): boolean {
  return now !== undefined && msOf(instant) > msOf(now) + policy.clockSkewMs;
}

/** An instant and so many milliseconds. */
export function after(instant: Instant, ms: number): Instant {
  return instantOfMs(msOf(instant) + ms);
}
