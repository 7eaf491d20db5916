import { keyKindOf } from './algorithms.ts';
import {
  bitOctets,
  itemsOf,
  misfit,
  naturalOf,
  octets,
  oidOf,
  sequence,
  tags,
  within,
  type Der,
} from './der.ts';

/**
 * Public keys of certificates. A key of a kind that we do not know is kept as such: a certificate
 * may lie beside a signature without having to do with it.
 */
export type PublicKey =
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly exponent: bigint }
  | { readonly kind: 'gost512' | 'gost256' | 'gost2004'; readonly point: Uint8Array }
  | { readonly kind: 'unknown' | 'unfit'; readonly oid: string };

const part = 'subjectPublicKeyInfo';

/** The curve and the digest that a GOST key of each kind must name, and the octets of its point. */
const gostForms = {
  gost512: {
    curve: '1.2.398.3.10.1.1.2.2.1',
    digests: ['1.2.398.3.10.1.3.3'],
    pointOctets: 128,
  },
  gost256: {
    curve: '1.2.398.3.10.1.1.2.1.1',
    digests: ['1.2.398.3.10.1.3.2'],
    pointOctets: 64,
  },
  gost2004: {
    curve: '1.2.398.3.10.1.1.1.1.1',
    digests: ['1.2.398.3.10.1.3.1', '1.2.398.3.10.1.3.1.1.0'],
    pointOctets: 64,
  },
} as const;

/** Parses a SubjectPublicKeyInfo. */
export function publicKeyOf(node: Der): PublicKey {
  const fields = sequence(node, part);
  const algorithm = sequence(fields.any(), part);
  const bits = fields.any();
  fields.end();
  const key = bitOctets(bits, part);
  const oid = oidOf(algorithm.any(), part);
  const kind = keyKindOf(oid);
  if (kind === undefined) return { kind: 'unknown', oid };
  if (kind === 'rsa') {
    algorithm.optional(tags.null);
    algorithm.end();
    return rsaKey(within(bits, key));
  }
  const form = gostForms[kind];
  const parameters = itemsOf(algorithm.next(tags.sequence), 3).map((item) => oidOf(item, part));
  algorithm.end();
  // The national layout wraps the point in one more OCTET STRING; without it the key is no key.
  const point = octets(within(bits, key), part);
  const [curve = '', digest = ''] = parameters;
  const fits = curve === form.curve && form.digests.some((known) => known === digest);
  return fits && point.length === form.pointOctets ? { kind, point } : { kind: 'unfit', oid };
}

function rsaKey(node: Der): PublicKey {
  const fields = sequence(node, part);
  const modulus = naturalOf(fields.any(), part);
  const exponent = naturalOf(fields.any(), part);
  fields.end();
  return { kind: 'rsa', modulus, exponent };
}

/** The octets of the key inside a SubjectPublicKeyInfo: what OCSP hashes to name an issuer. */
export function keyBits(subjectPublicKeyInfo: Der): Uint8Array {
  const [, bits] = itemsOf(subjectPublicKeyInfo, 2);
  return bits === undefined ? misfit(part) : bitOctets(bits, part);
}
