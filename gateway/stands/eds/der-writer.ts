import { utf8Of } from '../../../chaincode/kernel/bytes.ts';
import { contextTag, tags } from '../../../chaincode/kernel/eds/der.ts';
import { joined } from '../../../chaincode/kernel/eds/bytes.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';

/** Writes DER for the test authority and signer: the inverse of the verifier's reader. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(...parts);
  return joined(Uint8Array.of(tag), lengthOctets(body.length), body);
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tags.sequence, ...parts);
}

/** A SET OF in the order that DER asks for: by the bytes of its elements. */
export function setOf(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tags.set, ...parts.toSorted((a, b) => Buffer.compare(a, b)));
}

/** `[number] EXPLICIT` around what is given, or `[number] IMPLICIT` of a constructed value. */
export function context(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return der(contextTag(number), ...parts);
}

/** `[number] IMPLICIT` of a primitive value. */
export function contextPrimitive(number: number, body: Uint8Array): Uint8Array {
  return der(contextTag(number, false), body);
}

export function oid(text: string): Uint8Array {
  const [first = 0n, second = 0n, ...rest] = text.split('.').map(BigInt);
  return der(tags.oid, ...[first * 40n + second, ...rest].map(arcOctets));
}

function arcOctets(arc: bigint): Uint8Array {
  const octets = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) octets.unshift(Number(left & 0x7fn) | 0x80);
  return Uint8Array.from(octets);
}

/** A non-negative INTEGER of big-endian octets. */
export function integerOfOctets(octets: Uint8Array): Uint8Array {
  const from = octets.findIndex((octet) => octet !== 0);
  const body = from < 0 ? Uint8Array.of(0) : octets.subarray(from);
  return (body[0] ?? 0) >= 0x80
    ? der(tags.integer, Uint8Array.of(0), body)
    : der(tags.integer, body);
}

export function integer(value: number | bigint): Uint8Array {
  const hex = value.toString(16);
  return integerOfOctets(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

export function enumerated(value: number): Uint8Array {
  return der(tags.enumerated, Uint8Array.of(value));
}

export function boolean(value: boolean): Uint8Array {
  return der(tags.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function octetString(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tags.octetString, ...parts);
}

/** A BIT STRING without unused bits. */
export function bitString(...parts: readonly Uint8Array[]): Uint8Array {
  return der(tags.bitString, Uint8Array.of(0), ...parts);
}

/** A BIT STRING of named bits, trailing zeros cut off as DER asks. */
export function namedBits(bits: readonly number[]): Uint8Array {
  const last = Math.max(...bits);
  const octets = new Uint8Array((last >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return der(tags.bitString, Uint8Array.of(7 - (last & 7)), octets);
}

export const nothing = der(tags.null);

export function utf8(text: string): Uint8Array {
  return der(tags.utf8, utf8Of(text));
}

export function printable(text: string): Uint8Array {
  return der(tags.printable, utf8Of(text));
}

/** UTCTime until 2049, GeneralizedTime after it, as RFC 5280 asks of certificates. */
export function time(instant: Instant): Uint8Array {
  return Number(instant.slice(0, 4)) < 2050
    ? der(tags.utcTime, utf8Of(`${digitsOf(instant).slice(2)}Z`))
    : generalizedTime(instant);
}

export function generalizedTime(instant: Instant): Uint8Array {
  return der(tags.generalizedTime, utf8Of(`${digitsOf(instant)}Z`));
}

/** Whole seconds: none of the services here states more. */
function digitsOf(instant: Instant): string {
  return instant.slice(0, 19).replaceAll(/\D/g, '');
}

/** An AlgorithmIdentifier whose parameters are an explicit NULL, as the national formats have it. */
export function algorithm(algorithmOid: string): Uint8Array {
  return sequence(oid(algorithmOid), nothing);
}
