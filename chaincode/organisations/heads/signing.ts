/** Signatures as head: by the certificate's role and by the organisation's list, both (OR-1). */
import { localDateOf } from '../../kernel/almaty.ts';
import type { ManifestExpected } from '../../kernel/eds/manifest.ts';
import { accepted, andThen, type Outcome } from '../../kernel/outcome.ts';
import { personHash } from '../../kernel/person-hash.ts';
import type { Reader } from '../../ledger/reader.ts';
import { type Evidence, type Findings, type Verified, verified } from '../../trust/evidence.ts';
import { inForce } from './rules.ts';
import { keepsList, listed, sealedHead } from './store.ts';

/** What a head has signed, and what shows that the organisation names this head. */
export type HeadSigned = {
  readonly headIin?: string | undefined;
  readonly headSalt?: string | undefined;
  readonly evidence: Evidence;
  readonly found: Findings;
};

/** Whether the head of an organisation has signed, one in force at the time of signing. */
export async function signedByHead(
  ledger: Reader,
  bin: string,
  { headIin, headSalt, evidence, found }: HeadSigned,
  expected: Pick<ManifestExpected, 'purpose' | 'record' | 'revision'>,
): Promise<Outcome<Verified>> {
  const signer = { iin: headIin, bin, roles: ['head'] as const };
  const signature = await verified(ledger, evidence, found, signer, expected);
  return signature.ok ? byListed(ledger, bin, signature.value, headSalt) : signature;
}

/** Whether who signed as head was one by the organisation's list when it was signed. */
export async function byListed(
  ledger: Reader,
  bin: string,
  signature: Verified,
  salt: string | undefined,
): Promise<Outcome<Verified>> {
  const { signerIin, signedAt } = signature;
  const found =
    salt === undefined || signerIin === undefined
      ? ({ state: 'ABSENT' } as const)
      : await sealedHead(ledger, bin, personHash(salt, signerIin));
  if (found.state === 'ABSENT' && !(await keepsList(ledger, bin))) return accepted(signature);
  const head = andThen(listed(found), (value) => inForce(value, localDateOf(signedAt)));
  return head.ok ? accepted(signature) : head;
}
