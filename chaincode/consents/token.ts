/** The terms of a security token of KDP, for the consent that it was given for (CN-3). */
import type { Bin } from '../kernel/bin.ts';
import type { Claims } from '../kernel/jwt/verify-jwt.ts';
import { instantOfSeconds, type Instant } from '../kernel/instant.ts';
import { type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import { kdpClaims } from '../trust/kdp-claims.ts';
import { refuse } from './refusals.ts';
import type { TokenTerms } from './schema.ts';

/** What the token has to be about. */
export type TokenExpected = {
  /** Of the subject, and of who represents the subject by law (CN-1). */
  readonly iins: readonly string[];
  readonly initiator: Bin;
  readonly services: readonly string[];
  /** The present, by the transaction. */
  readonly now: Instant;
};

/** The terms of a token whose signature is right, if it is of this person, for us and for this. */
export function termsOf(
  claims: Claims,
  hashes: Pick<TokenTerms, 'tokenHash' | 'key'>,
  expected: TokenExpected,
): Outcome<TokenTerms> {
  const read = kdpClaims.safeParse(claims);
  if (!read.success) return refused(refuse('TOKEN_TERMS_UNREADABLE', { norm: 'CN-3' }));
  const { sub, cbin, access, iat, exp } = read.data;
  const expiresAt = instantOfSeconds(exp, 0);
  const narrow = expected.services.filter((service) => !access.includes(service));
  const faults = [
    ...(expected.iins.includes(sub)
      ? []
      : [refuse('CONSENT_OF_ANOTHER_PERSON', { norm: 'CN-1; CN-3' })]),
    ...(cbin === expected.initiator
      ? []
      : [refuse('CONSENT_TO_ANOTHER_INITIATOR', { norm: 'CN-3' })]),
    ...narrow.map((service) =>
      refuse('CONSENT_SCOPE_TOO_NARROW', { norm: 'CN-3', params: { service } }),
    ),
    ...(expected.now < expiresAt
      ? []
      : [refuse('TOKEN_EXPIRED', { norm: 'CN-3; CN-5', params: { expiresAt } })]),
  ];
  const terms = {
    ...hashes,
    services: [...expected.services],
    issuedAt: instantOfSeconds(iat, 0),
    expiresAt,
  };
  return unlessRefused(faults, terms);
}
