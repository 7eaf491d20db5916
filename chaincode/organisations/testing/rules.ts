/** Which tokens are successful answers of KDP's test environment (OR-4; 002 cl. 11). */
import { instantOfSeconds, type Instant } from '../../kernel/instant.ts';
import type { Claims } from '../../kernel/jwt/verify-jwt.ts';
import { accepted, type Outcome, refused, unlessRefused } from '../../kernel/outcome.ts';
import { kdpClaims } from '../../trust/kdp-claims.ts';
import { refuse } from '../refusals.ts';
import type { Integration } from '../schema.ts';

const norm = 'OR-4; 002 cl. 11';

/**
 * Whether a token whose signature is right was given to this organisation in its tests, and still
 * held when it came. What the token grants is in its claims: without any access they are unreadable.
 */
export function isTestAnswer(
  claims: Claims,
  { bin, decidedAt }: Pick<Integration, 'bin' | 'decidedAt'>,
  answeredAt: Instant,
): Outcome<null> {
  const read = kdpClaims.safeParse(claims);
  if (!read.success) return refused(refuse('TEST_ANSWER_UNREADABLE', { norm, field: '/token' }));
  const { cbin, iat, exp } = read.data;
  const expiresAt = instantOfSeconds(exp, 0);
  // A token states whole seconds: one of the decision's own second is not before it.
  const isEarly = decidedAt === undefined || instantOfSeconds(iat, 999_000_000) < decidedAt;
  const faults = [
    ...(cbin === bin ? [] : [refuse('TEST_ANSWER_OF_ANOTHER_INITIATOR', { norm })]),
    ...(isEarly
      ? [
          refuse('TEST_ANSWER_OUTSIDE_PERIOD', {
            norm,
            field: '/token',
            params: { at: instantOfSeconds(iat, 0) },
          }),
        ]
      : []),
    ...(answeredAt < expiresAt
      ? []
      : [refuse('TEST_ANSWER_EXPIRED', { norm, params: { expiresAt } })]),
  ];
  return unlessRefused(faults, null);
}

/** The act that was signed is the one that the ledger's answers make. */
export function isActOf(current: string, signed: string | undefined): Outcome<null> {
  return current === signed
    ? accepted(null)
    : refused(refuse('TEST_ACT_DIFFERS', { norm, field: '/act', params: { act: current } }));
}
