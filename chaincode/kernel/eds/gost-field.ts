import { code, startModule, wasm, type Code, type WasmFunction } from './wasm-module.ts';

/**
 * Arithmetic modulo a prime p = 2^bits - c with a small c, in WebAssembly: the language's big
 * integers take three times as long, for each step of theirs makes a new object.
 *
 * An element is a row of limbs of 29 bits with a sign, the least significant first. Its value
 * stands for its rest modulo p and is not reduced fully: every operation leaves each limb within
 * 2^28 + 2^23 either way ("carried"), and takes carried elements only. A column of a product is
 * then a sum of at most 18 products below 2^56.1, which 64 bits hold with room for the carries.
 */
export type Field = {
  readonly p: bigint;
  /** Room for one more element; the value begins as nought. */
  readonly allocate: () => Element;
  /** Writes a number from 0 to p - 1. */
  readonly write: (to: Element, value: bigint) => void;
  /** Reads the number from 0 to p - 1. */
  readonly read: (from: Element) => bigint;
  readonly multiply: (to: Element, left: Element, right: Element) => void;
  readonly square: (to: Element, of: Element) => void;
  /** `m * left + n * right` for whole numbers m and n from -8 to 8. */
  readonly blend: (to: Element, m: number, left: Element, n: number, right: Element) => void;
  readonly isZero: (element: Element) => boolean;
};

/** The address of an element in the module's memory. */
export type Element = number;

const LIMB_BITS = 29;
const LIMB_HALF = 2 ** (LIMB_BITS - 1);
const LIMB_BYTES = 4;

/** The field of integers modulo `2^bits - c`, for the lengths of the two curves: 512 and 256. */
export function fieldOf(bits: number, c: number): Field {
  const p = (1n << BigInt(bits)) - BigInt(c);
  const limbs = Math.ceil(bits / LIMB_BITS);
  // What a carry out of the last limb is worth: 2^(29 * limbs) modulo p.
  const fold = c * 2 ** (LIMB_BITS * limbs - bits);
  const { memory, functions } = startModule([
    { name: 'multiply', ...multiplication(limbs, fold) },
    { name: 'square', ...squaring(limbs, fold) },
    { name: 'blend', ...blending(limbs, fold) },
  ]);
  const { multiply, square, blend } = functions as unknown as Field;
  let end = 0;

  function allocate(): Element {
    const element = end;
    end += limbs * LIMB_BYTES;
    if (end > memory.byteLength) throw new RangeError('The memory of the field is used up');
    return element;
  }

  function write(to: Element, value: bigint): void {
    let rest = value;
    for (let i = 0; i < limbs; i++) {
      memory.setInt32(to + i * LIMB_BYTES, Number(BigInt.asUintN(LIMB_BITS, rest)), true);
      rest >>= BigInt(LIMB_BITS);
    }
    blend(to, 1, to, 0, to);
  }

  function read(from: Element): bigint {
    let value = 0n;
    for (let i = limbs - 1; i >= 0; i--) {
      value = (value << BigInt(LIMB_BITS)) + BigInt(memory.getInt32(from + i * LIMB_BYTES, true));
    }
    const rest = value % p;
    return rest < 0n ? rest + p : rest;
  }

  /**
   * A multiple kp of the prime that fits the limbs has |k| <= 2^(29 * limbs - bits), and its lowest
   * limb is -kc: anything else there spares the full comparison.
   */
  function isZero(element: Element): boolean {
    return Math.abs(memory.getInt32(element, true)) <= fold && read(element) === 0n;
  }

  return { p, allocate, write, read, multiply, square, blend, isZero };
}

type Body = Omit<WasmFunction, 'name'>;

/** to = left * right. */
function multiplication(limbs: number, fold: number): Body {
  const [to, left, right] = [0, 1, 2];
  const locals = new Locals(3);
  const a = locals.row(limbs);
  const b = locals.row(limbs);
  const columns = Array.from({ length: 2 * limbs - 1 }, (_, column) =>
    sum(pairs(column, limbs).map(([i, j]) => product(a[i]!, b[j]!))),
  );
  const body = code(loadRow(left, a), loadRow(right, b), reduction(locals, to, columns, fold));
  return { parameters: 3, locals: locals.count, body };
}

/** to = of * of: each product of two different limbs counts twice. */
function squaring(limbs: number, fold: number): Body {
  const [to, of] = [0, 1];
  const locals = new Locals(2);
  const a = locals.row(limbs);
  const columns = Array.from({ length: 2 * limbs - 1 }, (_, column) => {
    const mixed = pairs(column, limbs).filter(([i, j]) => i < j);
    const own = pairs(column, limbs).filter(([i, j]) => i === j);
    const half = sum(mixed.map(([i, j]) => product(a[i]!, a[j]!)));
    const twice = code(half, wasm.constant(1), wasm.shiftLeft);
    return sum([...(mixed.length > 0 ? [twice] : []), ...own.map(([i]) => product(a[i]!, a[i]!))]);
  });
  const body = code(loadRow(of, a), reduction(locals, to, columns, fold));
  return { parameters: 2, locals: locals.count, body };
}

/** to = m * left + n * right. */
function blending(limbs: number, fold: number): Body {
  const [to, m, left, n, right] = [0, 1, 2, 3, 4];
  const locals = new Locals(5);
  const [wideM, wideN] = locals.row(2) as [number, number];
  const row = locals.row(limbs);
  const carries = locals.row(limbs);
  const widened = code(
    code(wasm.get(m), wasm.extend32, wasm.set(wideM)),
    code(wasm.get(n), wasm.extend32, wasm.set(wideN)),
  );
  const sums = row.map((limb, i) =>
    code(
      code(wasm.get(left), wasm.load32(i * LIMB_BYTES), wasm.get(wideM), wasm.multiply),
      code(wasm.get(right), wasm.load32(i * LIMB_BYTES), wasm.get(wideN), wasm.multiply),
      code(wasm.add, wasm.tee(limb), roundedCarry(), wasm.set(carries[i]!)),
    ),
  );
  // The carries are small here, so that each moves one limb up and none causes another.
  const carried = row.map((limb, i) => {
    const isLowest = i === 0;
    const below = wasm.get(carries[isLowest ? limbs - 1 : i - 1]!);
    const worth = isLowest ? code(wasm.constant(fold), wasm.multiply) : [];
    return code(
      code(wasm.get(to), wasm.get(limb), withoutCarry(carries[i]!)),
      code(below, worth, wasm.add, wasm.store32(i * LIMB_BYTES)),
    );
  });
  return { parameters: 5, locals: locals.count, body: code(widened, ...sums, ...carried) };
}

/**
 * Carries the columns of a product, the upper ones first, folds the upper half into the lower one,
 * carries that, and folds what is left over.
 */
function reduction(locals: Locals, to: number, columns: readonly Code[], fold: number): Code {
  const limbs = (columns.length + 1) / 2;
  const row = locals.row(limbs);
  const upper = locals.row(limbs);
  const [carry] = locals.row(1) as [number];
  const noCarry = code(wasm.constant(0), wasm.set(carry));
  const highColumns = columns
    .slice(limbs)
    .map((column, i) => code(column, wasm.get(carry), wasm.add, carryOut(upper[i]!, carry)));
  // The last carry is a limb by itself; a column of one product leaves it small enough.
  const highest = code(wasm.get(carry), wasm.set(upper[limbs - 1]!));
  const lowColumns = row.map((limb, i) =>
    code(
      code(columns[i]!, wasm.get(carry), wasm.add),
      code(folded(upper[i]!, fold), carryOut(limb, carry)),
    ),
  );
  const [first, second, third] = row as [number, number, number];
  const leftOver = code(
    code(wasm.get(first), folded(carry, fold), carryOut(first, carry)),
    code(wasm.get(second), wasm.get(carry), wasm.add, carryOut(second, carry)),
    code(wasm.get(third), wasm.get(carry), wasm.add, wasm.set(third)),
  );
  return code(
    code(noCarry, ...highColumns, highest),
    code(noCarry, ...lowColumns, leftOver),
    storeRow(to, row),
  );
}

/** Splits the number on the stack into a limb and the carry to the next one. */
function carryOut(limb: number, carry: number): Code {
  return code(
    code(wasm.tee(limb), roundedCarry(), wasm.set(carry)),
    code(wasm.get(limb), withoutCarry(carry), wasm.set(limb)),
  );
}

/** Rounding to the nearest leaves a limb of either sign, half as large as cutting off would. */
function roundedCarry(): Code {
  const half = code(wasm.constant(LIMB_HALF), wasm.add);
  return code(half, wasm.constant(LIMB_BITS), wasm.shiftRightSigned);
}

function withoutCarry(carry: number): Code {
  return code(wasm.get(carry), wasm.constant(LIMB_BITS), wasm.shiftLeft, wasm.subtract);
}

/** Adds to the number on the stack what a limb beyond the last is worth. */
function folded(limb: number, fold: number): Code {
  return code(wasm.get(limb), wasm.constant(fold), wasm.multiply, wasm.add);
}

function loadRow(address: number, row: readonly number[]): Code {
  return code(
    ...row.map((limb, i) => code(wasm.get(address), wasm.load32(i * LIMB_BYTES), wasm.set(limb))),
  );
}

function storeRow(address: number, row: readonly number[]): Code {
  return code(
    ...row.map((limb, i) => code(wasm.get(address), wasm.get(limb), wasm.store32(i * LIMB_BYTES))),
  );
}

function product(left: number, right: number): Code {
  return code(wasm.get(left), wasm.get(right), wasm.multiply);
}

function sum(terms: readonly Code[]): Code {
  return code(...terms.map((term, i) => (i === 0 ? term : code(term, wasm.add))));
}

/** The pairs of limbs whose product falls into a column. */
function pairs(column: number, limbs: number): (readonly [number, number])[] {
  const all = Array.from({ length: limbs }, (_, i) => [i, column - i] as const);
  return all.filter(([, j]) => j >= 0 && j < limbs);
}

/** Numbers the variables of a function. */
class Locals {
  readonly #parameters: number;
  count = 0;

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  row(length: number): number[] {
    const first = this.#parameters + this.count;
    this.count += length;
    return Array.from({ length }, (_, i) => first + i);
  }
}
