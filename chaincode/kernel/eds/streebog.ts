import { ITERATION_CONSTANTS, MATRIX_ROWS, SUBSTITUTION } from './streebog-constants.ts';
import { code, startModule, wasm, type Code, type WasmFunction } from './wasm-module.ts';

/**
 * Streebog, the hash of GOST R 34.11-2012 (RFC 6986), which Kazakhstan's signatures of 2015 use.
 * Written here because no package both loads in plain Node and is fast enough; in WebAssembly
 * because the hash works on words of 64 bits, which the language has as big integers alone.
 *
 * The standard prints vectors with the most significant byte first; bytes here stand in the order
 * in which messages and digests travel, the least significant first. A vector is its address.
 */
type Vector = number;

const BLOCK_BYTES = 64;
const BLOCK_BITS = 512;
const WORDS = 8;
const WORD_BYTES = 8;

/** One table for each of the eight places of a byte in a word, 256 words in each. */
const TABLE_BYTES = 256 * WORD_BYTES;
const TABLES_BYTES = WORDS * TABLE_BYTES;
const ITERATION_KEYS: Vector = TABLES_BYTES;

// The hash is synchronous, so one set of vectors after the tables serves every call.
const [HASH, LENGTH, SUM, BLOCK, ZERO, BLOCK_LENGTH, KEY, STATE] = Array.from(
  { length: 8 },
  (_, i) => ITERATION_KEYS + (ITERATION_CONSTANTS.length + i) * BLOCK_BYTES,
) as [Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector];

const { memory, functions } = startModule([
  { name: 'transform', ...transformation() },
  { name: 'compress', ...compression(0) },
  { name: 'add', ...addition() },
]);
const { compress, add } = functions as {
  compress: (length: Vector) => void;
  add: (to: Vector, by: Vector) => void;
};
const bytes = new Uint8Array(memory.buffer);

writeTables();
ITERATION_CONSTANTS.forEach((constant, i) => {
  bytes.set(Uint8Array.from(constant).reverse(), ITERATION_KEYS + i * BLOCK_BYTES);
});
memory.setUint32(BLOCK_LENGTH, BLOCK_BITS, true);

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
  bytes.fill(initialByte, HASH, HASH + BLOCK_BYTES);
  bytes.fill(0, LENGTH, LENGTH + BLOCK_BYTES);
  bytes.fill(0, SUM, SUM + BLOCK_BYTES);
  let offset = 0;
  for (; offset + BLOCK_BYTES <= message.length; offset += BLOCK_BYTES) {
    bytes.set(message.subarray(offset, offset + BLOCK_BYTES), BLOCK);
    compress(LENGTH);
    add(LENGTH, BLOCK_LENGTH);
    add(SUM, BLOCK);
  }
  const rest = message.subarray(offset);
  bytes.fill(0, BLOCK, BLOCK + BLOCK_BYTES);
  bytes.set(rest, BLOCK);
  bytes[BLOCK + rest.length] = 1;
  compress(LENGTH);
  add(SUM, BLOCK);
  bytes.fill(0, BLOCK, BLOCK + BLOCK_BYTES);
  memory.setUint32(BLOCK, rest.length * 8, true);
  add(LENGTH, BLOCK);
  for (const last of [LENGTH, SUM]) {
    bytes.copyWithin(BLOCK, last, last + BLOCK_BYTES);
    compress(ZERO);
  }
  return bytes.slice(HASH, HASH + BLOCK_BYTES);
}

/**
 * The transformations S and L of the standard in one look-up: for the byte at a place of a word,
 * its share in the word's image.
 */
function writeTables(): void {
  const rows = MATRIX_ROWS.map((row) => BigInt(`0x${row}`));
  for (let place = 0; place < WORDS; place++) {
    SUBSTITUTION.forEach((image, value) => {
      let share = 0n;
      for (let bit = 0; bit < 8; bit++) {
        if (((image >> bit) & 1) === 1) share ^= rows[63 - 8 * place - bit]!;
      }
      memory.setBigUint64(place * TABLE_BYTES + value * WORD_BYTES, share, true);
    });
  }
}

type Body = Omit<WasmFunction, 'name'>;

/** to = L(P(S(left ^ right))): byte `i` of each of the eight words gives the word `i` of the result. */
function transformation(): Body {
  const [to, left, right] = [0, 1, 2];
  const words = Array.from({ length: WORDS }, (_, word) => 3 + word);
  const read = words.map((word, i) => code(xorOf(left, right, i * WORD_BYTES), wasm.set(word)));
  const written = words.map((_, i) => {
    const shares = words.map((word, place) =>
      code(addressOf(word, i), wasm.load(place * TABLE_BYTES), place > 0 ? wasm.exclusiveOr : []),
    );
    return code(wasm.get(to), ...shares, wasm.store(i * WORD_BYTES));
  });
  return { parameters: 3, locals: WORDS, body: code(...read, ...written) };
}

/** Where in a table the share of a word's byte stands. */
function addressOf(word: number, byte: number): Code {
  // A word of the table is eight bytes long, which shifts the byte by three bits.
  const shift = 8 * byte - 3;
  return code(
    code(wasm.get(word), wasm.constant(Math.abs(shift))),
    code(shift < 0 ? wasm.shiftLeft : wasm.shiftRight, wasm.wrap32),
    code(wasm.constant32(255 * WORD_BYTES), wasm.and32),
  );
}

/** The compression function g of the standard over HASH, BLOCK and the length given. */
function compression(transform: number): Body {
  const length = 0;
  const call = (to: Vector, left: Vector, right: Code): Code =>
    code(wasm.constant32(to), wasm.constant32(left), right, wasm.call(transform));
  const rounds = ITERATION_CONSTANTS.map((_, i) =>
    code(
      call(STATE, i === 0 ? BLOCK : STATE, wasm.constant32(KEY)),
      call(KEY, KEY, wasm.constant32(ITERATION_KEYS + i * BLOCK_BYTES)),
    ),
  );
  const result = Array.from({ length: WORDS }, (_, i) => {
    const summands = [HASH, STATE, KEY, BLOCK].map((vector, summand) =>
      code(wasm.constant32(vector), wasm.load(i * WORD_BYTES), summand > 0 ? wasm.exclusiveOr : []),
    );
    return code(wasm.constant32(HASH), ...summands, wasm.store(i * WORD_BYTES));
  });
  const body = code(call(KEY, HASH, wasm.get(length)), ...rounds, ...result);
  return { parameters: 1, locals: 0, body };
}

/** to = to + by modulo 2^512. */
function addition(): Body {
  const [to, by, carry, partial, total] = [0, 1, 2, 3, 4];
  const body = Array.from({ length: WORDS }, (_, i) => {
    const offset = i * WORD_BYTES;
    return code(
      code(wasm.get(to), wasm.load(offset), wasm.get(by), wasm.load(offset), wasm.add),
      code(wasm.tee(partial), wasm.get(carry), wasm.add, wasm.set(total)),
      // At most one of the two additions carries over.
      code(wasm.get(partial), wasm.get(by), wasm.load(offset), wasm.isLessUnsigned),
      code(wasm.get(total), wasm.get(partial), wasm.isLessUnsigned, wasm.or32),
      code(wasm.extendUnsigned32, wasm.set(carry)),
      code(wasm.get(to), wasm.get(total), wasm.store(offset)),
    );
  });
  return { parameters: 2, locals: 3, body: code(...body) };
}

function xorOf(left: number, right: number, offset: number): Code {
  const rightWord = code(wasm.get(right), wasm.load(offset));
  return code(wasm.get(left), wasm.load(offset), rightWord, wasm.exclusiveOr);
}
