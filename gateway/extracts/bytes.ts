/** Bytes of an extract's parts. */
import { createHash } from 'node:crypto';

/** The bytes of base64, whose form was checked when the file was read. */
export function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/**
 * What a parser makes of bytes, or nothing. The stubs of Protocol Buffers throw at some malformed
 * bytes and read others as they can; neither is a fault of ours.
 */
export function readable<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
