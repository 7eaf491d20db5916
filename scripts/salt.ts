/** A salt that nobody can guess, as private commands and manifests take it. */
import { randomBytes } from 'node:crypto';

export function freshSalt(): string {
  return randomBytes(32).toString('hex');
}
