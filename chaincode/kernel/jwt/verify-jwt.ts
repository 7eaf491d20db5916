import { bytesOfBase64, hexOf, textOfUtf8, utf8Of } from '../bytes.ts';
import type { Json } from '../canonical-json.ts';
import { type DocumentHash, documentHashOf } from '../document-hash.ts';
import { bitOctets, type Der, oidOf, parsed, sequence } from '../eds/der.ts';
import { publicKeyOf } from '../eds/public-key.ts';
import { verifyRsa } from '../eds/rsa.ts';
import { parseJson } from '../json.ts';
import { accepted, andThen, type Outcome, refused } from '../outcome.ts';
import { sha256 } from '../sha256.ts';
import { lowerOf, verifyP256 } from './p256.ts';
import { refuse } from './refusals.ts';

/**
 * Security tokens of KDP: JSON Web Tokens in compact form (CN-3), verified under one key.
 *
 * The algorithm is the key's, not the token's choice. What the claims mean is for the caller: here
 * is only said that they are signed.
 */
export type TokenKey = {
  readonly algorithm: 'RS256' | 'ES256';
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
};

/** What a token claims: an object, by member. */
export type Claims = { readonly [name: string]: Json | undefined };

/** Longest token; one of KDP has some hundred characters for each service that it opens. */
const tokenCharactersMax = 16_384;

const ecPublicKey = '1.2.840.10045.2.1';
const curveP256 = '1.2.840.10045.3.1.7';

/** The claims of a token that this key has signed. */
export function verifyJwt(token: string, key: TokenKey): Outcome<Claims> {
  if (token.length > tokenCharactersMax) return refused(refuse('TOKEN_MALFORMED'));
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return refused(refuse('TOKEN_MALFORMED'));
  }
  const head = objectOf(header);
  if (!head.ok) return head;
  // An extension that must be understood is one that we do not understand.
  if (head.value['crit'] !== undefined) return refused(refuse('TOKEN_MALFORMED'));
  if (head.value['alg'] !== key.algorithm) return refused(refuse('TOKEN_ALGORITHM'));
  const signed = andThen(bytesOfBase64Url(signature), (bytes) =>
    isSigned(key, utf8Of(`${header}.${payload}`), bytes),
  );
  return andThen(signed, (isRight) =>
    isRight ? objectOf(payload) : refused(refuse('TOKEN_SIGNATURE')),
  );
}

/**
 * By what a token is known as one, whoever rewrites its signature. The signature counts too: of what
 * is signed alone, whoever guesses the subject could make the hash.
 */
export function identityOfJwt(token: string): DocumentHash {
  const end = token.lastIndexOf('.');
  const signature = bytesOfBase64Url(token.slice(end + 1));
  const bytes = signature.ok ? lowerOf(signature.value) : utf8Of(token);
  return documentHashOf(`${token.slice(0, end)}.${hexOf(bytes)}`);
}

function isSigned(key: TokenKey, message: Uint8Array, signature: Uint8Array): Outcome<boolean> {
  const digest = sha256(message);
  if (key.algorithm === 'ES256') {
    const point = parsed(key.publicKey, pointOfKey);
    return point.ok
      ? accepted(verifyP256(point.value, digest, signature))
      : refused(refuse('TOKEN_KEY_UNFIT'));
  }
  const rsa = parsed(key.publicKey, publicKeyOf);
  return rsa.ok && rsa.value.kind === 'rsa'
    ? accepted(verifyRsa(rsa.value, 'sha256', digest, signature))
    : refused(refuse('TOKEN_KEY_UNFIT'));
}

/** The uncompressed point of an elliptic key on P-256; nothing for another curve. */
function pointOfKey(node: Der): Uint8Array {
  const part = 'subjectPublicKeyInfo';
  const fields = sequence(node, part);
  const algorithm = sequence(fields.any(), part);
  const bits = bitOctets(fields.any(), part);
  fields.end();
  const names = [oidOf(algorithm.any(), part), oidOf(algorithm.any(), part)];
  algorithm.end();
  return names[0] === ecPublicKey && names[1] === curveP256 ? bits : new Uint8Array();
}

function objectOf(part: string): Outcome<Claims> {
  const text = andThen(bytesOfBase64Url(part), textOfUtf8);
  const json = andThen(text, (value) => parseJson(value, { maximumBytes: tokenCharactersMax }));
  return json.ok && isObject(json.value)
    ? accepted(json.value)
    : refused(refuse('TOKEN_MALFORMED'));
}

function isObject(json: Json): json is Claims {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Base64 of RFC 4648 section 5 without padding, as JWS writes it; strictly. */
function bytesOfBase64Url(text: string): Outcome<Uint8Array> {
  const isUrlSafe = /^[A-Za-z0-9_-]*$/.test(text);
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  const padded = standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');
  const bytes = bytesOfBase64(padded);
  return isUrlSafe && bytes.ok ? bytes : refused(refuse('TOKEN_MALFORMED'));
}
