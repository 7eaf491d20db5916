/**
 * What a security token of KDP says (CN-3).
 *
 * The names of its claims are not public; these are assumed, and a token that states its terms by
 * other names is refused rather than guessed at.
 */
import { z } from 'zod';
import type { Bin } from '../kernel/bin.ts';
import type { Claims } from '../kernel/jwt/verify-jwt.ts';
import { instantOfSeconds, type Instant } from '../kernel/instant.ts';
import { type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import { refuse } from './refusals.ts';
import { serviceName, type TokenTerms } from './schema.ts';

const secondsMax = 4_102_444_800;

const claimed = z.object({
  /** IIN of the subject. */
  sub: z.string().regex(/^\d{12}$/),
  /** BIN of the initiator. */
  cbin: z.string().regex(/^\d{12}$/),
  access: z.array(serviceName).min(1).max(50),
  iat: z.int().min(0).max(secondsMax),
  exp: z.int().min(0).max(secondsMax),
});

/** What the token has to be about. */
export type TokenExpected = {
  readonly iin: string;
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
  const read = claimed.safeParse(claims);
  if (!read.success) return refused(refuse('TOKEN_TERMS_UNREADABLE', { norm: 'CN-3' }));
  const { sub, cbin, access, iat, exp } = read.data;
  const expiresAt = instantOfSeconds(exp, 0);
  const narrow = expected.services.filter((service) => !access.includes(service));
  const faults = [
    ...(sub === expected.iin ? [] : [refuse('CONSENT_OF_ANOTHER_PERSON', { norm: 'CN-1; CN-3' })]),
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
