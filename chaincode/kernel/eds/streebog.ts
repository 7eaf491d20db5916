import { ITERATION_CONSTANTS, MATRIX_ROWS, SUBSTITUTION } from './streebog-constants.ts';

/**
 * Streebog, the hash of GOST R 34.11-2012 (RFC 6986), which Kazakhstan's signatures of 2015 use.
 * Written here because no package both loads in plain Node and is fast enough.
 *
 * The standard prints vectors with the most significant byte first; bytes here stand in the order
 * in which messages and digests travel, the least significant first. A vector of 512 bits is 16
 * words of 32 bits: big integers would be twenty times slower.
 */

const BLOCK_BYTES = 64;
const BLOCK_WORDS = 16;
const BLOCK_BITS = 512;

type Vector = Int32Array;

/**
 * The transformations S and L of the standard in one look-up: for the byte at place `j` of a
 * 64-bit word with the value `x`, the low half of its share in the word's image stands at
 * `2 * (256 * j + x)` and the high half after it.
 */
const SHARES = computeShares();

const ITERATION_KEYS = ITERATION_CONSTANTS.map((constant) =>
  wordsOf(Uint8Array.from(constant).reverse(), 0),
);

// Scratch of the compression function. The hash is synchronous, so one set serves every call.
const roundKey: Vector = new Int32Array(BLOCK_WORDS);
const state: Vector = new Int32Array(BLOCK_WORDS);
const mixed: Vector = new Int32Array(BLOCK_WORDS);

/** Streebog-512 of a message: 64 bytes. */
export function streebog512(message: Uint8Array): Uint8Array {
  return digest(message, 0x00);
}

/** Streebog-256 of a message: 32 bytes. */
export function streebog256(message: Uint8Array): Uint8Array {
  return digest(message, 0x01).subarray(BLOCK_BYTES / 2);
}

/** Section 8 of RFC 6986; the two lengths differ in the initial vector alone. */
function digest(message: Uint8Array, initialByte: number): Uint8Array {
  const hash = wordsOf(new Uint8Array(BLOCK_BYTES).fill(initialByte), 0);
  const length: Vector = new Int32Array(BLOCK_WORDS);
  const sum: Vector = new Int32Array(BLOCK_WORDS);
  const blockBits: Vector = Int32Array.of(BLOCK_BITS, ...new Int32Array(BLOCK_WORDS - 1));
  let offset = 0;
  for (; offset + BLOCK_BYTES <= message.length; offset += BLOCK_BYTES) {
    const block = wordsOf(message, offset);
    compress(hash, length, block);
    addInto(length, blockBits);
    addInto(sum, block);
  }
  const rest = message.length - offset;
  const padded = new Uint8Array(BLOCK_BYTES);
  padded.set(message.subarray(offset));
  padded[rest] = 1;
  const block = wordsOf(padded, 0);
  compress(hash, length, block);
  addInto(length, Int32Array.of(rest * 8, ...new Int32Array(BLOCK_WORDS - 1)));
  addInto(sum, block);
  const zero: Vector = new Int32Array(BLOCK_WORDS);
  compress(hash, zero, length);
  compress(hash, zero, sum);
  return bytesOf(hash);
}

/** The compression function g of the standard; its result replaces `hash`. */
function compress(hash: Vector, length: Vector, block: Vector): void {
  xorInto(mixed, hash, length);
  transform(roundKey, mixed);
  state.set(block);
  for (const constant of ITERATION_KEYS) {
    xorInto(mixed, state, roundKey);
    transform(state, mixed);
    xorInto(mixed, roundKey, constant);
    transform(roundKey, mixed);
  }
  for (let i = 0; i < BLOCK_WORDS; i++) {
    hash[i] = hash[i]! ^ state[i]! ^ roundKey[i]! ^ block[i]!;
  }
}

/** L(P(S(from))): byte `i` of each of the eight words gives the word `i` of the result. */
function transform(to: Vector, from: Vector): void {
  for (let half = 0; half < 2; half++) {
    const a = from[half]!;
    const b = from[half + 2]!;
    const c = from[half + 4]!;
    const d = from[half + 6]!;
    const e = from[half + 8]!;
    const f = from[half + 10]!;
    const g = from[half + 12]!;
    const h = from[half + 14]!;
    for (let shift = 0; shift < 32; shift += 8) {
      const ia = ((a >>> shift) & 255) << 1;
      const ib = (((b >>> shift) & 255) << 1) | 512;
      const ic = (((c >>> shift) & 255) << 1) | 1024;
      const id = (((d >>> shift) & 255) << 1) | 1536;
      const ie = (((e >>> shift) & 255) << 1) | 2048;
      const i_f = (((f >>> shift) & 255) << 1) | 2560;
      const ig = (((g >>> shift) & 255) << 1) | 3072;
      const ih = (((h >>> shift) & 255) << 1) | 3584;
      const at = half * 8 + (shift >> 2);
      to[at] =
        SHARES[ia]! ^
        SHARES[ib]! ^
        SHARES[ic]! ^
        SHARES[id]! ^
        SHARES[ie]! ^
        SHARES[i_f]! ^
        SHARES[ig]! ^
        SHARES[ih]!;
      to[at + 1] =
        SHARES[ia + 1]! ^
        SHARES[ib + 1]! ^
        SHARES[ic + 1]! ^
        SHARES[id + 1]! ^
        SHARES[ie + 1]! ^
        SHARES[i_f + 1]! ^
        SHARES[ig + 1]! ^
        SHARES[ih + 1]!;
    }
  }
}

function computeShares(): Int32Array {
  const shares = new Int32Array(8 * 256 * 2);
  for (let place = 0; place < 8; place++) {
    for (let value = 0; value < 256; value++) {
      let low = 0;
      let high = 0;
      for (let bit = 0; bit < 8; bit++) {
        if (((SUBSTITUTION[value]! >> bit) & 1) === 0) continue;
        const row = MATRIX_ROWS[63 - 8 * place - bit]!;
        high ^= Number.parseInt(row.slice(0, 8), 16);
        low ^= Number.parseInt(row.slice(8), 16);
      }
      shares[2 * (256 * place + value)] = low;
      shares[2 * (256 * place + value) + 1] = high;
    }
  }
  return shares;
}

/** `to += by` modulo 2^512. */
function addInto(to: Vector, by: Vector): void {
  let carry = 0;
  for (let i = 0; i < BLOCK_WORDS; i++) {
    const total = (to[i]! >>> 0) + (by[i]! >>> 0) + carry;
    to[i] = total | 0;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

function xorInto(to: Vector, left: Vector, right: Vector): void {
  for (let i = 0; i < BLOCK_WORDS; i++) to[i] = left[i]! ^ right[i]!;
}

function wordsOf(bytes: Uint8Array, offset: number): Vector {
  const words = new Int32Array(BLOCK_WORDS);
  for (let i = 0; i < BLOCK_WORDS; i++) {
    const at = offset + 4 * i;
    words[i] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }
  return words;
}

function bytesOf(words: Vector): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, i) => words[i >> 2]! >>> (8 * (i & 3)));
}
