import { accepted, refused, type Outcome } from '../outcome.ts';
import { oidOf, sequence, tags, type Der } from './der.ts';
import { refuse } from './refusals.ts';

/**
 * Algorithms by OID, and which of them may be relied on.
 *
 * GOST 34.10-2015 with 512 bits and RSA with SHA-256 are accepted. GOST with 256 bits waits for a
 * real signature to be proved against, so it is off. What was broken or withdrawn (SHA-1, the GOST
 * of 2004) is refused unless a policy for archives says otherwise.
 */
export type DigestName = 'sha256' | 'streebog512' | 'streebog256' | 'sha1' | 'gost34311';
export type KeyKind = 'rsa' | 'gost512' | 'gost256' | 'gost2004';
export type SignatureAlgorithm = { readonly digest: DigestName; readonly key: KeyKind };

/** Which algorithms a policy switches on beyond the accepted ones. */
export type AlgorithmSwitches = {
  readonly gost256: boolean;
  readonly sha1: boolean;
  readonly gost2004: boolean;
};

/** Nothing beyond the accepted ones: what the ledger's policy says. */
export const strictAlgorithms: AlgorithmSwitches = { gost256: false, sha1: false, gost2004: false };

const digests: Readonly<Record<string, DigestName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '1.2.398.3.10.1.3.3': 'streebog512',
  '1.2.398.3.10.1.3.2': 'streebog256',
  '1.3.14.3.2.26': 'sha1',
  '1.2.398.3.10.1.3.1': 'gost34311',
};

const keys: Readonly<Record<string, KeyKind>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.398.3.10.1.1.2.2': 'gost512',
  '1.2.398.3.10.1.1.2.1': 'gost256',
  '1.2.398.3.10.1.1.1.1': 'gost2004',
};

const signatures: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.11': { digest: 'sha256', key: 'rsa' },
  '1.2.840.113549.1.1.5': { digest: 'sha1', key: 'rsa' },
  '1.2.398.3.10.1.1.2.3.2': { digest: 'streebog512', key: 'gost512' },
  '1.2.398.3.10.1.1.2.3.1': { digest: 'streebog256', key: 'gost256' },
  '1.2.398.3.10.1.1.1.2': { digest: 'gost34311', key: 'gost2004' },
};

/** Reads an AlgorithmIdentifier whose parameters are NULL or absent; the OID is all it says. */
export function algorithmOid(node: Der, part: string): string {
  const fields = sequence(node, part);
  const oid = oidOf(fields.any(), part);
  fields.optional(tags.null);
  fields.end();
  return oid;
}

/** The kind of key that an OID names; undefined if we know none. */
export function keyKindOf(oid: string): KeyKind | undefined {
  return Object.hasOwn(keys, oid) ? keys[oid] : undefined;
}

/** The digest that an OID names, if the policy relies on it. */
export function digestOf(oid: string, switches: AlgorithmSwitches): Outcome<DigestName> {
  const digest = Object.hasOwn(digests, oid) ? digests[oid] : undefined;
  if (digest === undefined) return refused(refuse('UNSUPPORTED_ALG', { params: { oid } }));
  return permitted(digest, oid, switches, digest);
}

/** The signature algorithm that an OID names, if the policy relies on it. */
export function signatureOf(oid: string, switches: AlgorithmSwitches): Outcome<SignatureAlgorithm> {
  const algorithm = Object.hasOwn(signatures, oid) ? signatures[oid] : undefined;
  if (algorithm === undefined) return refused(refuse('UNSUPPORTED_ALG', { params: { oid } }));
  return permitted(algorithm.digest, oid, switches, algorithm);
}

/**
 * The algorithm of a CMS signer, who names digest and signature apart. Many write the key's own OID
 * (`rsaEncryption`) in the place of the signature's; then the digest completes it.
 */
export function signerAlgorithm(
  digestOid: string,
  signatureOid: string,
  switches: AlgorithmSwitches,
): Outcome<SignatureAlgorithm> {
  const digest = digestOf(digestOid, switches);
  if (!digest.ok) return digest;
  const key = keyKindOf(signatureOid);
  const match = Object.entries(signatures).find(
    ([oid, known]) =>
      known.digest === digest.value && (key ? known.key === key : oid === signatureOid),
  );
  if (match !== undefined) return permitted(digest.value, match[0], switches, match[1]);
  const named = signatureOf(signatureOid, switches);
  return named.ok || key ? refused(refuse('ALG_MISMATCH')) : named;
}

function permitted<T>(
  digest: DigestName,
  oid: string,
  switches: AlgorithmSwitches,
  value: T,
): Outcome<T> {
  if (digest === 'streebog256' && !switches.gost256) {
    return refused(refuse('ALG_SWITCHED_OFF', { params: { oid } }));
  }
  const outdated =
    (digest === 'sha1' && !switches.sha1) || (digest === 'gost34311' && !switches.gost2004);
  return outdated ? refused(refuse('ALG_OUTDATED', { params: { oid } })) : accepted(value);
}
