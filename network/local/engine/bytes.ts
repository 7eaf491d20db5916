/** Bytes and the order of text as Fabric's stores see them. */
import { createHash } from 'node:crypto';

/** No bytes at all: what an absent value reads as. */
export const noBytes: Uint8Array = new Uint8Array(0);

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** A text of bytes that is short to compare and to use as a map's key. */
export function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function bytesOfKey(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}

export function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/**
 * Orders texts as their UTF-8 bytes do.
 *
 * JavaScript orders by UTF-16 units, which puts the characters beyond U+FFFF (units D800 to DFFF)
 * before U+E000 to U+FFFF; their UTF-8 bytes come after them.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const unitOfA = a.charCodeAt(index);
    const unitOfB = b.charCodeAt(index);
    if (unitOfA !== unitOfB) return rank(unitOfA) - rank(unitOfB);
  }
  return a.length - b.length;
}

/** Moves the surrogates above all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** The entries of a map in the order of their keys' UTF-8 bytes. */
export function sortedEntries<Value>(map: ReadonlyMap<string, Value>): readonly [string, Value][] {
  const entries = [...map];
  return entries.length < 2 ? entries : entries.sort(([a], [b]) => compareUtf8(a, b));
}
