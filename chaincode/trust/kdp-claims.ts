/**
 * What a security token of KDP says (CN-3).
 *
 * The names of its claims are not public; these are assumed, and a token that states its terms by
 * other names is refused rather than guessed at.
 */
import { z } from 'zod';
import { serviceName } from '../kernel/service-name.ts';

const secondsMax = 4_102_444_800;

export const kdpClaims = z.object({
  /** IIN of the subject. */
  sub: z.string().regex(/^\d{12}$/),
  /** BIN of the initiator. */
  cbin: z.string().regex(/^\d{12}$/),
  access: z.array(serviceName).min(1).max(50),
  iat: z.int().min(0).max(secondsMax),
  exp: z.int().min(0).max(secondsMax),
});
