import type { Instant } from '../instant.ts';
import type { Refusal } from '../refusal.ts';
import { crlFindings } from './crl-evidence.ts';
import type { RevocationReason } from './crl.ts';
import { ocspFindings } from './ocsp-evidence.ts';
import { refuse } from './refusals.ts';
import type {
  RevocationEvidence,
  RevocationFinding,
  RevocationQuestion,
} from './revocation-question.ts';
import type { RevocationVerdict } from './verdict.ts';

export type RevocationOutcome = {
  readonly verdict: RevocationVerdict;
  readonly faults: readonly Refusal[];
  readonly notes: readonly Refusal[];
};

/**
 * Judges whether a certificate was revoked at a moment. Any proof of revocation outweighs all that
 * says otherwise; one good and fresh answer is enough; evidence that fails is a fault only where
 * nothing better was given.
 */
export function judgeRevocation(
  question: RevocationQuestion,
  evidence: RevocationEvidence,
): RevocationOutcome {
  if (evidence.crls.length === 0 && evidence.ocsps.length === 0) return nothingGiven(question);
  const findings = [...ocspFindings(question, evidence), ...crlFindings(question, evidence.crls)];
  const failed = findings.flatMap((found) => (found.kind === 'fault' ? [found.refusal] : []));
  const bad = findings.filter((found) => found.kind === 'revoked' || found.kind === 'notIssued');
  const worst = bad.find((found) => proves(found, question.at)) ?? bad[0];
  if (worst) return revoked(worst, question.at, failed);
  const good = findings.find((found) => found.kind === 'good');
  if (good) {
    const { source, asOf } = good;
    return { verdict: { status: 'good', source, asOf }, faults: [], notes: failed };
  }
  const faults = failed.length > 0 ? failed : [refuse('REVOCATION_UNKNOWN')];
  return { verdict: { status: 'unknown' }, faults, notes: [] };
}

function nothingGiven({ policy }: RevocationQuestion): RevocationOutcome {
  const refusal = refuse('REVOCATION_NOT_CHECKED');
  const verdict = { status: 'notChecked' } as const;
  return policy.revocation === 'required'
    ? { verdict, faults: [refusal], notes: [] }
    : { verdict, faults: [], notes: [refusal] };
}

type Bad = Extract<RevocationFinding, { kind: 'revoked' | 'notIssued' }>;

const compromises: readonly RevocationReason[] = ['keyCompromise', 'cACompromise', 'aACompromise'];

/** A key that others may have had proves nothing at any time, since times can be forged with it. */
function proves(found: Bad, at: Instant): boolean {
  if (found.kind === 'notIssued') return true;
  return found.revokedAt <= at || compromises.includes(found.reason);
}

function revoked(found: Bad, at: Instant, failed: readonly Refusal[]): RevocationOutcome {
  const { source, asOf } = found;
  if (found.kind === 'notIssued') {
    const verdict = { status: 'notIssued', source, asOf } as const;
    return { verdict, faults: [refuse('CERT_NOT_ISSUED')], notes: failed };
  }
  const { revokedAt, reason } = found;
  const counts = proves(found, at);
  const status = counts ? 'revoked' : 'revokedLater';
  const verdict = { status, source, asOf, revokedAt, reason } as const;
  return counts
    ? {
        verdict,
        faults: [refuse('CERT_REVOKED', { params: { revokedAt, reason } })],
        notes: failed,
      }
    : {
        verdict,
        faults: [],
        notes: [refuse('REVOKED_LATER', { params: { revokedAt } }), ...failed],
      };
}
