import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * Bytes and their texts, strictly: one value has one text, and what a lenient decoder would skip or
 * mend is refused, for the text may have been hashed or signed as it stands.
 */

/** The UTF-8 of a text; a lone surrogate has none, and is a mistake of ours by this point. */
export function utf8Of(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new Error('text with a lone surrogate');
  return new TextEncoder().encode(text);
}

/** The text of UTF-8 bytes; a mark of byte order stays, so that the same bytes come back. */
export function textOfUtf8(bytes: Uint8Array): Outcome<string> {
  try {
    return accepted(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return refused(refuse('TEXT_NOT_UTF8'));
  }
}

/** Bytes in lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The bytes of lower-case hex. */
export function bytesOfHex(text: string): Outcome<Uint8Array> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return refused(refuse('HEX_FORMAT'));
  return accepted(
    Uint8Array.from({ length: text.length / 2 }, (_, index) =>
      Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
    ),
  );
}

/** Bytes in base64 of RFC 4648 section 4, padded and without line breaks. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** The bytes of base64; of two texts for the same bytes only the one that we would write. */
export function bytesOfBase64(text: string): Outcome<Uint8Array> {
  const bytes = Buffer.from(text, 'base64');
  // The decoder skips what it does not know: only a text that comes back was all base64.
  if (bytes.toString('base64') !== text) return refused(refuse('BASE64_FORMAT'));
  return accepted(new Uint8Array(bytes));
}
