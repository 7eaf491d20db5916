import {
  signatureOf,
  type AlgorithmSwitches,
  type KeyKind,
  type SignatureAlgorithm,
} from './algorithms.ts';
import { hexOf } from '../bytes.ts';
import type { Certificate } from './certificate.ts';
import { sha256 } from '../sha256.ts';
import { digestBy } from './digest.ts';
import { GOST_2004, GOST_256_A, GOST_512_A } from './gost-curves.ts';
import { verifyGost } from './gost3410.ts';
import type { PublicKey } from './public-key.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import { rsaKeyFits, verifyRsa } from './rsa.ts';

/** One verification's means: which algorithms count, what is known already, what may be spent. */
export type Checks = {
  readonly switches: AlgorithmSwitches;
  readonly cache: SignatureCache | undefined;
  readonly maximum: number;
  /** Checks asked for so far, answered from the cache or not: a cache must not change a verdict. */
  asked: number;
};

/**
 * Remembers which certificates and lists verified under which key.
 *
 * The answer depends on nothing but the bytes that make up the name it is remembered by, so that a
 * cache can save time and never change a verdict. It is bounded: the oldest answer goes first.
 */
export class SignatureCache {
  readonly #answers = new Map<string, boolean>();
  readonly #maximum: number;

  constructor(maximum = 1024) {
    this.#maximum = maximum;
  }

  /** The answer known for a name, or the one that is worked out now. */
  answer(name: string, work: () => boolean): boolean {
    const known = this.#answers.get(name);
    const answer = known ?? work();
    this.#answers.delete(name);
    this.#answers.set(name, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#maximum && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}

/** What an authority signed: a certificate or a list of revoked ones. */
type Issued = Pick<Certificate, 'sha256' | 'signedBytes' | 'signatureOid' | 'signature'>;

/** Why this was not signed by that key, or undefined if it was. */
export function issuedFault(
  checks: Checks,
  issued: Issued,
  issuer: Pick<Certificate, 'key' | 'keyInfo'>,
  invalid: Refusal,
): Refusal | undefined {
  const algorithm = signatureOf(issued.signatureOid, checks.switches);
  if (!algorithm.ok) return algorithm.refusals[0];
  const name = `${issued.sha256} ${hexOf(sha256(issuer.keyInfo))}`;
  const { signedBytes: message, signature } = issued;
  const signed = { key: issuer.key, algorithm: algorithm.value, message, signature };
  return signatureFault(checks, signed, invalid, name);
}

/** A signature with all that it is checked by. */
export type Signed = {
  readonly key: PublicKey;
  readonly algorithm: SignatureAlgorithm;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/** Why a signature does not stand, or undefined if it does; `name` lets the cache answer. */
export function signatureFault(
  checks: Checks,
  signed: Signed,
  invalid: Refusal,
  name?: string,
): Refusal | undefined {
  const unfit = keyFault(signed.key, signed.algorithm.key);
  if (unfit) return unfit;
  checks.asked += 1;
  if (checks.asked > checks.maximum) {
    return refuse('TOO_COSTLY', { params: { maximum: String(checks.maximum) } });
  }
  const work = () => verifies(signed);
  const valid = name && checks.cache ? checks.cache.answer(name, work) : work();
  return valid ? undefined : invalid;
}

function keyFault(key: PublicKey, wanted: KeyKind): Refusal | undefined {
  if (key.kind === 'unknown') return refuse('UNSUPPORTED_ALG', { params: { oid: key.oid } });
  if (key.kind === 'unfit') return refuse('KEY_UNFIT');
  if (key.kind !== wanted) return refuse('ALG_MISMATCH');
  return key.kind === 'rsa' && !rsaKeyFits(key) ? refuse('KEY_UNFIT') : undefined;
}

function verifies({ key, algorithm, message, signature }: Signed): boolean {
  const digest = digestBy(algorithm.digest, message);
  switch (key.kind) {
    case 'rsa':
      return verifyRsa(key, algorithm.digest, digest, signature);
    case 'gost512':
      return verifyGost({ curve: GOST_512_A, publicKey: key.point, digest, signature });
    case 'gost256':
      return verifyGost({ curve: GOST_256_A, publicKey: key.point, digest, signature });
    case 'gost2004':
      return verifyGost({ curve: GOST_2004, publicKey: key.point, digest, signature });
    default:
      return false;
  }
}
