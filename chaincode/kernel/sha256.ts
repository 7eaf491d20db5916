import { createHash } from 'node:crypto';
import { hexOf, utf8Of } from './bytes.ts';

/**
 * SHA-256, for the whole chaincode: the only part of `node:crypto` that gives the same answer on
 * every version an organisation may run, and so the only one that is let in, here.
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** SHA-256 of bytes, or of a text's UTF-8, in lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  return hexOf(sha256(typeof content === 'string' ? utf8Of(content) : content));
}
