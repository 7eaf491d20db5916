/**
 * The cipher RC2 (RFC 2268), for reading alone: old programs hide the certificates of a key store
 * with 40 bits of it, and OpenSSL no longer offers it.
 */

/** The table PITABLE, 256 octets from the digits of π. */
const pi = Uint8Array.from(
  Buffer.from(
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
      '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
      '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
      '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
      '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
      'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
      '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
      '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
    'hex',
  ),
);

const wordsInBlock = 4;
const octetsInBlock = 8;

/** Deciphers whole blocks chained by CBC; the padding stays. */
export function decipherRc2(
  ciphertext: Uint8Array,
  key: Uint8Array,
  effectiveBits: number,
  start: Uint8Array,
): Uint8Array {
  const expanded = expandedKey(key, effectiveBits);
  const plaintext = new Uint8Array(ciphertext.length);
  let before = start;
  for (let at = 0; at < ciphertext.length; at += octetsInBlock) {
    const block = ciphertext.subarray(at, at + octetsInBlock);
    const plain = decipherBlock(block, expanded);
    for (let index = 0; index < octetsInBlock; index += 1) {
      plaintext[at + index] = octet(plain, index) ^ octet(before, index);
    }
    before = block;
  }
  return plaintext;
}

function expandedKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const octets = new Uint8Array(128);
  octets.set(key);
  for (let index = key.length; index < 128; index += 1) {
    octets[index] = octet(pi, (octet(octets, index - 1) + octet(octets, index - key.length)) & 255);
  }
  const effective = Math.ceil(effectiveBits / 8);
  const mask = 255 >> (8 * effective - effectiveBits);
  octets[128 - effective] = octet(pi, octet(octets, 128 - effective) & mask);
  for (let index = 127 - effective; index >= 0; index -= 1) {
    octets[index] = octet(pi, octet(octets, index + 1) ^ octet(octets, index + effective));
  }
  return wordsOf(octets);
}

function decipherBlock(block: Uint8Array, key: Uint16Array): Uint8Array {
  const words = wordsOf(block);
  let used = 63;
  for (let round = 15; round >= 0; round -= 1) {
    for (let index = wordsInBlock - 1; index >= 0; index -= 1, used -= 1) {
      unmix(words, index, word(key, used));
    }
    // The two rounds of mashing stand after the fifth and the eleventh of mixing.
    if (round === 5 || round === 11) {
      for (let index = wordsInBlock - 1; index >= 0; index -= 1) {
        words[index] = word(words, index) - word(key, word(words, index + 3) & 63);
      }
    }
  }
  return octetsOf(words);
}

const turns = [1, 2, 3, 5];

function unmix(words: Uint16Array, index: number, key: number): void {
  const turn = turns[index] ?? 0;
  const turned = word(words, index);
  const value = (turned >>> turn) | (turned << (16 - turn));
  const [first, second, third] = [
    word(words, index + 3),
    word(words, index + 2),
    word(words, index + 1),
  ];
  words[index] = value - key - (first & second) - (~first & third);
}

function wordsOf(octets: Uint8Array): Uint16Array {
  return Uint16Array.from(
    { length: octets.length / 2 },
    (_, index) => octet(octets, 2 * index) | (octet(octets, 2 * index + 1) << 8),
  );
}

function octetsOf(words: Uint16Array): Uint8Array {
  return Uint8Array.from(
    { length: 2 * words.length },
    (_, index) => word(words, index >> 1) >> (8 * (index & 1)),
  );
}

/** Of a block the index counts round; of the key it never gets beyond the end. */
function word(words: Uint16Array, index: number): number {
  return words[index % words.length] ?? 0;
}

function octet(octets: Uint8Array, index: number): number {
  return octets[index] ?? 0;
}
