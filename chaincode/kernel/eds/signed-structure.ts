import { hexOf } from '../bytes.ts';
import { sha256 } from '../sha256.ts';
import { sameBytes } from './bytes.ts';
import { bitOctets, type Der, type Fields, misfit, sequence, tags } from './der.ts';

/** What every structure that an authority signs has around its body. */
export type Signed = {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
};

/**
 * Reads a certificate or a list of revoked ones: the body that is signed, the algorithm, the
 * signature; `part` names it in refusals.
 */
export function signedStructure<Body extends { readonly algorithm: Der }>(
  node: Der,
  part: string,
  toBeSigned: (fields: Fields) => Body,
): Omit<Body, 'algorithm'> & Signed {
  const fields = sequence(node, part);
  const signed = fields.next(tags.sequence);
  const algorithm = fields.any();
  const signature = bitOctets(fields.any(), `${part}/signature`);
  fields.end();
  const { algorithm: inner, ...body } = toBeSigned(sequence(signed, part));
  // Both places name the algorithm; only the inner one is signed, so the outer must not differ.
  if (!sameBytes(algorithm.bytes, inner.bytes)) misfit(`${part}/signatureAlgorithm`);
  return {
    ...body,
    bytes: node.bytes,
    sha256: hexOf(sha256(node.bytes)),
    signedBytes: signed.bytes,
    signature,
  };
}
