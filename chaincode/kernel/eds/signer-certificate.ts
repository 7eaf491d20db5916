import { digestOf } from './algorithms.ts';
import type { BoundCertificate } from './attributes.ts';
import { sameBytes } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import type { SignerId, SignerInfo } from './cms.ts';
import { digestBy } from './digest.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import type { Checks } from './signature-check.ts';

/** The certificate that a signer names, among those at hand. */
export function certificateOfSigner(
  { id }: SignerInfo,
  certificates: readonly Certificate[],
): Certificate | undefined {
  return certificates.find((certificate) => isNamed(id, certificate));
}

function isNamed(id: SignerId, certificate: Certificate): boolean {
  return 'subjectKeyId' in id
    ? certificate.subjectKeyId === id.subjectKeyId
    : certificate.serial === id.serial && sameBytes(certificate.issuer.bytes, id.issuer);
}

/** How a signature must be bound to its certificate. */
export type Binding = {
  readonly required: boolean;
  /** Time-stamp services still name their certificate by SHA-1 (ESSCertID of RFC 2634). */
  readonly sha1: boolean;
};

/**
 * Why a signature is not bound to this certificate, or undefined if it is. Without the binding
 * another certificate of the same name and number could be put in the place of the signer's.
 */
export function bindingFault(
  signer: SignerInfo,
  certificate: Certificate,
  checks: Checks,
  binding: Binding,
): Refusal | undefined {
  const { bound, boundBySha1 } = signer.signedAttributes ?? {};
  const stated = [bound, binding.sha1 ? boundBySha1 : undefined].filter(
    (each) => each !== undefined,
  );
  if (stated.length === 0) return binding.required ? refuse('SIGNING_CERT_MISSING') : undefined;
  return stated
    .map((each) => mismatch(each, certificate, checks, binding.sha1))
    .find((fault) => fault !== undefined);
}

function mismatch(
  bound: BoundCertificate,
  certificate: Certificate,
  checks: Checks,
  sha1: boolean,
): Refusal | undefined {
  const switches = sha1 ? { ...checks.switches, sha1: true } : checks.switches;
  const digest = digestOf(bound.digestOid, switches);
  if (!digest.ok) return digest.refusals[0];
  const expected = digestBy(digest.value, certificate.bytes);
  const fits =
    sameBytes(expected, bound.digest) &&
    (bound.serial === undefined || bound.serial === certificate.serial) &&
    (bound.issuer === undefined || sameBytes(bound.issuer, certificate.issuer.bytes));
  return fits ? undefined : refuse('SIGNING_CERT_MISMATCH');
}
