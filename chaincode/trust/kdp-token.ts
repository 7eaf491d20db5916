/** Security tokens under the trusted keys of KDP (CN-3). */
import { localDateOf } from '../kernel/almaty.ts';
import { bytesOfBase64 } from '../kernel/bytes.ts';
import type { CivilDate } from '../kernel/civil-date.ts';
import { instantOfSeconds } from '../kernel/instant.ts';
import { type Claims, verifyJwt } from '../kernel/jwt/verify-jwt.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import type { TrustList } from './schema.ts';
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
  return list.ok ? signedByOne(ledger, list.value.kdpKeys, token, publicKey) : list;
}

/** The same of a token of KDP's test environment: one of production is no test answer (OR-4). */
export async function signedByTestKdp(
  ledger: Reader,
  token: string,
  publicKey: string,
): Promise<Outcome<Claims>> {
  const list = await trustListOn(ledger);
  if (!list.ok) return list;
  const { environment, kdpKeys, kdpTestKeys = [] } = list.value;
  const keys = environment === 'TEST' ? [...kdpKeys, ...kdpTestKeys] : kdpTestKeys;
  return signedByOne(ledger, keys, token, publicKey);
}

function signedByOne(
  ledger: Reader,
  keys: TrustList['kdpKeys'],
  token: string,
  publicKey: string,
): Outcome<Claims> {
  const today = localDateOf(ledger.circumstances.time);
  const untrusted = refused(refuse('KDP_KEY_NOT_TRUSTED', { norm: 'CN-3' }));
  const key = keys.find((each) => each.publicKey === publicKey);
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
