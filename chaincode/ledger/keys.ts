/**
 * Composite keys, as Fabric writes them: U+0000, the type, then each part with U+0000 behind it.
 *
 * Made here rather than by the stub, so that a key is a pure value that tests and tools can name.
 */
import { sha256Hex } from '../kernel/sha256.ts';

/** Longest part of a key; an identifier beyond it is a mistake or an attack. */
const partCharactersMax = 256;

/** The key of a record, or with fewer parts the beginning of the keys of several. */
export function compositeKey(type: string, parts: readonly string[]): string {
  return `\u0000${[type, ...parts].map((part) => `${checked(part)}\u0000`).join('')}`;
}

/** U+0000 separates the parts and U+10FFFF ends a range, so neither may stand in a part. */
function checked(part: string): string {
  if (part === '' || part.length > partCharactersMax || !part.isWellFormed()) {
    throw new Error('a part of a key is empty, too long or not well formed');
  }
  if (part.includes('\u0000') || part.includes('\u{10ffff}')) {
    throw new Error('a part of a key holds a character that keys are made with');
  }
  return part;
}

/** Where the seal of a record stands in the sealing organisation's collection. */
export function sealKey(recordKey: string): string {
  return `seal:${sha256Hex(recordKey)}`;
}

/** What the seal says: the hash of the record's text, so that it is small whatever the record. */
export function sealValue(recordText: string): string {
  return sha256Hex(recordText);
}

/** What stands in a seal's place that was taken off: the hash of no text. */
export const brokenSeal = 'broken';

/**
 * Where a private text stands that an organisation deposits: its key names the depositor, whose peer
 * says so, so that nobody can write over what another has deposited at a common holder. An MSP id
 * has no `@`.
 */
export function depositKey(key: string, depositor: string): string {
  return `${key}@${depositor}`;
}

/** A verdict is found by its own text, so that nobody has to be told where it stands. */
export function verdictKey(text: string): string {
  return `verdict:${sha256Hex(text)}`;
}
