import type { Instant } from '../instant.ts';
import { sha256Hex } from '../sha256.ts';
import type { EvidenceFile } from './evidence-file.ts';
import type { ManifestExpected } from './manifest.ts';
import { ledgerPolicy, type ExpectedSigner, type Policy } from './policy.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import type { Trust } from './trust.ts';
import type { Verdict } from './verdict.ts';
import { verify, type Evidence } from './verify.ts';

/** What a signature had to be: whose, and under which text. */
export type Demand = { readonly signer: ExpectedSigner; readonly manifest: ManifestExpected };

/** The ledger's policy for one signature of one signer. */
export function policyFor({ signer, manifest }: Demand): Policy {
  return { ...ledgerPolicy, signers: [signer], manifest };
}

/**
 * The ledger's verdict on a signature, by the time of the transaction. Its holders keep all that it
 * follows from, so that each of them comes to the same one again, and so does whoever was given the
 * evidence file.
 */
export function ledgerVerdict(
  evidence: Evidence,
  trust: Trust,
  demand: Demand,
  now: Instant,
): Verdict {
  return verify(evidence, undefined, trust, policyFor(demand), { now });
}

/** What the ledger keeps of a signature, for everyone to see and for ever. */
export type Recorded = {
  /** SHA-256 of the signed message. */
  readonly cms?: string | undefined;
  /** SHA-256 of what was signed. */
  readonly manifest?: string | undefined;
};

/** In what an evidence file differs from what the ledger keeps. */
export function recordedFaults(
  { signature, content }: Pick<EvidenceFile, 'signature' | 'content'>,
  { cms, manifest }: Recorded,
): readonly Refusal[] {
  const differs = (field: string) => refuse('EVIDENCE_DIFFERS', { field });
  return [
    ...(cms === undefined || sha256Hex(signature) === cms ? [] : [differs('/signature')]),
    ...(manifest === undefined || (content && sha256Hex(content) === manifest)
      ? []
      : [differs('/content')]),
  ];
}
