import type { Instant } from '../instant.ts';
import { sameBytes } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import { issuedFault, type Checks } from './signature-check.ts';

/** The way from a certificate up to one that is pinned. */
export type Chain = {
  /** From the certificate itself to the last that was found. */
  readonly certificates: readonly Certificate[];
  readonly trusted: boolean;
  /** What is wrong with the way, whatever the time; `step` counts from the certificate. */
  readonly faults: readonly ChainFault[];
};

export type ChainFault = { readonly step: number; readonly refusal: Refusal };

/** Longest way up: the national chains have three certificates. */
const stepsMax = 6;
/** Issuers of one name that are tried; renewed authorities keep their names. */
const candidatesMax = 4;

/**
 * Finds the way up from a certificate. A pin is trusted for its own bytes; where its issuer is
 * pinned too, the way goes on to it, so that a root's expiry is seen.
 */
export function chainOf(
  leaf: Certificate,
  pins: readonly Certificate[],
  others: readonly Certificate[],
  checks: Checks,
): Chain {
  const certificates = [leaf];
  const faults: ChainFault[] = structureFaults(leaf, 0);
  for (let step = 0; step < stepsMax; step += 1) {
    const current = certificates[step];
    if (current === undefined) break;
    const pinned = isPinned(current, pins);
    if (sameBytes(current.issuer.bytes, current.subject.bytes)) {
      if (!pinned) faults.push({ step, refusal: refuse('CHAIN_INCOMPLETE') });
      return { certificates, trusted: pinned, faults };
    }
    const found = issuerOf(current, pinned ? pins : [...pins, ...others], checks);
    if (!found.issuer) {
      // What lies above a pin may be missing or replaced: the pin stands for itself.
      if (!pinned) faults.push({ step, refusal: found.refusal });
      return { certificates, trusted: pinned, faults };
    }
    certificates.push(found.issuer);
    faults.push(
      ...structureFaults(found.issuer, step + 1),
      ...issuerFaults(found.issuer, step + 1),
    );
  }
  faults.push({ step: stepsMax, refusal: refuse('CHAIN_TOO_LONG') });
  return { certificates, trusted: false, faults };
}

export function isPinned(certificate: Certificate, pins: readonly Certificate[]): boolean {
  return pins.some(({ sha256 }) => sha256 === certificate.sha256);
}

/** Whether one certificate names the other as its issuer; the key identifiers must not disagree. */
function names(certificate: Certificate, issuer: Certificate): boolean {
  const { authorityKeyId } = certificate;
  const { subjectKeyId } = issuer;
  const keysDiffer = authorityKeyId && subjectKeyId && authorityKeyId !== subjectKeyId;
  return sameBytes(certificate.issuer.bytes, issuer.subject.bytes) && !keysDiffer;
}

type Found =
  { readonly issuer: Certificate } | { readonly issuer: undefined; readonly refusal: Refusal };

function issuerOf(certificate: Certificate, among: readonly Certificate[], checks: Checks): Found {
  let refusal: Refusal = refuse('CHAIN_INCOMPLETE');
  const candidates = among.filter((issuer) => names(certificate, issuer)).slice(0, candidatesMax);
  for (const issuer of candidates) {
    const fault = issuedFault(checks, certificate, issuer, refuse('CERT_SIG_INVALID'));
    if (!fault) return { issuer };
    refusal = fault;
  }
  return { issuer: undefined, refusal };
}

function structureFaults(certificate: Certificate, step: number): ChainFault[] {
  return certificate.unknownCritical.map((oid) => ({
    step,
    refusal: refuse('EXTENSION_UNKNOWN', { params: { oid } }),
  }));
}

/** An issuer must be an authority that may sign certificates and stand this far above the leaf. */
function issuerFaults(issuer: Certificate, step: number): ChainFault[] {
  const { basicConstraints, keyUsage } = issuer;
  if (!basicConstraints?.authority || (keyUsage && !keyUsage.includes('keyCertSign'))) {
    return [{ step, refusal: refuse('ISSUER_NOT_CA') }];
  }
  const { pathLength = Infinity } = basicConstraints;
  return step - 1 > pathLength ? [{ step, refusal: refuse('CHAIN_TOO_LONG') }] : [];
}

/** Which certificates of a way were not valid at a moment. */
export function validityFaults(chain: Chain, at: Instant): readonly ChainFault[] {
  return chain.certificates.flatMap((certificate, step) => {
    const refusal = validityFault(certificate, at);
    return refusal ? [{ step, refusal }] : [];
  });
}

/** Why a certificate was not valid at a moment, or undefined if it was. */
export function validityFault(
  { notBefore, notAfter }: Certificate,
  at: Instant,
): Refusal | undefined {
  if (at < notBefore) return refuse('CERT_NOT_YET_VALID', { params: { notBefore } });
  return at > notAfter ? refuse('CERT_EXPIRED', { params: { notAfter } }) : undefined;
}
