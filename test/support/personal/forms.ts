/**
 * Every form in which a text may lie in bytes that somebody wrote: encodings, escapes, the ways in
 * which programs print bytes, base64 at any alignment, and the bare hash by which it could be guessed.
 */
import { createHash } from 'node:crypto';

/** The bytes of a text in one form. */
export type Form = { readonly form: string; readonly bytes: Buffer };

/** Shorter bytes would be met by chance in what is scanned. */
const bytesMin = 6;
/** Shorter words are parts of other words in small letters. */
const lettersMinOfVariants = 5;

/** All forms of a text; a text too short to be told from chance is refused. */
export function formsOf(text: string): readonly Form[] {
  if (Buffer.byteLength(text) < bytesMin) throw new Error('too short to be looked for');
  const found = new Map<string, Form>();
  const add = (form: string, bytes: Buffer) => {
    const known = bytes.toString('latin1');
    if (bytes.length >= bytesMin && !found.has(known)) found.set(known, { form, bytes });
  };
  for (const variant of variantsOf(text)) {
    addEncodings(add, variant);
    const digest = createHash('sha256').update(variant).digest();
    addBytes(add, 'SHA-256', digest);
  }
  return [...found.values()];
}

type Add = (form: string, bytes: Buffer) => void;

/** As it is written, and as a program might rewrite it. */
function variantsOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  if (text.length < lettersMinOfVariants || lower === text) return [text];
  return [text, lower, `${text.slice(0, 1)}${lower.slice(1)}`];
}

function addEncodings(add: Add, text: string): void {
  const little = Buffer.from(text, 'utf16le');
  addBytes(add, 'UTF-8', Buffer.from(text));
  addBytes(add, 'UTF-16LE', little);
  addBytes(add, 'UTF-16BE', Buffer.from(little).swap16());
  const percent = encodeURIComponent(text);
  add('percent-encoded', ascii(percent));
  add('percent-encoded', ascii(percent.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())));
  for (const slashes of ['\\', '\\\\']) {
    const escape = (character: string) =>
      `${slashes}u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    const escaped = text.replaceAll(/[^\x20-\x7e]/g, escape);
    add('JSON escapes', ascii(escaped));
    add('JSON escapes', ascii(escaped.replaceAll(/[0-9a-f]{4}/g, (hex) => hex.toUpperCase())));
  }
  const octets = [...Buffer.from(text)];
  const shown = (digits: string, radix: number, width: number) =>
    octets
      .map((octet) => (octet > 0x7e ? `${digits}${digit(octet, radix, width)}` : char(octet)))
      .join('');
  add('octal escapes', ascii(shown('\\', 8, 3)));
  add('hexadecimal escapes', ascii(shown('\\x', 16, 2)));
}

function addBytes(add: Add, name: string, bytes: Buffer): void {
  add(name, bytes);
  const hex = bytes.toString('hex');
  add(`hex of ${name}`, ascii(hex));
  add(`hex of ${name}`, ascii(hex.toUpperCase()));
  add(`printed ${name}`, ascii((hex.match(/../g) ?? []).join(' ')));
  add(`printed ${name}`, ascii([...bytes].join(' ')));
  add(`printed ${name}`, ascii([...bytes].join(',')));
  add(`printed ${name}`, ascii([...bytes].join(', ')));
  for (let offset = 0; offset < 3; offset += 1) {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString(alphabet);
      // Only what does not depend on the neighbours.
      const from = Math.ceil((offset * 8) / 6);
      const to = Math.floor(((offset + bytes.length) * 8) / 6);
      add(`${alphabet} of ${name}`, ascii(text.slice(from, to)));
    }
  }
}

function digit(octet: number, radix: number, width: number): string {
  return octet.toString(radix).padStart(width, '0');
}

function char(octet: number): string {
  return String.fromCharCode(octet);
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
