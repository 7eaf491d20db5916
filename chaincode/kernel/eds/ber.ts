import { joined } from './bytes.ts';
import { defaultLimits, fail, type DerLimits } from './der.ts';
import { refuse } from './refusals.ts';

/**
 * Programs that sign long documents write CMS as they go, with indefinite lengths and contents in
 * pieces. Such a message is rewritten with definite lengths before it is read, so that there is one
 * reader and it is strict. What is signed inside (certificates, attributes) is DER by its own rules:
 * rewriting leaves it as it was, or its signature fails.
 */
export function definiteLengths(bytes: Uint8Array, limits: DerLimits = defaultLimits): Uint8Array {
  if (bytes[1] !== 0x80) return bytes;
  if (bytes.length > limits.bytesMax) {
    fail(refuse('INPUT_TOO_LARGE', { params: { maximum: String(limits.bytesMax) } }));
  }
  const rewriting = { bytes, limits, elements: 0 };
  const root = rewritten(rewriting, 0, bytes.length, 0);
  return root.end === bytes.length ? root.element : malformed(root.end);
}

type Rewriting = { readonly bytes: Uint8Array; readonly limits: DerLimits; elements: number };
type Rewritten = { readonly element: Uint8Array; readonly end: number };

function rewritten(state: Rewriting, start: number, limit: number, depth: number): Rewritten {
  const { bytes, limits } = state;
  if (depth > limits.depthMax) {
    fail(refuse('INPUT_TOO_DEEP', { params: { maximum: String(limits.depthMax) } }));
  }
  state.elements += 1;
  if (state.elements > limits.elementsMax) {
    fail(refuse('INPUT_TOO_COMPLEX', { params: { maximum: String(limits.elementsMax) } }));
  }
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || start + 2 > limit) return malformed(start);
  if ((tag & 0x1f) === 0x1f || tag === 0) return malformed(start);
  const constructed = (tag & 0x20) !== 0;
  if (first === 0x80) {
    if (!constructed) return malformed(start);
    const inner = children(state, start + 2, undefined, limit, depth);
    return { element: element(tag, inner.parts, start), end: inner.end };
  }
  const { bodyStart, end } = definite(bytes, start, limit);
  if (!constructed) return { element: bytes.subarray(start, end), end };
  const inner = children(state, bodyStart, end, end, depth);
  return { element: element(tag, inner.parts, start), end };
}

/** The elements up to a known end, or up to the two zero octets that end an indefinite length. */
function children(
  state: Rewriting,
  start: number,
  end: number | undefined,
  limit: number,
  depth: number,
): { parts: readonly Uint8Array[]; end: number } {
  const parts: Uint8Array[] = [];
  let at = start;
  while (at !== end) {
    if (end === undefined && state.bytes[at] === 0 && state.bytes[at + 1] === 0) {
      return { parts, end: at + 2 <= limit ? at + 2 : malformed(at) };
    }
    const child = rewritten(state, at, limit, depth + 1);
    parts.push(child.element);
    at = child.end;
  }
  return { parts, end: at };
}

/** An OCTET STRING in pieces becomes one; everything else keeps its tag. */
function element(tag: number, parts: readonly Uint8Array[], start: number): Uint8Array {
  if (tag !== 0x24) return withHeader(tag, joined(...parts));
  const pieces = parts.map((part) => (part[0] === 0x04 ? bodyOf(part) : malformed(start)));
  return withHeader(0x04, joined(...pieces));
}

function bodyOf(element: Uint8Array): Uint8Array {
  const first = element[1] ?? 0;
  return element.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}

function definite(
  bytes: Uint8Array,
  start: number,
  limit: number,
): { bodyStart: number; end: number } {
  const first = bytes[start + 1] ?? 0;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) return malformed(start);
  let length = count === 0 ? first : 0;
  for (let index = 0; index < count; index += 1) {
    length = length * 256 + (bytes[start + 2 + index] ?? 0);
  }
  const bodyStart = start + 2 + count;
  const end = bodyStart + length;
  return end <= limit ? { bodyStart, end } : malformed(start);
}

function withHeader(tag: number, body: Uint8Array): Uint8Array {
  return joined(Uint8Array.of(tag), lengthOctets(body.length), body);
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

function malformed(offset: number): never {
  return fail(refuse('BAD_DER', { params: { offset: String(offset) } }));
}
