import type { AffinePoint, Curve } from './gost-curves.ts';

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

type JacobianPoint = { readonly x: bigint; readonly y: bigint; readonly z: bigint };

const INFINITY: JacobianPoint = { x: 1n, y: 1n, z: 0n };

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
  const point = combine(curve, z1, curve.generator, z2, key);
  return point.z !== 0n && affine(curve, point).x % curve.q === r;
}

/** Whether a point lies on the curve and in the generator's group. */
function isInGroup(curve: Curve, { x, y }: AffinePoint): boolean {
  const { p, a, b } = curve;
  if (x >= p || y >= p) return false;
  if ((y * y - (x * x * x + a * x + b)) % p !== 0n) return false;
  return curve.cofactor === 1n || combine(curve, curve.q, { x, y }, 0n, { x, y }).z === 0n;
}

/** `m * left + n * right`, the doublings shared by both (Straus, Shamir). */
export function combine(
  curve: Curve,
  m: bigint,
  left: AffinePoint,
  n: bigint,
  right: AffinePoint,
): JacobianPoint {
  const both = add(curve, jacobian(left), jacobian(right));
  const table = [INFINITY, jacobian(left), jacobian(right), both];
  let sum = INFINITY;
  for (let bit = BigInt(8 * curve.bytes - 1); bit >= 0n; bit--) {
    sum = double(curve, sum);
    const index = Number(((m >> bit) & 1n) | (((n >> bit) & 1n) << 1n));
    if (index > 0) sum = add(curve, sum, table[index]!);
  }
  return sum;
}

function jacobian({ x, y }: AffinePoint): JacobianPoint {
  return { x, y, z: 1n };
}

/** The point's coordinates; it must not be the point at infinity. */
export function affine(curve: Curve, { x, y, z }: JacobianPoint): AffinePoint {
  const inverse = invert(z, curve.p);
  const square = inverse * inverse;
  return { x: mod(x * square, curve.p), y: mod(y * square * inverse, curve.p) };
}

function double({ p, a }: Curve, { x, y, z }: JacobianPoint): JacobianPoint {
  if (z === 0n || y === 0n) return INFINITY;
  const yy = (y * y) % p;
  const zz = (z * z) % p;
  const s = (4n * x * yy) % p;
  const m = (3n * x * x + a * ((zz * zz) % p)) % p;
  const x3 = mod(m * m - 2n * s, p);
  return { x: x3, y: mod(m * (s - x3) - 8n * yy * yy, p), z: (2n * y * z) % p };
}

function add(curve: Curve, left: JacobianPoint, right: JacobianPoint): JacobianPoint {
  if (left.z === 0n) return right;
  if (right.z === 0n) return left;
  const { p } = curve;
  const z1z1 = (left.z * left.z) % p;
  const z2z2 = (right.z * right.z) % p;
  const u1 = (left.x * z2z2) % p;
  const s1 = (left.y * right.z * z2z2) % p;
  const h = mod(right.x * z1z1 - u1, p);
  const r = mod(((right.y * left.z) % p) * z1z1 - s1, p);
  if (h === 0n) return r === 0n ? double(curve, left) : INFINITY;
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (u1 * hh) % p;
  const x3 = mod(r * r - hhh - 2n * v, p);
  return { x: x3, y: mod(r * (v - x3) - s1 * hhh, p), z: (((left.z * right.z) % p) * h) % p };
}

/** The inverse modulo a prime of a number that the prime does not divide. */
export function invert(value: bigint, modulus: bigint): bigint {
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
  let digits = '';
  for (const byte of bytes) digits = byte.toString(16).padStart(2, '0') + digits;
  return BigInt(`0x${digits}`);
}
