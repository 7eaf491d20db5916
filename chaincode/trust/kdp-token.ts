/** Security tokens under the trusted keys of KDP (CN-3). */
import { localDateOf } from '../kernel/almaty.ts';
import { bytesOfBase64 } from '../kernel/bytes.ts';
import type { CivilDate } from '../kernel/civil-date.ts';
import { instantOfSeconds } from '../kernel/instant.ts';
import { type Claims, verifyJwt } from '../kernel/jwt/verify-jwt.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import { trustListOn } from './store.ts';

/**
 * What a token claims, if the key that came with it is trusted and has signed it. A key that has had
 * its day signs nothing any more: by the token's own time, which KDP has signed, and so that nobody
 * who has the key writes an earlier one, by the present too.
 */
export async function signedByKdp(
  ledger: Reader,
  token: string,
  publicKey: string,
): Promise<Outcome<Claims>> {
  const list = await trustListOn(ledger);
  if (!list.ok) return list;
  const today = localDateOf(ledger.circumstances.time);
  const untrusted = refused(refuse('KDP_KEY_NOT_TRUSTED', { norm: 'CN-3' }));
  const key = list.value.kdpKeys.find((each) => each.publicKey === publicKey);
  if (key === undefined || !isWithin(today, key.until)) return untrusted;
  const claims = andThen(bytesOfBase64(key.publicKey), (bytes) =>
    verifyJwt(token, { algorithm: key.algorithm, publicKey: bytes }),
  );
  return andThen(claims, (value) =>
    isWithin(dayOf(value['iat']), key.until) ? accepted(value) : untrusted,
  );
}

/** The day on which a token says that it was issued; nothing where it does not say. */
function dayOf(issued: Claims[string]): CivilDate | undefined {
  return typeof issued === 'number' && Number.isInteger(issued)
    ? localDateOf(instantOfSeconds(issued, 0))
    : undefined;
}

function isWithin(day: CivilDate | undefined, until: CivilDate | undefined): boolean {
  return until === undefined || (day !== undefined && day <= until);
}
