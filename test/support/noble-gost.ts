import { createHash } from 'node:crypto';
import { weierstrass, type WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import type { Curve } from '../../chaincode/kernel/eds/gost-curves.ts';
import type { GostSignature } from '../../chaincode/kernel/eds/gost3410.ts';

/**
 * GOST 34.10 over the points of @noble/curves used plainly: the formula of the standard and nothing
 * more. Tests hold our verification against it, and the bench measures by it.
 */
export type Noble = {
  readonly points: WeierstrassPointCons<bigint>;
  readonly verify: (signature: Omit<GostSignature, 'curve'>) => boolean;
};

/** The oracle of a curve. */
export function nobleOf(curve: Curve): Noble {
  const { p, a, b, q, cofactor, generator } = curve;
  const points = weierstrass({ p, a, b, n: q, h: cofactor, Gx: generator.x, Gy: generator.y });
  function verify({ publicKey, digest, signature }: Omit<GostSignature, 'curve'>): boolean {
    const [x, y] = halvesOf(publicKey).map(numberOf) as [bigint, bigint];
    const [r, s] = halvesOf(signature).map(numberOf) as [bigint, bigint];
    if (r <= 0n || r >= q || s <= 0n || s >= q) return false;
    const inverse = points.Fn.inv(numberOf(digest) % q || 1n);
    const z1 = points.Fn.mul(s, inverse);
    const z2 = points.Fn.neg(points.Fn.mul(r, inverse));
    const key = points.fromAffine({ x, y });
    key.assertValidity();
    const sum = points.BASE.multiplyUnsafe(z1).add(key.multiplyUnsafe(z2));
    return !sum.is0() && sum.toAffine().x % q === r;
  }
  return { points, verify };
}

/** The two equal parts of a public key or of a signature. */
export function halvesOf(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  return [bytes.slice(0, bytes.length / 2), bytes.slice(bytes.length / 2)];
}

/** The number that little-endian bytes write. */
export function numberOf(littleEndian: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(littleEndian).reverse().toString('hex')}`);
}

/** A stream of bytes that a name decides: it serves for the randomness of a signature. */
export function bytesFrom(name: string): (count: number) => Uint8Array {
  let counter = 0;
  return (count) => {
    const bytes = createHash('sha512').update(`${name} ${counter++}`).digest();
    return Uint8Array.from(bytes.subarray(0, count));
  };
}
