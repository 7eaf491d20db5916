/**
 * The digest GOST 34.311-95 (GOST R 34.11-94, RFC 5831) with the test parameters that Kazakhstan's
 * old certificates name, for archives alone: it has been withdrawn.
 *
 * Four steps of the block cipher GOST 28147-89 mix each 32 octets in; numbers are little-endian.
 */

/** The substitutions of id-GostR3411-94-TestParamSet (RFC 4357, 11.2), the lowest nibble's first. */
const substitutions = [
  '4a92d80e6b1c7f53',
  'eb4c6dfa23810759',
  '581da342efc7609b',
  '7da1089fe46cb253',
  '6c715fd84a9e03b2',
  '4ba0721d36859cfe',
  'db413f590ae7682c',
  '1fd057a4923e6b8c',
];

/** Substitution and turn by 11 bits of each octet of a word: one look-up instead of two nibbles. */
const tables = [0, 1, 2, 3].map((place) =>
  Uint32Array.from({ length: 256 }, (_, octet) => {
    const low = nibble(substitutions[2 * place], octet & 15);
    const high = nibble(substitutions[2 * place + 1], octet >> 4);
    const word = ((high << 4) | low) << (8 * place);
    return (word << 11) | (word >>> 21);
  }),
) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

function nibble(row: string | undefined, index: number): number {
  return Number.parseInt(row?.[index] ?? '0', 16);
}

/** A block of eight words, the lowest first. */
type Words = Uint32Array;

const wordsInBlock = 8;
const partsInBlock = 16;
const octetsInBlock = 32;

/** The constants C2, C3 and C4 of the derivation of keys, as words; C2 and C4 are nought. */
const thirdConstant = [
  0xff00ff00, 0xff00ff00, 0x00ff00ff, 0x00ff00ff, 0x00ffff00, 0xff0000ff, 0x000000ff, 0xff00ffff,
];

/** 32 octets of digest. */
export function gost34311(data: Uint8Array): Uint8Array {
  let state: Words = new Uint32Array(wordsInBlock);
  const sum = new Uint32Array(wordsInBlock);
  for (let start = 0; start < data.length; start += octetsInBlock) {
    const block = wordsOf(data.subarray(start, start + octetsInBlock));
    state = step(state, block);
    add(sum, block);
  }
  state = step(state, lengthBlock(data.length));
  return octetsOf(step(state, sum));
}

/** The last block is filled up with noughts. */
function wordsOf(octets: Uint8Array): Words {
  const words = new Uint32Array(wordsInBlock);
  for (const [index, octet] of octets.entries()) {
    words[index >> 2] = at(words, index >> 2) | (octet << (8 * (index & 3)));
  }
  return words;
}

function octetsOf(words: Words): Uint8Array {
  return Uint8Array.from(
    { length: octetsInBlock },
    (_, index) => at(words, index >> 2) >>> (8 * (index & 3)),
  );
}

/** The number of bits; what we digest stays far below 2^53 of them. */
function lengthBlock(octets: number): Words {
  const bits = octets * 8;
  const words = new Uint32Array(wordsInBlock);
  words[0] = bits % 2 ** 32;
  words[1] = Math.floor(bits / 2 ** 32);
  return words;
}

/** Adds a block to the control sum, modulo 2^256. */
function add(sum: Words, block: Words): void {
  let carry = 0;
  for (let index = 0; index < wordsInBlock; index += 1) {
    const word = at(sum, index) + at(block, index) + carry;
    sum[index] = word;
    carry = word >= 2 ** 32 ? 1 : 0;
  }
}

/** The step function: keys from state and block, the state enciphered, everything mixed. */
function step(state: Words, block: Words): Words {
  const mixed = enciphered(state, block);
  shuffle(mixed, 12);
  xor(mixed, block);
  shuffle(mixed, 1);
  xor(mixed, state);
  shuffle(mixed, 61);
  return mixed;
}

function enciphered(state: Words, block: Words): Words {
  let u: Words = state.slice();
  let v: Words = block.slice();
  const result = new Uint32Array(wordsInBlock);
  for (let part = 0; part < 4; part += 1) {
    if (part > 0) {
      u = turned(u);
      if (part === 2) xor(u, thirdConstant);
      v = turned(turned(v));
    }
    encipher(result, state, 2 * part, keyOf(u, v));
  }
  return result;
}

/** The transformation A: the sum of the two lowest of four 64-bit parts comes to the top. */
function turned(y: Words): Words {
  const low = at(y, 0) ^ at(y, 2);
  const high = at(y, 1) ^ at(y, 3);
  return Uint32Array.of(...y.subarray(2), low, high);
}

/** The transformation P of the sum of both: octets are dealt out as cards are. */
function keyOf(u: Words, v: Words): Words {
  const key = new Uint32Array(wordsInBlock);
  for (let index = 0; index < octetsInBlock; index += 1) {
    const from = 8 * (index & 3) + (index >> 2);
    const octet = ((at(u, from >> 2) ^ at(v, from >> 2)) >>> (8 * (from & 3))) & 255;
    key[index >> 2] = at(key, index >> 2) | (octet << (8 * (index & 3)));
  }
  return key;
}

/** One 64-bit part through the 32 rounds of the cipher. */
function encipher(to: Words, from: Words, place: number, key: Words): void {
  let low = at(from, place);
  let high = at(from, place + 1);
  for (let round = 0; round < 32; round += 1) {
    const word = at(key, round < 24 ? round & 7 : 7 - (round & 7));
    [low, high] = [high ^ substituted((low + word) >>> 0), low];
  }
  to[place] = high;
  to[place + 1] = low;
}

function substituted(word: number): number {
  const [first, second, third, fourth] = tables;
  return (
    at(first, word & 255) ^
    at(second, (word >>> 8) & 255) ^
    at(third, (word >>> 16) & 255) ^
    at(fourth, word >>> 24)
  );
}

/** The shift register ψ over sixteen 16-bit parts, a number of times. */
function shuffle(words: Words, times: number): void {
  const parts = new Uint16Array(partsInBlock + times);
  for (let index = 0; index < partsInBlock; index += 1) {
    parts[index] = at(words, index >> 1) >>> (16 * (index & 1));
  }
  for (let time = 0; time < times; time += 1) {
    const low = at(parts, time) ^ at(parts, time + 1) ^ at(parts, time + 2);
    const high = at(parts, time + 3) ^ at(parts, time + 12) ^ at(parts, time + 15);
    parts[time + partsInBlock] = low ^ high;
  }
  for (let index = 0; index < wordsInBlock; index += 1) {
    words[index] = at(parts, times + 2 * index) | (at(parts, times + 2 * index + 1) << 16);
  }
}

function xor(words: Words, other: Uint32Array | readonly number[]): void {
  for (let index = 0; index < wordsInBlock; index += 1) {
    words[index] = at(words, index) ^ (other[index] ?? 0);
  }
}

function at(words: Words | Uint16Array, index: number): number {
  return words[index] ?? 0;
}
