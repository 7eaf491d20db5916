/**
 * Writes DER, as far as certificates need it.
 *
 * A certificate is a dozen of these; a library for it brings decorators and a reflection polyfill
 * into every process that starts.
 */

/** `INTEGER` of a number that is not negative, given as big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  // A first bit that is set would make the number negative.
  const pad = (digits[0] ?? 0) > 0x7f ? [0] : [];
  return tagged(0x02, Buffer.from([...pad, ...digits]));
}

/** `SEQUENCE` of parts. */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** `SET` of one part: the only sets that we write, so that their order needs no thought. */
export function setOf(part: Uint8Array): Buffer {
  return tagged(0x31, part);
}

/** `OBJECT IDENTIFIER` of its dotted text. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** `UTF8String`. */
export function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text));
}

/** `PrintableString`: the type that RFC 5280 keeps for the country. */
export function printable(text: string): Buffer {
  return tagged(0x13, Buffer.from(text));
}

/** `BOOLEAN` true; DER leaves out what is false by default. */
export const yes = Buffer.from([0x01, 0x01, 0xff]);

/** `OCTET STRING`. */
export function octets(bytes: Uint8Array): Buffer {
  return tagged(0x04, bytes);
}

/** `BIT STRING`; `unusedBits` of the last byte do not count. */
export function bits(bytes: Uint8Array, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([unusedBits]), bytes]));
}

/** An instant to the second: `UTCTime` up to 2049, `GeneralizedTime` after, as RFC 5280 asks. */
export function time(instant: Date): Buffer {
  const digits = instant.toISOString().replace(/[-:T]|\.\d+/g, '');
  return instant.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits));
}

/** A context tag, primitive (`implicit`) or around other parts (`explicit`). */
export function implicit(tag: number, bytes: Uint8Array): Buffer {
  return tagged(0x80 + tag, bytes);
}

/** See `implicit`. */
export function explicit(tag: number, part: Uint8Array): Buffer {
  return tagged(0xa0 + tag, part);
}

function tagged(tag: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(bytes.length)]), bytes]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x10000) return [0x82, length >> 8, length & 0xff];
  throw new Error(`too long for a certificate: ${length} bytes`);
}

function base128(value: number): readonly number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
