import { joined } from '../../../chaincode/kernel/eds/bytes.ts';
import type { Curve } from '../../../chaincode/kernel/eds/gost-curves.ts';
import { multiplyGenerator } from '../../../chaincode/kernel/eds/gost3410.ts';
import { streebog512 } from '../../../chaincode/kernel/eds/streebog.ts';

/**
 * Keys and signatures of GOST 34.10-2015 for tests and demonstrations. The work takes a time that
 * depends on the key, so it is never used with the key of a real person.
 */

/** A private key and the public one that belongs to it, as the formats carry them. */
export type GostKey = {
  readonly curve: Curve;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
};

/** Gives bytes that nobody can foresee, or, in a test, bytes that a seed decides. */
export type RandomBytes = (count: number) => Uint8Array;

/** The key that a seed decides, so that a demonstration has the same people each time. */
export function gostKeyOf(curve: Curve, seed: Uint8Array): GostKey {
  return gostKeyFrom(curve, scalarFrom(curve, streebog512(seed)));
}

/** The key of a private number as PKCS#8 carries it: little-endian, of the curve's length. */
export function gostKeyOfPrivate(curve: Curve, privateKey: Uint8Array): GostKey {
  return gostKeyFrom(curve, numberOf(privateKey));
}

/** Signs a digest; the layout is r and s, each little-endian. */
export function signGost(key: GostKey, digest: Uint8Array, random: RandomBytes): Uint8Array {
  const { curve } = key;
  const { q } = curve;
  const d = numberOf(key.privateKey);
  const e = numberOf(digest) % q || 1n;
  for (;;) {
    const k = scalarFrom(curve, random(64));
    const r = multiplyGenerator(curve, k).x % q;
    const s = (r * d + k * e) % q;
    if (r !== 0n && s !== 0n) return joined(bytesOf(r, curve.bytes), bytesOf(s, curve.bytes));
  }
}

/** A number from 1 to q - 1 out of 64 bytes: the unevenness matters to no test. */
function scalarFrom({ q }: Curve, bytes: Uint8Array): bigint {
  return (numberOf(bytes) % (q - 1n)) + 1n;
}

function gostKeyFrom(curve: Curve, d: bigint): GostKey {
  if (d <= 0n || d >= curve.q) throw new RangeError('A private key lies between 0 and the order');
  const { x, y } = multiplyGenerator(curve, d);
  return {
    curve,
    privateKey: bytesOf(d, curve.bytes),
    publicKey: joined(bytesOf(x, curve.bytes), bytesOf(y, curve.bytes)),
  };
}

function numberOf(littleEndian: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(littleEndian).reverse().toString('hex')}`);
}

function bytesOf(value: bigint, count: number): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * count, '0'), 'hex').reverse());
}
