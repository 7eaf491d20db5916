import {
  checkPrimeSync,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { utf8Of } from '../../../chaincode/kernel/bytes.ts';
import type { KeyKind } from '../../../chaincode/kernel/eds/algorithms.ts';
import { joined } from '../../../chaincode/kernel/eds/bytes.ts';
import { GOST_2004, GOST_256_A, GOST_512_A } from '../../../chaincode/kernel/eds/gost-curves.ts';
import { gost34311 } from '../../../chaincode/kernel/eds/gost34311.ts';
import { streebog256, streebog512 } from '../../../chaincode/kernel/eds/streebog.ts';
import {
  algorithm,
  bitString,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
} from './der-writer.ts';
import {
  gostKeyOf,
  gostKeyOfPrivate,
  signGost,
  type GostKey,
  type RandomBytes,
} from './gost-signing.ts';

/** A key that signs, in tests and demonstrations alone. */
export type SigningKey = {
  readonly kind: KeyKind;
  /** The SubjectPublicKeyInfo. */
  readonly info: Uint8Array;
  /** The key's octets inside it, which identifiers hash. */
  readonly bits: Uint8Array;
  /** The AlgorithmIdentifiers of its signatures and of the digest that goes with them. */
  readonly signatureAlgorithm: Uint8Array;
  readonly digestAlgorithm: Uint8Array;
  /** The PrivateKeyInfo. */
  readonly pkcs8: Uint8Array;
  readonly digest: (message: Uint8Array) => Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** Bytes that a seed decides: a stream of SHA-256 over the seed and a counter. */
export function randomOf(seed: Uint8Array | string): RandomBytes {
  let counter = 0;
  return (count) => {
    const blocks: Uint8Array[] = [];
    for (let made = 0; made < count; made += 32, counter += 1) {
      blocks.push(createHash('sha256').update(seed).update(String(counter)).digest());
    }
    return joined(...blocks).subarray(0, count);
  };
}

/** What a GOST key of each kind is made of, and named by. */
const gostForms = {
  gost512: {
    curve: GOST_512_A,
    digest: streebog512,
    key: '1.2.398.3.10.1.1.2.2',
    curveOid: '1.2.398.3.10.1.1.2.2.1',
    digestOid: '1.2.398.3.10.1.3.3',
    parameterOid: '1.2.398.3.10.1.3.3',
    signature: '1.2.398.3.10.1.1.2.3.2',
  },
  gost256: {
    curve: GOST_256_A,
    digest: streebog256,
    key: '1.2.398.3.10.1.1.2.1',
    curveOid: '1.2.398.3.10.1.1.2.1.1',
    digestOid: '1.2.398.3.10.1.3.2',
    parameterOid: '1.2.398.3.10.1.3.2',
    signature: '1.2.398.3.10.1.1.2.3.1',
  },
  gost2004: {
    curve: GOST_2004,
    digest: gost34311,
    key: '1.2.398.3.10.1.1.1.1',
    curveOid: '1.2.398.3.10.1.1.1.1.1',
    digestOid: '1.2.398.3.10.1.3.1',
    parameterOid: '1.2.398.3.10.1.3.1.1.0',
    signature: '1.2.398.3.10.1.1.1.2',
  },
} as const;

type GostKind = keyof typeof gostForms;

/** The GOST key that a seed decides. */
export function gostSigningKey(seed: string, kind: GostKind = 'gost512'): SigningKey {
  return signingKeyOfGost(gostKeyOf(gostForms[kind].curve, utf8Of(seed)), kind);
}

/** The key of a private number as key stores hold it: little-endian. */
export function gostSigningKeyOf(privateKey: Uint8Array): SigningKey {
  return signingKeyOfGost(gostKeyOfPrivate(GOST_512_A, privateKey), 'gost512');
}

function signingKeyOfGost(key: GostKey, kind: GostKind): SigningKey {
  const form = gostForms[kind];
  const parameters = sequence(oid(form.curveOid), oid(form.parameterOid));
  const keyAlgorithm = sequence(oid(form.key), parameters);
  const bits = octetString(key.publicKey);
  return {
    kind,
    info: sequence(keyAlgorithm, bitString(bits)),
    bits,
    signatureAlgorithm: algorithm(form.signature),
    digestAlgorithm: algorithm(form.digestOid),
    pkcs8: sequence(integer(0), keyAlgorithm, octetString(octetString(key.privateKey))),
    digest: form.digest,
    // The number that must never repeat follows from key and message, so that signing needs no luck.
    sign: (message) => {
      const digest = form.digest(message);
      return signGost(key, digest, randomOf(joined(key.privateKey, digest)));
    },
  };
}

const rsaKey = '1.2.840.113549.1.1.1';
const rsaSignature = '1.2.840.113549.1.1.11';
const sha256Oid = '2.16.840.1.101.3.4.2.1';
const exponent = 65_537n;

/** The RSA key of 2048 bits that a seed decides. */
export function rsaSigningKey(seed: string): SigningKey {
  const random = randomOf(seed);
  const p = primeOf(random);
  const q = primeOf(random);
  const n = p * q;
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const numbers = {
    n,
    e: exponent,
    d,
    p,
    q,
    dp: d % (p - 1n),
    dq: d % (q - 1n),
    qi: inverse(q, p),
  };
  const jwk = Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, octetsOf(value).toString('base64url')]),
  );
  const key = createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
  return signingKeyOfRsa(key);
}

/** The RSA key of a PrivateKeyInfo. */
export function rsaSigningKeyOf(pkcs8: Uint8Array): SigningKey {
  return signingKeyOfRsa(
    createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
  );
}

function signingKeyOfRsa(key: KeyObject): SigningKey {
  const bits = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'pkcs1' }));
  return {
    kind: 'rsa',
    info: sequence(sequence(oid(rsaKey), nothing), bitString(bits)),
    bits,
    signatureAlgorithm: algorithm(rsaSignature),
    digestAlgorithm: algorithm(sha256Oid),
    pkcs8: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
    digest: (message) => new Uint8Array(createHash('sha256').update(message).digest()),
    sign: (message) => new Uint8Array(sign('sha256', message, key)),
  };
}

function octetsOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

const smallPrimes = primesBelow(2000);

function primesBelow(limit: number): readonly number[] {
  const numbers = Array.from({ length: limit - 3 }, (_, index) => index + 3);
  return numbers.filter((n) => numbers.every((m) => m * m > n || n % m !== 0) && n % 2 !== 0);
}

/** A prime of 1024 bits with its two highest set, so that the product has 2048. */
function primeOf(random: RandomBytes): bigint {
  const start = BigInt(`0x${Buffer.from(random(128)).toString('hex')}`) | (3n << 1022n) | 1n;
  const rests = smallPrimes.map((prime) => Number(start % BigInt(prime)));
  for (let step = 0; ; step += 2) {
    // Most numbers fall to a small prime, which costs far less than a test of primality.
    if (smallPrimes.some((prime, index) => ((rests[index] ?? 0) + step) % prime === 0)) continue;
    const candidate = start + BigInt(step);
    if (candidate % exponent !== 1n && checkPrimeSync(candidate)) return candidate;
  }
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, nextR, s, nextS] = [modulus, value % modulus, 0n, 1n];
  while (nextR !== 0n) {
    const quotient = r / nextR;
    [r, nextR] = [nextR, r - quotient * nextR];
    [s, nextS] = [nextS, s - quotient * nextS];
  }
  return ((s % modulus) + modulus) % modulus;
}
