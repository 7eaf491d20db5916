/**
 * Bytes as text and back, by hand: the kernel relies on no decoder whose build may differ between
 * organisations (`TextDecoder` refuses `fatal` in a Node built without ICU).
 */

const hexDigits = '0123456789abcdef';
const hexOfOctet = Array.from({ length: 256 }, (_, octet) =>
  [hexDigits[octet >> 4], hexDigits[octet & 15]].join(''),
);

/** Lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += hexOfOctet[octet];
  return text;
}

/** Bytes of an even number of hexadecimal digits; undefined for any other text. */
export function bytesOfHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

/** Whether two byte strings are the same. Nothing secret is compared here. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((octet, index) => octet === right[index]);
}

/** One byte string of several. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64Values = new Map(base64Alphabet.split('').map((digit, value) => [digit, value]));

/** Bytes of base64 with its padding and without blanks; undefined for any other text. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let index = 0; index < text.length - padding; index += 1) {
    const value = base64Values.get(text.charAt(index));
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at] = (bits >> count) & 0xff;
      at += 1;
    }
  }
  // Bits left over must be zero: otherwise two texts would stand for the same bytes.
  return (bits & ((1 << count) - 1)) === 0 ? bytes : undefined;
}

/** Base64 with padding. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += base64Alphabet.charAt(bits >> 18) + base64Alphabet.charAt((bits >> 12) & 63);
    text += left > 1 ? base64Alphabet.charAt((bits >> 6) & 63) : '=';
    text += left > 2 ? base64Alphabet.charAt(bits & 63) : '=';
  }
  return text;
}

/** The first code point that needs this many continuation octets: anything smaller is overlong. */
const leastCodePoint = [0, 0x80, 0x800, 0x10000];

/** Text of strict UTF-8; undefined for overlong forms, surrogates and broken sequences. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    at += 1;
    const extra = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (extra < 0 || lead > 0xf4 || at + extra > bytes.length) return undefined;
    let point = extra === 0 ? lead : lead & (0x3f >> extra);
    for (let index = 0; index < extra; index += 1, at += 1) {
      const octet = bytes[at] ?? 0;
      if ((octet & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (octet & 0x3f);
    }
    const overlong = point < (leastCodePoint[extra] ?? 0);
    if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}

/** UTF-8 of well-formed text. */
export function utf8Of(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A non-negative integer of big-endian octets. */
export function integerOfBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hexOf(bytes)}`);
}
