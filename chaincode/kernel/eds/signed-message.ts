import { signerAlgorithm } from './algorithms.ts';
import { cmsAttributeOids } from './attributes.ts';
import { sameBytes } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import type { SignerInfo } from './cms.ts';
import { digestBy } from './digest.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import { signatureFault, type Checks } from './signature-check.ts';

/**
 * What is wrong with a signer's attributes and signature over a content; undefined if nothing.
 *
 * A signature straight over the content, without attributes, is refused: the bytes of attributes
 * could be passed off as a content, and the other way round.
 */
export function messageFault(
  signer: SignerInfo,
  content: Uint8Array,
  contentType: string,
  certificate: Certificate,
  checks: Checks,
): Refusal | undefined {
  const attributes = signer.signedAttributes;
  if (attributes === undefined) return refuse('SIGNED_ATTRIBUTES_MISSING');
  const { contentType: stated, messageDigest: digest, signedBytes } = attributes;
  if (stated === undefined) return attributeMissing(cmsAttributeOids.contentType);
  if (stated !== contentType) return refuse('CONTENT_TYPE', { params: { oid: stated } });
  const { digestOid, signatureOid, signature } = signer;
  const algorithm = signerAlgorithm(digestOid, signatureOid, checks.switches);
  if (!algorithm.ok) return algorithm.refusals[0];
  if (digest === undefined) return attributeMissing(cmsAttributeOids.messageDigest);
  const expected = digestBy(algorithm.value.digest, content);
  if (!sameBytes(expected, digest)) return refuse('DIGEST_MISMATCH');
  const signed = {
    key: certificate.key,
    algorithm: algorithm.value,
    message: signedBytes,
    signature,
  };
  return signatureFault(checks, signed, refuse('SIG_INVALID'));
}

function attributeMissing(oid: string): Refusal {
  return refuse('ATTRIBUTE_MISSING', { params: { oid } });
}
