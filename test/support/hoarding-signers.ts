/** Security tokens that somebody keeps, rewrites and shows again. */
import { type Instant, instantOfMs, msOf } from '../../chaincode/kernel/instant.ts';
import { Signers } from '../../gateway/stands/story/signers.ts';

/** A KDP whose tokens somebody keeps and shows again, or that issued them at another time. */
export class HoardingSigners extends Signers {
  issuesAt: Instant | undefined;
  readonly #known = new Map<string, string>();
  #rewrite: ((token: string) => string) | undefined;

  /** From now on every further token of a person is the first one, rewritten; or a new one again. */
  hoards(rewrite: ((token: string) => string) | undefined): void {
    this.#rewrite = rewrite;
    this.#known.clear();
    this.issuesAt = undefined;
  }

  override token(claims: Parameters<Signers['token']>[0], at: Instant): string {
    const earlier = this.#known.get(claims.sub);
    if (this.#rewrite !== undefined && earlier !== undefined) return this.#rewrite(earlier);
    const token = super.token(claims, this.issuesAt ?? at);
    this.#known.set(claims.sub, token);
    return token;
  }
}

/** When a token that was issued at an instant was issued, and when it expires. */
export function lifeOf(instant: Instant) {
  const issued = Math.floor(msOf(instant) / 1000) * 1000;
  return { issuedAt: instantOfMs(issued), expiresAt: instantOfMs(issued + 86_400_000) };
}

/** The token with the negative of its signature's second half, which verifies as well. */
export function otherSignature(token: string): string {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const end = token.lastIndexOf('.') + 1;
  const signature = Buffer.from(token.slice(end), 'base64url').toString('hex');
  const s = order - BigInt(`0x${signature.slice(64)}`);
  const other = signature.slice(0, 64) + s.toString(16).padStart(64, '0');
  return token.slice(0, end) + Buffer.from(other, 'hex').toString('base64url');
}
