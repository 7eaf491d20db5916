/** The people of the demonstration with their keys, and KDP's: they sign what they are asked to. */
import { createHash, generateKeyPairSync, randomBytes, sign as signWith } from 'node:crypto';
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import { type Manifest, manifestBytes } from '../../../chaincode/kernel/eds/manifest.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import { msOf } from '../../../chaincode/kernel/instant.ts';
import { issueTo, keyOf, makeAuthority, type TestAuthority } from '../eds/authority.ts';
import type { Holder } from '../eds/certificates.ts';
import { people, type PersonName } from '../eds/people.ts';
import { makeOcsp } from '../eds/revocation-evidence.ts';
import { signMessage, stamp } from '../eds/signed-messages.ts';

/** 32 random octets in hex. */
export function salt(): string {
  return randomBytes(32).toString('hex');
}

/** A random UUID of version 4. */
export function id(): string {
  return crypto.randomUUID();
}

/** Signs for everybody: the demonstration's own authority issued all the certificates. */
export class Signers {
  readonly authority: TestAuthority;
  readonly #seed: string;
  readonly #holders = new Map<PersonName, Holder>();
  readonly #kdp = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(seed = 'kepil demonstration') {
    this.#seed = seed;
    this.authority = makeAuthority({ seed });
  }

  /** The public key of the demonstration's KDP: SubjectPublicKeyInfo in base64. */
  get kdpKey(): string {
    return base64Of(this.#kdp.publicKey.export({ format: 'der', type: 'spki' }));
  }

  /** By what an organisation names its head (OR-1); the same each time, as the keys are. */
  headSalt(name: PersonName): string {
    return hashOf(`${this.#seed} salt of ${name}`);
  }

  /** A manifest signed by a person, time-stamped, with an answer on the certificate. */
  sign(name: PersonName, manifest: Manifest, at: Instant) {
    const { issuer, responder, timeStamper } = this.authority;
    const holder = this.#holder(name);
    const signature = signMessage({
      content: manifestBytes(manifest),
      signers: [
        {
          holder,
          signingTime: at,
          stamp: (bytes) => stamp(bytes, { service: timeStamper, at }),
        },
      ],
    });
    const ocsp = makeOcsp({
      issuer,
      responder,
      serial: holder.serial,
      state: 'good',
      thisUpdate: at,
    });
    return { signature: base64Of(signature), ocsps: [base64Of(ocsp)] };
  }

  /** A security token of the demonstration's KDP. */
  token(claims: { sub: string; cbin: string; access: readonly string[] }, at: Instant): string {
    const iat = Math.floor(msOf(at) / 1000);
    const body = { ...claims, iat, exp: iat + 86_400, jti: id() };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'ES256', typ: 'JWT' })}.${part(body)}`;
    const key = { key: this.#kdp.privateKey, dsaEncoding: 'ieee-p1363' as const };
    return `${signed}.${signWith('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }

  #holder(name: PersonName): Holder {
    const known = this.#holders.get(name);
    if (known !== undefined) return known;
    const key = keyOf('gost512', `${this.#seed} ${name}`);
    const holder = issueTo(people[name], this.authority.issuer, key);
    this.#holders.set(name, holder);
    return holder;
  }
}

/** SHA-256 of a text in hex: documents of the demonstration are short texts. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
