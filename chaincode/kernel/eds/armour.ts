import { accepted, refused, type Outcome } from '../outcome.ts';
import { bytesOfBase64 } from '../bytes.ts';
import { refuse } from './refusals.ts';

/**
 * Files as people have them: DER, base64 text, or PEM with any label (NCALayer writes `CMS`), one
 * or several in a file. Only the edges read these; the ledger takes DER.
 */
export function dersOfFile(bytes: Uint8Array): Outcome<readonly Uint8Array[]> {
  // A SEQUENCE with a definite or indefinite length; `0` begins no base64 text of DER.
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80) return accepted([bytes]);
  if (bytes[0] === 0x30 && bytes[1] === bytes.length - 2) return accepted([bytes]);
  const text = asciiOf(bytes);
  if (text === undefined) return unknown();
  const bodies = text.includes('-----BEGIN ') ? pemBodies(text) : [text];
  const ders = bodies.flatMap((body) => {
    const der = bytesOfBase64(body.replace(/\s+/g, ''));
    return der.ok && der.value.length > 0 ? [der.value] : [];
  });
  return ders.length === bodies.length && ders.length > 0 ? accepted(ders) : unknown();
}

function unknown(): Outcome<never> {
  return refused(refuse('INPUT_UNKNOWN'));
}

function asciiOf(bytes: Uint8Array): string | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = bytes.subarray(start);
  if (body.some((octet) => octet >= 0x80)) return undefined;
  const pieces: string[] = [];
  // `String.fromCharCode` takes its characters as arguments, of which there may not be too many.
  for (let at = 0; at < body.length; at += 4096) {
    pieces.push(String.fromCharCode(...body.subarray(at, at + 4096)));
  }
  return pieces.join('');
}

const pemForm = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

function pemBodies(text: string): readonly string[] {
  return [...text.matchAll(pemForm)].map(([, , body = '']) => body);
}
