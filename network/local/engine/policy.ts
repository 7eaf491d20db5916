import type { Identity, Role } from '../../identity/msp.ts';

/** What a policy looks at in an identity. */
export type PolicySubject = Pick<Identity, 'mspId' | 'certificatePem'> & { readonly role: Role };

/** A rule over who signed. */
export interface Policy {
  /** Identities whose signatures hold, each once. */
  admits(signers: readonly PolicySubject[]): boolean;
}

/** Would one endorsement by a peer of each of these organisations do? */
export function satisfiedByPeers(policy: Policy, mspIds: Iterable<string>): boolean {
  return policy.admits(
    [...new Set(mspIds)].map((mspId) => ({ mspId, certificatePem: '', role: 'peer' })),
  );
}
