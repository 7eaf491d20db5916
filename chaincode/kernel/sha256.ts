import { hash } from 'node:crypto';

/**
 * SHA-256, for the whole chaincode: the only part of `node:crypto` that gives the same answer on
 * every version an organisation may run, and so the only one that is let in, here.
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', bytes, 'buffer'));
}

/** SHA-256 of bytes, or of a text's UTF-8, in lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  if (typeof content === 'string' && !content.isWellFormed()) {
    throw new Error('text with a lone surrogate');
  }
  return hash('sha256', content, 'hex');
}
