/** Ids, salts and hashes that a name decides, so that a sequence that is repeated is the same. */
import { createHash } from 'node:crypto';

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** 32 octets in hex. */
export function saltOf(name: string): string {
  return hashOf(`salt of ${name}`);
}

/** A UUID of version 4. */
export function idOf(name: string): string {
  return uuidOf(hashOf(`id of ${name}`));
}

/** The UUID of version 4 that is made of a hash. */
export function uuidOf(hex: string): string {
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
