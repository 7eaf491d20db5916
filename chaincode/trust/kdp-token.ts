/** Security tokens under the trusted keys of KDP (CN-3). */
import { localDateOf } from '../kernel/almaty.ts';
import { bytesOfBase64 } from '../kernel/bytes.ts';
import { type Claims, verifyJwt } from '../kernel/jwt/verify-jwt.ts';
import { andThen, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import { trustListOn } from './store.ts';

/** What a token claims, if the key that came with it is trusted now and has signed it. */
export async function signedByKdp(
  ledger: Reader,
  token: string,
  publicKey: string,
): Promise<Outcome<Claims>> {
  const list = await trustListOn(ledger);
  if (!list.ok) return list;
  const today = localDateOf(ledger.circumstances.time);
  const key = list.value.kdpKeys.find(
    (each) => each.publicKey === publicKey && (each.until === undefined || today <= each.until),
  );
  if (key === undefined) return refused(refuse('KDP_KEY_NOT_TRUSTED', { norm: 'CN-3' }));
  return andThen(bytesOfBase64(key.publicKey), (bytes) =>
    verifyJwt(token, { algorithm: key.algorithm, publicKey: bytes }),
  );
}
