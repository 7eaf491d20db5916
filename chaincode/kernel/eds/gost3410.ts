import { hexOf } from '../bytes.ts';
import type { AffinePoint, Curve } from './gost-curves.ts';
import { groupOf, type Jacobian } from './gost-points.ts';

/** What is known of a signature; every part is in the byte order of Kazakhstan's formats. */
export type GostSignature = {
  readonly curve: Curve;
  /** The point's coordinates, x and y, each little-endian. */
  readonly publicKey: Uint8Array;
  /** The digest as Streebog gives it; it is read as a little-endian number. */
  readonly digest: Uint8Array;
  /** The numbers r and s, each little-endian. */
  readonly signature: Uint8Array;
};

/**
 * Verifies a signature of GOST 34.10-2015 (GOST R 34.10-2012, RFC 7091 section 6.2). Anything
 * malformed is a false answer: lengths, r or s out of range, a key that is no point of the group.
 */
export function verifyGost({ curve, publicKey, digest, signature }: GostSignature): boolean {
  if (publicKey.length !== 2 * curve.bytes || signature.length !== 2 * curve.bytes) return false;
  if (digest.length !== curve.bytes) return false;
  const r = littleEndian(signature.subarray(0, curve.bytes));
  const s = littleEndian(signature.subarray(curve.bytes));
  if (r <= 0n || r >= curve.q || s <= 0n || s >= curve.q) return false;
  const key = {
    x: littleEndian(publicKey.subarray(0, curve.bytes)),
    y: littleEndian(publicKey.subarray(curve.bytes)),
  };
  if (!isInGroup(curve, key)) return false;
  const e = littleEndian(digest) % curve.q || 1n;
  const inverse = invert(e, curve.q);
  const z1 = (s * inverse) % curve.q;
  const z2 = curve.q - ((r * inverse) % curve.q);
  return hasAbscissa(curve, groupOf(curve).combine(z1, z2, key), r);
}

/** Whether a point lies on the curve and in the generator's group. */
function isInGroup(curve: Curve, point: AffinePoint): boolean {
  const { p, a, b, q, cofactor } = curve;
  const { x, y } = point;
  if (x >= p || y >= p) return false;
  if ((y * y - (x * x * x + a * x + b)) % p !== 0n) return false;
  if (cofactor === 1n) return true;
  const { field, combine } = groupOf(curve);
  return field.isZero(combine(0n, q, point).z);
}

/**
 * Whether a point's x coordinate has the rest r modulo q. It is X / Z²: to multiply each number
 * below p with the rest r by Z² costs less than to divide.
 */
function hasAbscissa(curve: Curve, point: Jacobian, r: bigint): boolean {
  const { p, q } = curve;
  const { field } = groupOf(curve);
  if (field.isZero(point.z)) return false;
  const z = field.read(point.z);
  const zz = (z * z) % p;
  const x = field.read(point.x);
  for (let candidate = r; candidate < p; candidate += q) {
    if ((candidate * zz) % p === x) return true;
  }
  return false;
}

/** `k * G` for 0 < k < q, for those who make keys and signatures; its time depends on k. */
export function multiplyGenerator(curve: Curve, k: bigint): AffinePoint {
  const { field, combine } = groupOf(curve);
  const point = combine(k, 0n, curve.generator);
  const inverse = invert(field.read(point.z), curve.p);
  const square = inverse * inverse;
  return {
    x: mod(field.read(point.x) * square, curve.p),
    y: mod(field.read(point.y) * square * inverse, curve.p),
  };
}

/** The inverse modulo a prime of a number that the prime does not divide. */
function invert(value: bigint, modulus: bigint): bigint {
  let [low, high] = [mod(value, modulus), modulus];
  let [x, y] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [x, y] = [y - quotient * x, x];
  }
  return mod(x, modulus);
}

function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${hexOf(bytes.toReversed())}`);
}
