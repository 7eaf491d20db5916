/**
 * ECDSA signatures over P-256 as Fabric takes them: DER, with the lower of the two values of `s`.
 *
 * Either of `s` and `n - s` verifies, so a signature could be changed on its way without breaking
 * it; Fabric therefore refuses the higher one, and so do we.
 */
import { type KeyObject, sign, verify } from 'node:crypto';
import { integer, sequence } from './der.ts';

/** Order of the group of P-256. */
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const halfOrder = order >> 1n;

/** Signs with SHA-256; the signature has the lower `s`. */
export function signLowS(key: KeyObject, message: Uint8Array): Buffer {
  const raw = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
  const s = unsigned(raw.subarray(32));
  const low = s > halfOrder ? order - s : s;
  return sequence(integer(raw.subarray(0, 32)), integer(bytesOf(low)));
}

/** Whether a DER signature is the key's own over the message, and has the lower `s`. */
export function verifyLowS(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  const s = secondInteger(signature);
  if (s === undefined || s === 0n || s > halfOrder) return false;
  return verify('sha256', message, key, signature);
}

/** Reads `s` of `SEQUENCE { r INTEGER, s INTEGER }`; P-256 needs no length of more than a byte. */
function secondInteger(der: Uint8Array): bigint | undefined {
  const rLength = der[3] ?? 0;
  const sAt = 4 + rLength;
  const sLength = der[sAt + 1] ?? 0;
  const wellFormed =
    der[0] === 0x30 &&
    der[1] === der.length - 2 &&
    der[2] === 0x02 &&
    der[sAt] === 0x02 &&
    sLength > 0 &&
    sAt + 2 + sLength === der.length;
  return wellFormed ? unsigned(der.subarray(sAt + 2)) : undefined;
}

function unsigned(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
