import { bytesOfHex } from '../bytes.ts';
import { integerOfBytes, joined } from '../eds/bytes.ts';
import { valueOrThrow } from '../outcome.ts';

/**
 * ECDSA over P-256 (FIPS 186-5), verification alone, in plain integers: every organisation comes to
 * the same verdict whatever library its platform was built with. It sees a token now and then, not
 * many a second, so that it is written to be read.
 */
const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const generator: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  z: 1n,
};

/** A point in Jacobian coordinates; the point at infinity has z = 0. */
type Point = { readonly x: bigint; readonly y: bigint; readonly z: bigint };
const infinity: Point = { x: 1n, y: 1n, z: 0n };

/**
 * Whether `r ‖ s`, each of 32 bytes, signs a SHA-256 digest under an uncompressed point of 65 bytes;
 * never throws.
 */
export function verifyP256(point: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const key = pointOf(point);
  if (key === undefined || digest.length !== 32 || signature.length !== 64) return false;
  const r = integerOfBytes(signature.subarray(0, 32));
  const s = integerOfBytes(signature.subarray(32));
  if (r === 0n || s === 0n || r >= n || s >= n) return false;
  const inverse = inverseOf(s, n);
  const one = (integerOfBytes(digest) * inverse) % n;
  const other = (r * inverse) % n;
  const sum = added(times(generator, one), times(key, other));
  if (sum.z === 0n) return false;
  const zInverse = inverseOf(sum.z, p);
  return ((sum.x * zInverse * zInverse) % p) % n === r;
}

/**
 * Of the two signatures that anyone can make of one, always the same: `s` and its negative both
 * verify. A signature of another length, which is none of this curve, stays as it is.
 */
export function lowerOf(signature: Uint8Array): Uint8Array {
  if (signature.length !== 64) return signature;
  const s = integerOfBytes(signature.subarray(32));
  if (s >= n || s <= n / 2n) return signature;
  const lower = valueOrThrow(bytesOfHex((n - s).toString(16).padStart(64, '0')));
  return joined(signature.subarray(0, 32), lower);
}

/** The point of its bytes if it lies on the curve. */
function pointOf(bytes: Uint8Array): Point | undefined {
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
  const x = integerOfBytes(bytes.subarray(1, 33));
  const y = integerOfBytes(bytes.subarray(33));
  if (x >= p || y >= p) return undefined;
  return (y * y - (x * x * x - 3n * x + b)) % p === 0n ? { x, y, z: 1n } : undefined;
}

/** Double and add, from the highest bit; only public values pass here. */
function times(point: Point, factor: bigint): Point {
  let result = infinity;
  for (const bit of factor.toString(2)) {
    result = doubled(result);
    if (bit === '1') result = added(result, point);
  }
  return result;
}

function doubled({ x, y, z }: Point): Point {
  if (z === 0n || y === 0n) return infinity;
  const zz = (z * z) % p;
  const yy = (y * y) % p;
  const xyy = (x * yy) % p;
  const slope = (3n * (x - zz) * (x + zz)) % p;
  const newX = reduced(slope * slope - 8n * xyy);
  const newY = reduced(slope * (4n * xyy - newX) - 8n * yy * yy);
  return { x: newX, y: newY, z: (2n * y * z) % p };
}

function added(one: Point, other: Point): Point {
  if (one.z === 0n) return other;
  if (other.z === 0n) return one;
  const [zz1, zz2] = [(one.z * one.z) % p, (other.z * other.z) % p];
  const [x1, x2] = [(one.x * zz2) % p, (other.x * zz1) % p];
  const [y1, y2] = [(one.y * zz2 * other.z) % p, (other.y * zz1 * one.z) % p];
  if (x1 === x2) return y1 === y2 ? doubled(one) : infinity;
  const [dx, dy] = [reduced(x2 - x1), reduced(y2 - y1)];
  const dx2 = (dx * dx) % p;
  const dx3 = (dx2 * dx) % p;
  const base = (x1 * dx2) % p;
  const newX = reduced(dy * dy - dx3 - 2n * base);
  const newY = reduced(dy * (base - newX) - y1 * dx3);
  return { x: newX, y: newY, z: (one.z * other.z * dx) % p };
}

function reduced(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

/** By the extended Euclidean algorithm; the modulus is prime and the value not zero. */
function inverseOf(value: bigint, modulus: bigint): bigint {
  let [low, high] = [value % modulus, modulus];
  let [factor, last] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [factor, last] = [last - quotient * factor, factor];
  }
  return factor < 0n ? factor + modulus : factor;
}
