import { bytesOfHex } from '../bytes.ts';
import { valueOrThrow } from '../outcome.ts';
import type { DigestName } from './algorithms.ts';
import { integerOfBytes, joined } from './bytes.ts';

/**
 * RSA signatures of PKCS #1 v1.5, in plain integers: the platform's library follows its build's
 * policy on keys and digests, and every organisation must come to the same verdict.
 */
export type RsaKey = { readonly modulus: bigint; readonly exponent: bigint };

const modulusBitsMin = 2048;
const modulusBitsMax = 4096;

/** DigestInfo up to the digest itself. The NULL is part of the only encoding we take. */
const digestInfo: { readonly [Name in DigestName]?: string } = {
  sha256: '3031300d060960864801650304020105000420',
  sha1: '3021300906052b0e03021a05000414',
};

/** Whether a key is of a size we accept; a larger one would only cost more, a smaller one is weak. */
export function rsaKeyFits({ modulus, exponent }: RsaKey): boolean {
  const bits = modulus.toString(2).length;
  return (
    bits >= modulusBitsMin &&
    bits <= modulusBitsMax &&
    modulus % 2n === 1n &&
    exponent % 2n === 1n &&
    exponent >= 3n &&
    exponent < 1n << 32n
  );
}

/** Whether the signature is of this digest under this key; never throws. */
export function verifyRsa(
  key: RsaKey,
  digestName: DigestName,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const prefix = digestInfo[digestName];
  if (prefix === undefined || !rsaKeyFits(key)) return false;
  const octets = Math.ceil(key.modulus.toString(16).length / 2);
  const value = integerOfBytes(signature);
  if (signature.length !== octets || value >= key.modulus) return false;
  // The whole block is compared, not parsed: nothing can hide in what a parser would skip.
  const opened = power(value, key.exponent, key.modulus);
  return opened === integerOfBytes(expectedBlock(prefix, digest, octets));
}

function expectedBlock(prefix: string, digest: Uint8Array, octets: number): Uint8Array {
  const info = joined(valueOrThrow(bytesOfHex(prefix)), digest);
  const padding = new Uint8Array(octets - info.length - 3).fill(0xff);
  return joined(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
