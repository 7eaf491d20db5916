/**
 * The curves that Kazakhstan's object identifiers stand for. The first is in use; for the second
 * nothing but its identifier has been seen; the third is that of withdrawn keys in archives.
 */

/** A curve y² = x³ + ax + b over the integers modulo p, and a point of prime order on it. */
export type Curve = {
  readonly bytes: number;
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** The order of the generator. */
  readonly q: bigint;
  /** The number of the curve's points is `cofactor * q`. */
  readonly cofactor: bigint;
  readonly generator: AffinePoint;
};

/** A point of a curve other than the one at infinity. */
export type AffinePoint = { readonly x: bigint; readonly y: bigint };

const P512 = 2n ** 512n - 569n;

/** id-tc26-gost-3410-12-512-paramSetA (RFC 7836, A.1), in Kazakhstan 1.2.398.3.10.1.1.2.2.1. */
export const GOST_512_A: Curve = {
  bytes: 64,
  p: P512,
  a: P512 - 3n,
  b: hex(`
    e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265
    ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760`),
  q: hex(`
    ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
    27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275`),
  cofactor: 1n,
  generator: {
    x: 3n,
    y: hex(`
      7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921
      df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4`),
  },
};

/** id-tc26-gost-3410-2012-256-paramSetA (RFC 7836, A.2), in Kazakhstan 1.2.398.3.10.1.1.2.1.1. */
export const GOST_256_A: Curve = {
  bytes: 32,
  p: 2n ** 256n - 617n,
  a: hex('c2173f1513981673af4892c23035a27ce25e2013bf95aa33b22c656f277e7335'),
  b: hex('295f9bae7428ed9ccc20e7c359a9d41a22fccd9108e17bf7ba9337a6f8ae9513'),
  q: hex('400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67'),
  cofactor: 4n,
  generator: {
    x: hex('91e38443a5e82c0d880923425712b2bb658b9196932e02c78b2582fe742daa28'),
    y: hex('32879423ab1a0375895786c4bb46e9565fde0b5344766740af268adb32322e5c'),
  },
};

/**
 * The curve of GOST 34.310-2004, in Kazakhstan 1.2.398.3.10.1.1.1.1.1: that of
 * id-GostR3410-2001-CryptoPro-A-ParamSet (RFC 4357, 11.4).
 */
export const GOST_2004: Curve = {
  bytes: 32,
  p: 2n ** 256n - 617n,
  a: 2n ** 256n - 620n,
  b: 166n,
  q: hex('ffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893'),
  cofactor: 1n,
  generator: {
    x: 1n,
    y: hex('8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14'),
  },
};

function hex(digits: string): bigint {
  return BigInt(`0x${digits.replaceAll(/\s/g, '')}`);
}
