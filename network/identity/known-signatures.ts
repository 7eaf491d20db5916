/**
 * Signatures that this process has made or has found good: they need not be checked again.
 *
 * In the local network one process is every peer and orderer, so the same signature of a client
 * would be checked at each of them, and the peers' own ones again when a block is validated. Checks
 * of ECDSA were a fifth of its work. What is known is the whole of certificate, message and
 * signature, so nothing passes here that would not pass the check itself.
 */
import { createHash } from 'node:crypto';

/** Enough for the transactions on their way at any moment; the oldest are forgotten first. */
const knownMax = 20_000;

const known = new Set<string>();

/** Notes a signature as good. */
export function noteSignature(
  certificatePem: string,
  message: Uint8Array,
  signature: Uint8Array,
): void {
  const [oldest] = known.size < knownMax ? [] : known;
  if (oldest !== undefined) known.delete(oldest);
  known.add(nameOf(certificatePem, message, signature));
}

/** Checks a signature, unless it is known as good. */
export function isKnownOr(
  check: () => boolean,
  certificatePem: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (known.has(nameOf(certificatePem, message, signature))) return true;
  if (!check()) return false;
  noteSignature(certificatePem, message, signature);
  return true;
}

/** The lengths keep the parts apart, since a signature may hold any bytes. */
function nameOf(certificatePem: string, message: Uint8Array, signature: Uint8Array): string {
  return createHash('sha256')
    .update(`${certificatePem.length} ${signature.length} ${certificatePem}`)
    .update(signature)
    .update(message)
    .digest('base64');
}
