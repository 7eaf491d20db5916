import { expect } from 'chai';
import fc from 'fast-check';
import {
  GOST_256_A,
  GOST_512_A,
  type AffinePoint,
  type Curve,
} from '../../../../chaincode/kernel/eds/gost-curves.ts';
import { verifyGost } from '../../../../chaincode/kernel/eds/gost3410.ts';
import { streebog512 } from '../../../../chaincode/kernel/eds/streebog.ts';
import {
  gostKeyOf,
  gostKeyOfPrivate,
  signGost,
} from '../../../../gateway/stands/eds/gost-signing.ts';
import { needRealSignatures, realFile } from '../../../support/eds-fixtures.ts';
import { bytesFrom, halvesOf, nobleOf, numberOf, type Noble } from '../../../support/noble-gost.ts';

const CURVES = [
  { name: 'GOST 34.10-2015, 512 bits', curve: GOST_512_A },
  { name: 'GOST 34.10-2015, 256 bits', curve: GOST_256_A },
];

for (const { name, curve } of CURVES) {
  describe(name, () => {
    const oracle = nobleOf(curve);
    const key = gostKeyOf(curve, Buffer.from('a key'));
    const digest = bytesFrom('a digest')(curve.bytes);
    const signature = signGost(key, digest, bytesFrom('a nonce'));
    const { publicKey } = key;

    it('has a generator of the stated order', () => {
      oracle.points.BASE.assertValidity();
      expect(
        oracle.points.BASE.multiplyUnsafe(curve.q - 1n)
          .negate()
          .equals(oracle.points.BASE),
      ).to.equal(true);
    });

    it('accepts a signature, and refuses it with any bit of any part altered', () => {
      expect(verifyGost({ curve, publicKey, digest, signature })).to.equal(true);
      for (let bit = 0; bit < 16 * curve.bytes; bit += 61) {
        expect(verifyGost({ curve, publicKey, digest, signature: flip(signature, bit) })).to.equal(
          false,
        );
        expect(verifyGost({ curve, publicKey: flip(publicKey, bit), digest, signature })).to.equal(
          false,
        );
      }
      for (let bit = 0; bit < 8 * curve.bytes; bit += 61) {
        expect(verifyGost({ curve, publicKey, digest: flip(digest, bit), signature })).to.equal(
          false,
        );
      }
    });

    it('refuses the other byte orders and the exchanged halves', () => {
      const [r, s] = halvesOf(signature);
      const reversed = Uint8Array.of(...r.toReversed(), ...s.toReversed());
      for (const other of [Uint8Array.of(...s, ...r), reversed, signature.toReversed()]) {
        expect(verifyGost({ curve, publicKey, digest, signature: other })).to.equal(false);
      }
      const turned = { publicKey: publicKey.toReversed(), digest: digest.toReversed() };
      expect(verifyGost({ curve, publicKey: turned.publicKey, digest, signature })).to.equal(false);
      expect(verifyGost({ curve, publicKey, digest: turned.digest, signature })).to.equal(false);
    });

    it('refuses r and s outside their range', () => {
      const [r, s] = halvesOf(signature).map(numberOf) as [bigint, bigint];
      const { q } = curve;
      const limit = 2n ** BigInt(8 * curve.bytes);
      const pairs: [bigint, bigint][] = [
        [0n, s],
        [r, 0n],
        [0n, 0n],
        [q, s],
        [r, q],
        [r + q, s],
        [r, s + q],
        [r, q - s],
        [q - r, s],
        [limit - 1n, limit - 1n],
      ];
      for (const [other1, other2] of pairs) {
        if (other1 >= limit || other2 >= limit) continue;
        const other = pair(curve, other1, other2);
        expect(verifyGost({ curve, publicKey, digest, signature: other })).to.equal(false);
      }
    });

    it('refuses parts of another length', () => {
      for (const change of [(part: Uint8Array) => part.subarray(1), longer]) {
        expect(verifyGost({ curve, publicKey: change(publicKey), digest, signature })).to.equal(
          false,
        );
        expect(verifyGost({ curve, publicKey, digest: change(digest), signature })).to.equal(false);
        expect(verifyGost({ curve, publicKey, digest, signature: change(signature) })).to.equal(
          false,
        );
      }
      const empty = new Uint8Array(0);
      expect(verifyGost({ curve, publicKey: empty, digest: empty, signature: empty })).to.equal(
        false,
      );
    });

    it('refuses a key that is no point of the group', () => {
      const [x, y] = halvesOf(publicKey).map(numberOf) as [bigint, bigint];
      const { p } = curve;
      const keys: [bigint, bigint][] = [
        [0n, 0n],
        [x, y + 1n],
        [y, x],
        [p, y],
        [x, p],
        [p - 1n, p - 1n],
      ];
      for (const [otherX, otherY] of keys) {
        const other = pair(curve, otherX, otherY);
        expect(verifyGost({ curve, publicKey: other, digest, signature })).to.equal(false);
      }
    });

    it('refuses coordinates that are not reduced, though they name the same point', () => {
      const small = smallPoint(curve, oracle.points);
      for (const [x, y] of [
        [small.x + curve.p, small.y],
        [small.x, small.y + curve.p],
      ] as const) {
        if (x >= 2n ** BigInt(8 * curve.bytes) || y >= 2n ** BigInt(8 * curve.bytes)) continue;
        expect(verifyGost({ curve, publicKey: pair(curve, x, y), digest, signature })).to.equal(
          false,
        );
      }
    });

    it('takes the digest nought, and one that the order divides, for the digest one', () => {
      for (const value of [0n, curve.q]) {
        const same = bytesOf(curve, value);
        const made = signGost(key, bytesOf(curve, 1n), bytesFrom('another nonce'));
        expect(verifyGost({ curve, publicKey, digest: same, signature: made })).to.equal(true);
      }
    });

    it('verifies under the keys whose multiples meet those of the generator', () => {
      const { q } = curve;
      for (const d of [1n, 2n, 3n, 4n, 5n, q - 1n, q - 2n, q - 3n, (q + 1n) / 2n]) {
        const close = gostKeyOfPrivate(curve, bytesOf(curve, d));
        const made = signGost(close, digest, bytesFrom(`nonce ${d}`));
        const parts = { curve, publicKey: close.publicKey, digest };
        expect(verifyGost({ ...parts, signature: made })).to.equal(true);
        expect(verifyGost({ ...parts, signature: flip(made, 3) })).to.equal(false);
      }
    });

    it('refuses a signature whose point is the one at infinity', () => {
      // With the key dG and s = r * d the sum z1 * G + z2 * Q is nought whatever the digest.
      const r = 12345n;
      const s = (r * numberOf(key.privateKey)) % curve.q;
      expect(verifyGost({ curve, publicKey, digest, signature: pair(curve, r, s) })).to.equal(
        false,
      );
    });

    it('says what another implementation says, of true signatures and of altered ones', () => {
      const property = fc.property(
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.uint8Array({ minLength: curve.bytes, maxLength: curve.bytes }),
        fc.option(fc.nat(16 * curve.bytes - 1)),
        (seed, message, bit) => {
          const made = gostKeyOf(curve, seed);
          const true_ = signGost(made, message, bytesFrom(`nonce ${seed.join()}`));
          const given = bit === null ? true_ : flip(true_, bit);
          const parts = { publicKey: made.publicKey, digest: message, signature: given };
          expect(oracle.verify(parts)).to.equal(bit === null);
          expect(verifyGost({ curve, ...parts })).to.equal(bit === null);
        },
      );
      fc.assert(property, { numRuns: 30 });
    });
  });
}

describe('GOST 34.10-2015, 256 bits, whose curve has points outside the group', () => {
  const curve = GOST_256_A;
  const digest = bytesFrom('a digest')(32);
  const key = gostKeyOf(curve, Buffer.from('a key'));
  const signature = signGost(key, digest, bytesFrom('a nonce'));
  const low = lowOrderPoints(curve, nobleOf(curve).points);

  it('refuses keys of order 2 and 4', () => {
    expect(low.map(({ order }) => order)).to.include.members([2, 4]);
    for (const { point } of low) {
      const publicKey = pair(curve, point.x, point.y);
      expect(verifyGost({ curve, publicKey, digest, signature })).to.equal(false);
    }
  });

  it('refuses a true key shifted by a point of low order, whatever the signature', () => {
    const [x, y] = halvesOf(key.publicKey).map(numberOf) as [bigint, bigint];
    for (const { point } of low) {
      const shifted = sum(curve, { x, y }, point);
      const publicKey = pair(curve, shifted.x, shifted.y);
      for (let attempt = 0; attempt < 16; attempt++) {
        const made = signGost(key, digest, bytesFrom(`nonce ${attempt}`));
        expect(verifyGost({ curve, publicKey, digest, signature: made })).to.equal(false);
      }
    }
  });
});

describe('GOST 34.10-2015 against published test certificates', () => {
  before(function () {
    needRealSignatures(this);
  });

  it('verifies the root by itself, the issuer by the root, a person by the issuer', () => {
    const root = certificate(realFile('root_test_gost_2022.cer'));
    const issuer = certificate(realFile('nca_gost2022_test.cer'));
    const text = Buffer.from(realFile('individual_signer.cer')).toString('latin1');
    const person = certificate(Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'));
    const cases: [Certificate, Certificate, boolean][] = [
      [root, root, true],
      [issuer, root, true],
      [person, issuer, true],
      [issuer, issuer, false],
      [person, root, false],
    ];
    for (const [{ digest, signature }, { publicKey }, expected] of cases) {
      const verdict = verifyGost({ curve: GOST_512_A, publicKey, digest, signature });
      expect(verdict).to.equal(expected);
    }
  });
});

type Certificate = { publicKey: Uint8Array; digest: Uint8Array; signature: Uint8Array };

/** Slices a certificate by hand, so that the test owes nothing to our own reader of DER. */
function certificate(bytes: Uint8Array): Certificate {
  const der = Buffer.from(bytes);
  const signedEnd = 4 + 4 + der.readUInt16BE(6);
  const header = Buffer.from('03818400048180', 'hex');
  const keyAt = der.indexOf(header) + header.length;
  return {
    publicKey: der.subarray(keyAt, keyAt + 128),
    digest: streebog512(der.subarray(4, signedEnd)),
    signature: der.subarray(der.length - 128),
  };
}

/** The point with the least x coordinate: the reduced x leaves room for adding p. */
function smallPoint(curve: Curve, points: Noble['points']): AffinePoint {
  for (let x = 0n; ; x++) {
    const y = root(points, x * x * x + curve.a * x + curve.b);
    if (y !== undefined) return { x, y };
  }
}

function root({ Fp }: Noble['points'], square: bigint): bigint | undefined {
  try {
    return Fp.sqrt(Fp.create(square));
  } catch {
    // The library tells by an exception that there is no root.
    return undefined;
  }
}

type LowOrderPoint = { order: number; point: AffinePoint };

/** Points of order 2 and 4: multiples by q of points that lie on the curve anywhere. */
function lowOrderPoints(curve: Curve, points: Noble['points']): LowOrderPoint[] {
  for (let x = 1n; ; x++) {
    const y = root(points, x * x * x + curve.a * x + curve.b);
    if (y === undefined) continue;
    const before = points
      .fromAffine({ x, y })
      .multiplyUnsafe(curve.q - 1n)
      .toAffine();
    if (before.x === x) continue;
    const point = sum(curve, before, { x, y });
    if (point.y === 0n) continue;
    return [
      { order: 4, point },
      { order: 2, point: sum(curve, point, point) },
    ];
  }
}

/** The sum of two points by chord or tangent; @noble/curves knows no point of order 2. */
function sum({ p, a }: Curve, left: AffinePoint, right: AffinePoint): AffinePoint {
  const same = left.x === right.x;
  const rise = same ? 3n * left.x * left.x + a : right.y - left.y;
  const run = same ? 2n * left.y : right.x - left.x;
  const slope = rise * power(run, p - 2n, p);
  const x = modulo(slope * slope - left.x - right.x, p);
  return { x, y: modulo(slope * (left.x - x) - left.y, p) };
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = modulo(result * result * (bit === '1' ? base : 1n), modulus);
  }
  return result;
}

function modulo(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7)));
}

function longer(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(...bytes, 0);
}

function bytesOf(curve: Curve, value: bigint): Uint8Array {
  const digits = value.toString(16).padStart(2 * curve.bytes, '0');
  return Uint8Array.from(Buffer.from(digits, 'hex').reverse());
}

function pair(curve: Curve, left: bigint, right: bigint): Uint8Array {
  return Uint8Array.of(...bytesOf(curve, left), ...bytesOf(curve, right));
}
