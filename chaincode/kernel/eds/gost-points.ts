import type { AffinePoint, Curve } from './gost-curves.ts';
import { fieldOf, type Element, type Field } from './gost-field.ts';

/**
 * Multiples of points of a curve. A point is held as X, Y, Z (x = X / Z², y = Y / Z³), which needs
 * no division; formulas are those of the Explicit-Formulas Database, "Jacobian coordinates".
 *
 * The work depends on the numbers given, so it is for what is public: verification. Each result
 * lies in the group's own memory until the next call.
 */
export type Group = {
  readonly field: Field;
  /** `m * G + n * point` for numbers from 0 to q. */
  readonly combine: (m: bigint, n: bigint, point: AffinePoint) => Jacobian;
};

/** X and Y mean nothing at the point at infinity, which Z = 0 marks. */
export type Jacobian = { readonly x: Element; readonly y: Element; readonly z: Element };

/** A summand of many sums: with Z² and Z³, which every one of them needs. */
type Summand = Jacobian & { readonly zz: Element; readonly zzz: Element };

// Widths of the windows: the least work when the key's table is made each time, the generator's
// once.
const KEY_WINDOW_BITS = 5;
const GENERATOR_WINDOW_BITS = 8;

const groups = new Map<Curve, Group>();

/** The group of a curve; its code and tables are made at the first use. */
export function groupOf(curve: Curve): Group {
  const known = groups.get(curve);
  if (known !== undefined) return known;
  const group = makeGroup(curve);
  groups.set(curve, group);
  return group;
}

function makeGroup(curve: Curve): Group {
  const bits = 8 * curve.bytes;
  const field = fieldOf(bits, Number((1n << BigInt(bits)) - curve.p));
  const formulas = formulasOf(field, curve.a);
  const generatorTable = allocateTable(field, GENERATOR_WINDOW_BITS);
  const keyTable = allocateTable(field, KEY_WINDOW_BITS);
  const total = allocatePoint(field);
  const twice = allocateSummand(field);
  fillTable(generatorTable, curve.generator);

  function fillTable(table: readonly Summand[], point: AffinePoint): void {
    writePoint(field, total, point);
    formulas.double(total);
    formulas.prepare(twice, total);
    writePoint(field, total, point);
    for (const multiple of table) {
      formulas.prepare(multiple, total);
      formulas.add(total, 1, twice);
    }
  }

  function addDigit(table: readonly Summand[], digit: number): void {
    if (digit !== 0) formulas.add(total, digit > 0 ? 1 : -1, table[Math.abs(digit) >> 1]!);
  }

  function combine(m: bigint, n: bigint, point: AffinePoint): Jacobian {
    fillTable(keyTable, point);
    const generatorDigits = signedDigits(m, GENERATOR_WINDOW_BITS, bits);
    const keyDigits = signedDigits(n, KEY_WINDOW_BITS, bits);
    field.write(total.z, 0n);
    for (let place = bits; place >= 0; place--) {
      formulas.double(total);
      addDigit(generatorTable, generatorDigits[place]!);
      addDigit(keyTable, keyDigits[place]!);
    }
    return total;
  }
  return { field, combine };
}

/** Doubling and addition in place; any two points of the curve may meet in them. */
function formulasOf(field: Field, a: bigint) {
  const { allocate, multiply, square, blend, isZero } = field;
  const [t0, t1, t2, t3, t4, t5, t6] = [1, 2, 3, 4, 5, 6, 7].map(() => allocate()) as Scratch;
  const aElement = allocate();
  field.write(aElement, a);
  const isMinusThree = a === field.p - 3n;
  const zero = allocate();

  /** point = 2 * point ("dbl-2001-b" where a = -3). */
  function double({ x, y, z }: Jacobian): void {
    const [delta, gamma, beta, alpha] = [t0, t1, t2, t3];
    square(delta, z);
    square(gamma, y);
    multiply(beta, x, gamma);
    if (isMinusThree) {
      blend(t4, 3, x, -3, delta);
      blend(t5, 1, x, 1, delta);
      multiply(alpha, t4, t5);
    } else {
      square(t4, x);
      square(t5, delta);
      multiply(t5, t5, aElement);
      blend(alpha, 3, t4, 1, t5);
    }
    multiply(z, y, z);
    blend(z, 2, z, 0, zero);
    square(x, alpha);
    blend(x, 1, x, -8, beta);
    blend(t4, 4, beta, -1, x);
    multiply(t4, t4, alpha);
    square(gamma, gamma);
    blend(y, 1, t4, -8, gamma);
  }

  /** left = left + sign * right. */
  function add(left: Jacobian, sign: 1 | -1, right: Summand): void {
    if (isZero(right.z)) return;
    if (isZero(left.z)) {
      copy(left.x, 1, right.x);
      copy(left.y, sign, right.y);
      copy(left.z, 1, right.z);
      return;
    }
    const [u1, s1, h, r, hh, hhh, t] = [t0, t1, t2, t3, t4, t5, t6];
    square(t, left.z);
    multiply(h, right.x, t);
    multiply(t, t, left.z);
    multiply(r, right.y, t);
    multiply(u1, left.x, right.zz);
    multiply(s1, left.y, right.zzz);
    blend(h, 1, h, -1, u1);
    blend(r, sign, r, -1, s1);
    // Equal abscissas: the same point twice, or a point and its negative, which sum to infinity.
    if (isZero(h) && isZero(r)) return double(left);
    square(hh, h);
    multiply(hhh, h, hh);
    multiply(u1, u1, hh);
    multiply(t, left.z, right.z);
    multiply(left.z, t, h);
    square(left.x, r);
    blend(left.x, 1, left.x, -1, hhh);
    blend(left.x, 1, left.x, -2, u1);
    blend(u1, 1, u1, -1, left.x);
    multiply(u1, u1, r);
    multiply(s1, s1, hhh);
    blend(left.y, 1, u1, -1, s1);
  }

  function copy(to: Element, sign: 1 | -1, from: Element): void {
    blend(to, sign, from, 0, zero);
  }

  function prepare(to: Summand, from: Jacobian): void {
    copy(to.x, 1, from.x);
    copy(to.y, 1, from.y);
    copy(to.z, 1, from.z);
    square(to.zz, from.z);
    multiply(to.zzz, to.zz, from.z);
  }
  return { double, add, prepare };
}

type Scratch = [Element, Element, Element, Element, Element, Element, Element];

function allocatePoint({ allocate }: Field): Jacobian {
  return { x: allocate(), y: allocate(), z: allocate() };
}

/** Room for the odd multiples of a point: once, three times, up to 2^(window - 1) - 1 times. */
function allocateTable(field: Field, windowBits: number): Summand[] {
  return Array.from({ length: 2 ** (windowBits - 2) }, () => allocateSummand(field));
}

function allocateSummand(field: Field): Summand {
  return { ...allocatePoint(field), zz: field.allocate(), zzz: field.allocate() };
}

function writePoint(field: Field, to: Jacobian, { x, y }: AffinePoint): void {
  field.write(to.x, x);
  field.write(to.y, y);
  field.write(to.z, 1n);
}

/**
 * Writes a number as a sum of odd digits of either sign, each below 2^(window - 1) and followed by
 * at least `window - 1` noughts: the digit at an index counts 2^index times (w-NAF).
 */
function signedDigits(value: bigint, windowBits: number, bits: number): Int8Array {
  const digits = new Int8Array(bits + 1);
  const binary = value.toString(2).padStart(bits + windowBits, '0');
  const bitAt = (place: number): number => binary.charCodeAt(binary.length - 1 - place) & 1;
  let carry = 0;
  for (let place = 0; place <= bits;) {
    if (bitAt(place) === carry) {
      place++;
      continue;
    }
    let digit = carry;
    for (let i = 0; i < windowBits; i++) digit += bitAt(place + i) << i;
    carry = digit >> (windowBits - 1);
    digits[place] = digit - (carry << windowBits);
    place += windowBits;
  }
  return digits;
}
