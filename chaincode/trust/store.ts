/** The list of trust as it stands on the ledger. */
import { bytesOfBase64 } from '../kernel/bytes.ts';
import { type Trust, trustOf } from '../kernel/eds/trust.ts';
import { accepted, type Outcome, refused, valueOrThrow } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { refuse } from './refusals.ts';
import {
  anchoredCrlType,
  trustHeadType,
  type TrustList,
  trustListType,
  versionKey,
} from './schema.ts';

/** The list that holds now. */
export async function trustListOn(ledger: Reader): Promise<Outcome<TrustList>> {
  const head = await ledger.find(trustHeadType, ['now']);
  return head === undefined
    ? refused(refuse('TRUST_LIST_MISSING', { norm: 'SE-3' }))
    : trustListOfVersion(ledger, head.data.version);
}

/** The list of a version: what an old verdict was made by. */
export async function trustListOfVersion(
  ledger: Reader,
  version: number,
): Promise<Outcome<TrustList>> {
  const found = await ledger.find(trustListType, [versionKey(version)]);
  return found === undefined
    ? refused(refuse('TRUST_VERSION_UNKNOWN', { params: { version: String(version) } }))
    : accepted(found.data);
}

/**
 * What the verifier goes by now: the pins of the list and, of the lists of revoked certificates that
 * were brought, those whose hashes are anchored.
 */
export async function trustOn(
  ledger: Reader,
  crlHashes: readonly string[],
): Promise<Outcome<Trust>> {
  const list = await trustListOn(ledger);
  if (!list.ok) return list;
  const anchored: string[] = [];
  for (const hash of crlHashes) {
    if ((await ledger.find(anchoredCrlType, [hash])) !== undefined) anchored.push(hash);
  }
  return trustOfList(list.value, anchored);
}

/** A list's certificates, read. */
export function trustOfList(
  {
    version,
    authorities,
    timeStampers,
  }: Pick<TrustList, 'version' | 'authorities' | 'timeStampers'>,
  anchoredCrls: readonly string[],
): Outcome<Trust> {
  const der = ({ certificate }: TrustList['authorities'][number]) =>
    valueOrThrow(bytesOfBase64(certificate));
  const trust = trustOf({
    version: String(version),
    authorities: authorities.map(der),
    timeStampers: timeStampers.map(der),
    anchoredCrls,
  });
  return trust.ok ? trust : refused(refuse('TRUST_CERTIFICATE_UNREADABLE'), ...trust.refusals);
}
