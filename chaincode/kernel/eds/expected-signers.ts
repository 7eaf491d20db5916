import type { ExpectedSigner } from './policy.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import type { SignerVerdict } from './verdict.ts';

/** Why the signers are not exactly the expected ones, or undefined if they are. */
export function matchFault(
  signers: readonly SignerVerdict[],
  expected: readonly ExpectedSigner[] | undefined,
): Refusal | undefined {
  if (expected === undefined) return undefined;
  if (signers.length !== expected.length) return refuse('SIGNERS_MISMATCH');
  if (assignable(signers, expected, fits)) return undefined;
  // Right persons in the wrong role are told apart, since they can sign again with another key.
  return assignable(signers, expected, isPerson)
    ? refuse('ROLE_MISMATCH')
    : refuse('SIGNERS_MISMATCH');
}

/** Pairs each signer with one expectation of its own, as one pairs guests with place cards. */
function assignable(
  signers: readonly SignerVerdict[],
  expected: readonly ExpectedSigner[],
  pairs: (signer: SignerVerdict, expectation: ExpectedSigner) => boolean,
): boolean {
  const taken: (number | undefined)[] = expected.map(() => undefined);
  const seat = (index: number, tried: Set<number>): boolean =>
    expected.some((expectation, place) => {
      const signer = signers[index];
      if (signer === undefined || tried.has(place) || !pairs(signer, expectation)) return false;
      tried.add(place);
      const before = taken[place];
      if (before !== undefined && !seat(before, tried)) return false;
      taken[place] = index;
      return true;
    });
  return signers.every((_, index) => seat(index, new Set()));
}

function isPerson({ subject }: SignerVerdict, { iin, bin }: ExpectedSigner): boolean {
  if (subject === undefined || subject.ambiguous) return false;
  return (
    (iin === undefined || subject.person?.iin === iin) && (bin === undefined || subject.bin === bin)
  );
}

function fits(signer: SignerVerdict, expected: ExpectedSigner): boolean {
  const { roles } = expected;
  const held = signer.subject?.roles ?? [];
  return isPerson(signer, expected) && (!roles || roles.some((role) => held.includes(role)));
}
