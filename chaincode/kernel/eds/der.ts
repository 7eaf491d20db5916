import { accepted, refused, type Outcome } from '../outcome.ts';
import type { Refusal } from '../refusal.ts';
import { hexOf, textOfUtf8 } from '../bytes.ts';
import { integerOfBytes } from './bytes.ts';
import { refuse } from './refusals.ts';

/**
 * A strict reader of DER (X.690): one encoding for one value, and bounded work for any input.
 *
 * Lengths must be minimal and definite, tags are of one octet, nothing may follow the value. The
 * elements met, their depth and the size are limited, so that nothing hostile costs more than its
 * length. Within this folder a fault travels as an exception, since a parser that checked an
 * outcome after each of its fields could not be read; `parsed` turns it into a refusal, and nothing
 * is thrown to a caller.
 */

/** What an input may cost. */
export type DerLimits = {
  readonly bytesMax: number;
  readonly depthMax: number;
  readonly elementsMax: number;
};

/** Enough for evidence with several signers; what chaincode accepts is smaller by policy. */
export const defaultLimits: DerLimits = {
  bytesMax: 1 << 20,
  depthMax: 24,
  elementsMax: 20_000,
};

/** For lists of revoked certificates and signed documents, which an operator's machine reads. */
export const largeLimits: DerLimits = {
  bytesMax: 64 << 20,
  depthMax: 24,
  elementsMax: 4_000_000,
};

/** Tags of the universal class that the formats here use, as they stand in the first octet. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  numeric: 0x12,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The octet of a context-specific tag: `[0]` constructed is 0xa0, primitive 0x80. */
export function contextTag(number: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

/** One element: where it stands in the input. Its bytes are views, never copies. */
export type Der = {
  readonly tag: number;
  /** The whole element with tag and length. */
  readonly bytes: Uint8Array;
  /** What the element holds. */
  readonly body: Uint8Array;
  readonly depth: number;
  readonly reading: Reading;
};

/** One input being read: its limits and what has been spent of them. */
type Reading = { readonly limits: DerLimits; elements: number; readonly input: Uint8Array };

/** A fault met while reading; it never leaves this folder. */
class DerFault extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Ends the reading of an input with a refusal; only inside a function given to `parsed`. */
export function fail(refusal: Refusal): never {
  throw new DerFault(refusal);
}

/** Ends the reading: the element is DER but not of the form that its place asks for. */
export function misfit(part: string): never {
  return fail(refuse('BAD_STRUCTURE', { params: { part } }));
}

/** Reads one DER value with nothing after it; every fault comes back as a refusal. */
export function parsed<T>(
  input: Uint8Array,
  read: (root: Der) => T,
  limits: DerLimits = defaultLimits,
): Outcome<T> {
  return attempted(() => read(derOf(input, limits)));
}

/** Runs a parser that may fail; every fault comes back as a refusal. */
export function attempted<T>(read: () => T): Outcome<T> {
  try {
    return accepted(read());
  } catch (fault) {
    if (fault instanceof DerFault) return refused(fault.refusal);
    throw fault;
  }
}

/** The root element of an input; throws inside `parsed` only. */
export function derOf(input: Uint8Array, limits: DerLimits = defaultLimits): Der {
  if (input.length > limits.bytesMax) {
    return fail(refuse('INPUT_TOO_LARGE', { params: { maximum: String(limits.bytesMax) } }));
  }
  const reading: Reading = { limits, elements: 0, input };
  const root = elementAt(reading, input, 0, 0);
  if (root.bytes.length !== input.length) malformed(reading, input, root.bytes.length);
  return root;
}

function malformed(reading: Reading, within: Uint8Array, at: number): never {
  const offset = String(within.byteOffset - reading.input.byteOffset + at);
  return fail(refuse('BAD_DER', { params: { offset } }));
}

function elementAt(reading: Reading, within: Uint8Array, start: number, depth: number): Der {
  spend(reading, depth);
  const tag = within[start];
  const first = within[start + 1];
  // A tag number of 31 or more takes further octets: no format here has one.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || tag === 0) {
    return malformed(reading, within, start);
  }
  let bodyStart = start + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) return malformed(reading, within, start + 1);
    length = 0;
    for (let index = 0; index < octets; index += 1, bodyStart += 1) {
      length = length * 256 + (within[bodyStart] ?? 0);
    }
    // The shortest form is the only one: 0x80 and above in one octet, 0x100 in two, and so on.
    if (length < 0x80 || length < 256 ** (octets - 1)) malformed(reading, within, start + 1);
  }
  const end = bodyStart + length;
  if (end > within.length) return malformed(reading, within, start + 1);
  return {
    tag,
    bytes: within.subarray(start, end),
    body: within.subarray(bodyStart, end),
    depth,
    reading,
  };
}

function spend(reading: Reading, depth: number): void {
  const { depthMax, elementsMax } = reading.limits;
  if (depth > depthMax) fail(refuse('INPUT_TOO_DEEP', { params: { maximum: String(depthMax) } }));
  reading.elements += 1;
  if (reading.elements > elementsMax) {
    fail(refuse('INPUT_TOO_COMPLEX', { params: { maximum: String(elementsMax) } }));
  }
}

/** The elements inside a constructed element; `most` bounds their number. */
export function itemsOf(node: Der, most = Infinity): readonly Der[] {
  const items: Der[] = [];
  for (const item of eachItem(node)) {
    if (items.length >= most) {
      fail(refuse('INPUT_TOO_COMPLEX', { params: { maximum: String(most) } }));
    }
    items.push(item);
  }
  return items;
}

/** The elements inside a constructed element, one by one: a long list is never held whole. */
export function* eachItem(node: Der): Generator<Der> {
  if ((node.tag & 0x20) === 0) malformed(node.reading, node.bytes, 0);
  for (let at = 0; at < node.body.length;) {
    const item = elementAt(node.reading, node.body, at, node.depth + 1);
    at += item.bytes.length;
    yield item;
  }
}

/** The element if it has the tag that its place asks for. */
export function tagged(node: Der | undefined, tag: number, part: string): Der {
  return node?.tag === tag ? node : misfit(part);
}

/** Reads the fields of a sequence or set in their order. */
export class Fields {
  readonly #items: readonly Der[];
  readonly #part: string;
  #at = 0;

  constructor(node: Der, part: string, most = 64) {
    this.#items = itemsOf(node, most);
    this.#part = part;
  }

  /** The next field, of whatever tag. */
  any(): Der {
    const item = this.#items[this.#at] ?? misfit(this.#part);
    this.#at += 1;
    return item;
  }

  /** The next field, which must have this tag. */
  next(tag: number): Der {
    return tagged(this.any(), tag, this.#part);
  }

  /** The next field if it has one of these tags. */
  optional(...expected: readonly number[]): Der | undefined {
    const item = this.#items[this.#at];
    if (item === undefined || !expected.includes(item.tag)) return undefined;
    this.#at += 1;
    return item;
  }

  /** Nothing may be left: an unknown field could change what the known ones mean. */
  end(): void {
    if (this.#at < this.#items.length) misfit(this.#part);
  }
}

/** The fields of a SEQUENCE. */
export function sequence(node: Der | undefined, part: string, most?: number): Fields {
  return new Fields(tagged(node, tags.sequence, part), part, most);
}

/** The only element inside a constructed one: `[0] EXPLICIT` and the like. */
export function only(node: Der, part: string): Der {
  const [item, ...more] = itemsOf(node, 2);
  return item === undefined || more.length > 0 ? misfit(part) : item;
}

/** The one value that an OCTET STRING, a BIT STRING or an extension holds in its body. */
export function within(node: Der, body: Uint8Array): Der {
  const inner = elementAt(node.reading, body, 0, node.depth + 1);
  if (inner.bytes.length !== body.length) malformed(node.reading, body, inner.bytes.length);
  return inner;
}

/** Octets of an OCTET STRING. */
export function octets(node: Der | undefined, part: string): Uint8Array {
  return tagged(node, tags.octetString, part).body;
}

/** Octets of a BIT STRING that has no unused bits, as keys and signatures have none. */
export function bitOctets(node: Der | undefined, part: string): Uint8Array {
  const { body } = tagged(node, tags.bitString, part);
  return body[0] === 0 ? body.subarray(1) : misfit(part);
}

/** The numbers of the bits set in a BIT STRING of named bits, of which no list here has over 32. */
export function namedBits(node: Der, part: string): readonly number[] {
  const { body } = tagged(node, tags.bitString, part);
  const unused = body[0] ?? 8;
  const last = body.at(-1) ?? 0;
  if (body.length > 5 || unused > 7 || (body.length === 1 && unused > 0)) return misfit(part);
  if (body.length > 1 && (last & ((1 << unused) - 1)) !== 0) return misfit(part);
  return Array.from({ length: (body.length - 1) * 8 }, (_, bit) => bit).filter(
    (bit) => ((body[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0,
  );
}

/** Octets of an INTEGER in its only form: no needless leading octet. */
function integerOctets(node: Der, part: string, tag: number): Uint8Array {
  const { body } = tagged(node, tag, part);
  const [first, second = 0] = body;
  if (first === undefined) return misfit(part);
  const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  return body.length > 1 && padded ? misfit(part) : body;
}

/** A non-negative INTEGER of any size. */
export function naturalOf(node: Der, part: string): bigint {
  const body = integerOctets(node, part, tags.integer);
  return (body[0] ?? 0) >= 0x80 ? misfit(part) : integerOfBytes(body);
}

/** A small non-negative INTEGER or ENUMERATED. */
export function smallOf(node: Der, part: string, tag: number = tags.integer): number {
  const body = integerOctets(node, part, tag);
  if (body.length > 4 || (body[0] ?? 0) >= 0x80) return misfit(part);
  return body.reduce((value, octet) => value * 256 + octet, 0);
}

/** A serial number as hexadecimal text: positive, at most 20 octets as RFC 5280 has it. */
export function serialOf(node: Der, part: string): string {
  const body = integerOctets(node, part, tags.integer);
  const digits = (body[0] ?? 0) === 0 && body.length > 1 ? body.subarray(1) : body;
  return body.length > 21 || (body[0] ?? 0) >= 0x80 ? misfit(part) : hexOf(digits);
}

const randomOctetsMax = 64;

/**
 * A number that somebody drew at random, as hexadecimal text of its octets. Services take its octets
 * for a number as they fall, so that every other one is negative.
 */
export function randomNumberOf(node: Der, part: string): string {
  const body = integerOctets(node, part, tags.integer);
  const digits = body[0] === 0 && body.length > 1 ? body.subarray(1) : body;
  return body.length > randomOctetsMax ? misfit(part) : hexOf(digits);
}

/** A BOOLEAN; an explicit FALSE where it is the default is met in real certificates and kept. */
export function booleanOf(node: Der, part: string): boolean {
  const { body } = tagged(node, tags.boolean, part);
  if (body.length !== 1 || (body[0] !== 0 && body[0] !== 0xff)) return misfit(part);
  return body[0] === 0xff;
}

const oidOctetsMax = 40;

/** An OBJECT IDENTIFIER in dotted form. */
export function oidOf(node: Der | undefined, part: string): string {
  const { body } = tagged(node, tags.oid, part);
  if (body.length === 0 || body.length > oidOctetsMax) return misfit(part);
  if ((body.at(-1) ?? 0) >= 0x80) return misfit(part);
  const arcs: bigint[] = [];
  let arc = 0n;
  let begun = false;
  for (const octet of body) {
    if (!begun && octet === 0x80) return misfit(part);
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    begun = octet >= 0x80;
    if (!begun) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [joint = 0n, ...rest] = arcs;
  const first = joint < 80n ? joint / 40n : 2n;
  return [first, joint - first * 40n, ...rest].join('.');
}

const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** Text of one of the string types that names and addresses use; undefined for other types. */
export function stringOf(node: Der, part: string): string | undefined {
  switch (node.tag) {
    case tags.utf8:
      return utf8Text(node.body) ?? misfit(part);
    case tags.printable:
    case tags.numeric:
    case tags.ia5: {
      const ascii = node.body.every((octet) => octet < 0x80);
      const text = (ascii ? utf8Text(node.body) : undefined) ?? misfit(part);
      return node.tag === tags.ia5 || printable.test(text) ? text : misfit(part);
    }
    case tags.bmp:
      return bmpText(node.body) ?? misfit(part);
    default:
      return undefined;
  }
}

function utf8Text(body: Uint8Array): string | undefined {
  const text = textOfUtf8(body);
  return text.ok ? text.value : undefined;
}

/** Two octets a character, big-endian; surrogates have no place in it. */
function bmpText(body: Uint8Array): string | undefined {
  if (body.length % 2 !== 0) return undefined;
  const units = Array.from(
    { length: body.length / 2 },
    (_, index) => ((body[2 * index] ?? 0) << 8) | (body[2 * index + 1] ?? 0),
  );
  const text = units.map((unit) => String.fromCharCode(unit)).join('');
  return text.isWellFormed() ? text : undefined;
}
