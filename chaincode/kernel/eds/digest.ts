import { sha256 } from '../sha256.ts';
import type { DigestName } from './algorithms.ts';
import { gost34311 } from './gost34311.ts';
import { sha1 } from './sha1.ts';
import { streebog256, streebog512 } from './streebog.ts';

/** The digest of a name. */
export function digestBy(name: DigestName, data: Uint8Array): Uint8Array {
  switch (name) {
    case 'sha256':
      return sha256(data);
    case 'streebog512':
      return streebog512(data);
    case 'streebog256':
      return streebog256(data);
    case 'sha1':
      return sha1(data);
    case 'gost34311':
      return gost34311(data);
  }
}
