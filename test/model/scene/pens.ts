/**
 * Signatures of everyone, each made once: sequences that meet the same manifest share it, since
 * making a signature costs more than all else in a step.
 */
import { createHash, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import { type Manifest, manifestBytes } from '../../../chaincode/kernel/eds/manifest.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import {
  issueTo,
  keyOf,
  makeAuthority,
  type TestAuthority,
} from '../../../gateway/stands/eds/authority.ts';
import type { Holder } from '../../../gateway/stands/eds/certificates.ts';
import { makeOcsp } from '../../../gateway/stands/eds/revocation-evidence.ts';
import { signMessage, stamp } from '../../../gateway/stands/eds/signed-messages.ts';
import { type PersonName, persons } from './parties.ts';

/** A signature with what speaks for it, as private commands take it. */
export type Signature = { readonly signature: string; readonly ocsps: readonly string[] };

type Kind = 'gost512' | 'rsa';

/**
 * Who signs by GOST, with an authority of that kind; the others sign by RSA, which verifies in a
 * fifth of the time. Both are what the national authority issues.
 */
const byGost: readonly PersonName[] = ['coOwner', 'spouse'];

export const authorities: Readonly<Record<Kind, TestAuthority>> = {
  gost512: makeAuthority({ seed: 'model', kind: 'gost512' }),
  rsa: makeAuthority({ seed: 'model', kind: 'rsa' }),
};

const holders = new Map<PersonName, Holder>();
const signatures = new Map<string, Signature>();
const answers = new Map<PersonName, string>();

/** Bounds the memory of long runs; what is forgotten is signed again. */
const signaturesMax = 10_000;

/** A manifest signed by a person at an instant, with a time stamp and an answer on the certificate. */
export function signed(name: PersonName, manifest: Manifest, at: Instant): Signature {
  const content = manifestBytes(manifest);
  const place = `${name} ${at} ${createHash('sha256').update(content).digest('hex')}`;
  const known = signatures.get(place);
  if (known !== undefined) return known;
  const { timeStamper } = authorities[kindOf(name)];
  const signature = signMessage({
    content,
    signers: [
      {
        holder: holderOf(name),
        signingTime: at,
        stamp: (bytes) => stamp(bytes, { service: timeStamper, at }),
      },
    ],
  });
  const made = { signature: base64Of(signature), ocsps: [answerOn(name, at)] };
  if (signatures.size === signaturesMax) signatures.clear();
  signatures.set(place, made);
  return made;
}

function answerOn(name: PersonName, at: Instant): string {
  const { issuer, responder } = authorities[kindOf(name)];
  const { serial } = holderOf(name);
  const known = answers.get(name);
  const made =
    known ?? base64Of(makeOcsp({ issuer, responder, serial, state: 'good', thisUpdate: at }));
  answers.set(name, made);
  return made;
}

function kindOf(name: PersonName): Kind {
  return byGost.includes(name) ? 'gost512' : 'rsa';
}

function holderOf(name: PersonName): Holder {
  const known = holders.get(name);
  if (known !== undefined) return known;
  const kind = kindOf(name);
  const key = keyOf(kind, `model ${name}`);
  const holder = issueTo(persons[name], authorities[kind].issuer, key);
  holders.set(name, holder);
  return holder;
}

const kdp = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** The key by which the model's KDP signs: SubjectPublicKeyInfo in base64. */
export const kdpKey = base64Of(kdp.publicKey.export({ format: 'der', type: 'spki' }));

const tokens = new Map<string, string>();

/** A security token of the model's KDP, by its claims. */
export function token(claims: Readonly<Record<string, unknown>>): string {
  const place = JSON.stringify(claims);
  const known = tokens.get(place);
  if (known !== undefined) return known;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims)}`;
  const key = { key: kdp.privateKey, dsaEncoding: 'ieee-p1363' as const };
  const made = `${text}.${signWith('sha256', Buffer.from(text), key).toString('base64url')}`;
  tokens.set(place, made);
  return made;
}
