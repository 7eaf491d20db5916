import { createHash } from 'node:crypto';

/**
 * SHA-256: the one thing that the chaincode takes from the platform's cryptography, since every
 * version of it gives the same.
 */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
