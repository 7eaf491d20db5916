import type { ExpectedSigner } from '../kernel/eds/policy.ts';

/** Who may sign for a legal entity: whose certificate gives the right to sign for its BIN (SE-3). */
export function signatoryOf(bin: string, iin: string | undefined): ExpectedSigner {
  return { bin, roles: ['head', 'signatory'], ...(iin === undefined ? {} : { iin }) };
}
