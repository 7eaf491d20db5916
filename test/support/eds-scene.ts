import { issueTo, makeAuthority, type TestAuthority } from '../../gateway/stands/eds/authority.ts';
import type { CertificateRequest, Holder } from '../../gateway/stands/eds/certificates.ts';
import { gostSigningKey } from '../../gateway/stands/eds/keys.ts';
import { people, type PersonName } from '../../gateway/stands/eds/people.ts';
import {
  makeCrl,
  makeOcsp,
  type ListOptions,
  type OcspOptions,
} from '../../gateway/stands/eds/revocation-evidence.ts';
import {
  signMessage,
  stamp,
  type SignerOptions,
  type SigningOptions,
} from '../../gateway/stands/eds/signed-messages.ts';
import { ledgerPolicy, type Policy } from '../../chaincode/kernel/eds/policy.ts';
import { trustOf, type Trust } from '../../chaincode/kernel/eds/trust.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { verify, type Evidence, type Moments } from '../../chaincode/kernel/eds/verify.ts';
import { utf8Of } from '../../chaincode/kernel/bytes.ts';
import { knownInstant, type Instant } from '../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';

/** Everything that a test of signatures needs: an authority, people, a document, and its day. */

/** Made once: keys and certificates cost more than the tests that use them. */
const authorities = new Map<string, TestAuthority>();

export function authority(kind: 'gost512' | 'rsa' = 'gost512', seed = 'tests'): TestAuthority {
  const name = `${kind} ${seed}`;
  const made = authorities.get(name) ?? makeAuthority({ seed, kind });
  authorities.set(name, made);
  return made;
}

/** Moments of the one day on which these tests play. */
export function at(time: string): Instant {
  return knownInstant(`2026-06-15T${time}.000Z`);
}
export const signedAt = at('10:00:00');
export const stampedAt = at('10:00:02');
export const now = at('10:05:00');

const holders = new Map<string, Holder>();

/** A person with a certificate of the test authority, changed where a test wants it otherwise. */
export function holder(name: PersonName, changes?: Partial<CertificateRequest>): Holder {
  const known = changes ? undefined : holders.get(name);
  const made =
    known ?? issueTo(people[name], authority().issuer, gostSigningKey(`tests ${name}`), changes);
  if (!changes) holders.set(name, made);
  return made;
}

export const document = utf8Of('Кепіл шарты № 1');

/** How this person signs unless a test says otherwise: bound, dated and stamped. */
export function signer(by: Holder, changes: Partial<SignerOptions> = {}): SignerOptions {
  return {
    holder: by,
    signingTime: signedAt,
    stamp: (signature) => stamp(signature, { service: authority().timeStamper, at: stampedAt }),
    ...changes,
  };
}

/** A message signed by one person. */
export function signed(
  by: Holder = holder('pledgor'),
  changes: Partial<SignerOptions> = {},
  message: Partial<SigningOptions> = {},
): Uint8Array {
  return signMessage({ content: document, signers: [signer(by, changes)], ...message });
}

/** The answer of the authority's OCSP service, good and fresh unless a test says otherwise. */
export function ocsp(
  by: Holder = holder('pledgor'),
  changes: Partial<OcspOptions> = {},
): Uint8Array {
  const { issuer, responder } = authority();
  const thisUpdate = at('10:01:00');
  return makeOcsp({ issuer, responder, serial: by.serial, state: 'good', thisUpdate, ...changes });
}

/** The authority's list, with nobody on it unless a test says otherwise. */
export function crl(
  changes: Partial<ListOptions> = {},
  by: Holder = authority().issuer,
): Uint8Array {
  const thisUpdate = at('00:00:00');
  const nextUpdate = knownInstant('2026-06-22T00:00:00.000Z');
  return makeCrl(by, { number: 7, revoked: [], thisUpdate, nextUpdate, ...changes });
}

let trusted: Trust | undefined;

export function trust(changes: Partial<Trust> = {}): Trust {
  const { root, issuer, timeStamper } = authority();
  trusted ??= valueOrThrow(
    trustOf({
      version: 'tests',
      authorities: [root.certificate, issuer.certificate],
      timeStampers: [timeStamper.certificate],
    }),
  );
  return { ...trusted, ...changes };
}

export type Case = {
  readonly evidence?: Partial<Evidence>;
  readonly content?: Uint8Array;
  readonly trust?: Trust;
  readonly policy?: Partial<Policy>;
  readonly moments?: Moments;
};

/** Verifies as the ledger does: a pledgor's message with a good OCSP answer, but for the changes. */
export function verdictOf(changes: Case = {}): Verdict {
  return verify(
    { signature: signed(), ocsps: [ocsp()], ...changes.evidence },
    changes.content,
    changes.trust ?? trust(),
    { ...ledgerPolicy, ...changes.policy },
    changes.moments ?? { now },
  );
}

/** The codes of the reasons for which it is refused; none if it is accepted. */
export function codesOf({ reasons }: Pick<Verdict, 'reasons'>): readonly string[] {
  return reasons.map(({ code }) => code);
}
