import { refusalsOf, type Outcome } from '../outcome.ts';
import { parseCertificate } from './certificate.ts';
import { isListOf, crlFault, staleFault } from './crl-evidence.ts';
import { parseCrl } from './crl.ts';
import { matchFault } from './expected-signers.ts';
import { fileOf, type KnownFile } from './file-kind.ts';
import { ageFault, issuerOfAnswer, responseFault } from './ocsp-evidence.ts';
import { parseOcsp } from './ocsp.ts';
import type { Policy } from './policy.ts';
import { refuse } from './refusals.ts';
import { issuedFault, type SignatureCache } from './signature-check.ts';
import { judgeCertificate, unjudged, type Judging } from './signer.ts';
import { verifyTimeStamp } from './stamped-time.ts';
import { parseTimeStamp } from './time-stamp.ts';
import type { Trust } from './trust.ts';
import { Findings, type EvidenceKind, type SignerVerdict, type Verdict } from './verdict.ts';
import { judgingOf, verify, type Evidence, type Moments } from './verify.ts';
import { sameBytes } from './bytes.ts';

/** What a file is verified with. */
export type Verifying = {
  /** What is given beside the file. */
  readonly evidence: Omit<Evidence, 'signature'>;
  readonly content: Uint8Array | undefined;
  readonly trust: Trust;
  readonly policy: Policy;
  readonly moments: Moments;
  readonly cache?: SignatureCache;
};

/**
 * Verifies a DER file of any kind that surrounds signatures: a signature, or by itself a
 * certificate, a list of revoked certificates, an OCSP response or a time stamp.
 */
export function verifyFile(bytes: Uint8Array, verifying: Verifying): Verdict {
  const file = fileOf(bytes);
  const { trust } = verifying;
  if (!file.ok) return alone('signature', trust, withFaults(file), []);
  const { kind, der } = file.value;
  if (kind === 'signature') {
    const { evidence, content, policy, moments, cache } = verifying;
    return verify({ ...evidence, signature: der }, content, trust, policy, moments, cache);
  }
  const findings = new Findings();
  const { evidence, policy, moments, cache } = verifying;
  const judging = judgingOf(evidence, trust, policy, moments, findings, cache);
  return verifyAlone(file.value, verifying, judging);
}

function verifyAlone({ kind, der }: KnownFile, verifying: Verifying, judging: Judging): Verdict {
  const { trust, findings } = judging;
  switch (kind) {
    case 'certificate':
      return alone(kind, trust, findings, certificateVerdict(der, judging));
    case 'crl':
      judgeCrl(der, judging);
      return alone(kind, trust, findings, []);
    case 'ocsp':
      judgeOcsp(der, judging);
      return alone(kind, trust, findings, []);
    case 'timeStamp':
      return alone(kind, trust, findings, timeStampVerdict(der, verifying.content, judging));
    default:
      findings.fault(refuse('INPUT_UNKNOWN'));
      return alone('signature', trust, findings, []);
  }
}

function alone(
  kind: EvidenceKind,
  trust: Trust,
  { reasons, notes }: Findings,
  signers: readonly SignerVerdict[],
): Verdict {
  const ok = reasons.length === 0;
  return { ok, kind, reasons, notes, trustVersion: trust.version, content: 'none', signers };
}

function withFaults(outcome: Outcome<unknown>): Findings {
  const findings = new Findings();
  for (const refusal of refusalsOf(outcome)) findings.fault(refusal);
  return findings;
}

/** The value, or its refusals among the findings. */
function kept<T>(outcome: Outcome<T>, findings: Findings): T | undefined {
  for (const refusal of refusalsOf(outcome)) findings.fault(refusal);
  return outcome.ok ? outcome.value : undefined;
}

function certificateVerdict(der: Uint8Array, judging: Judging): readonly SignerVerdict[] {
  const { findings, moments, checks, policy } = judging;
  const certificate = kept(parseCertificate(der), findings);
  if (certificate === undefined) return [];
  const at = moments.at ?? moments.now;
  if (at === undefined) findings.fault(refuse('TIME_UNKNOWN'));
  if (sameBytes(certificate.issuer.bytes, certificate.subject.bytes)) {
    const invalid = refuse('CERT_SIG_INVALID');
    findings.fault(issuedFault(checks, certificate, certificate, invalid), '/signers/0/chain/0');
  }
  const judged = judgeCertificate(certificate, judging.certificates, at, judging, '/signers/0');
  const verdict: SignerVerdict = {
    ...unjudged,
    ...judged,
    ok: findings.reasons.length === 0,
    signingTime: undefined,
    judgedAt: at,
    judgedBy: at && 'given',
  };
  findings.fault(matchFault([verdict], policy.signers), '/signers');
  return [verdict];
}

function judgeCrl(der: Uint8Array, { trust, findings, moments, checks, policy }: Judging): void {
  const crl = kept(parseCrl(der, policy.limits), findings);
  if (crl === undefined) return;
  const issuer = trust.authorities.find((authority) => isListOf(crl, authority));
  findings.fault(issuer ? crlFault(crl, issuer, checks) : refuse('CHAIN_INCOMPLETE'));
  const at = moments.at ?? moments.now;
  findings.fault(at ? staleFault(crl, { at, now: undefined }) : refuse('TIME_UNKNOWN'));
}

function judgeOcsp(der: Uint8Array, judging: Judging): void {
  const { trust, findings, moments, checks, policy } = judging;
  const response = kept(parseOcsp(der), findings);
  if (response === undefined) return;
  if (response.status !== 'successful') {
    const { status } = response;
    findings.fault(refuse('OCSP_REFUSED', { params: { status } }));
    return;
  }
  const { basic } = response;
  const at = moments.at ?? moments.now;
  if (at === undefined) findings.fault(refuse('TIME_UNKNOWN'));
  for (const answer of basic.answers) {
    const issuer = issuerOfAnswer(answer, trust.authorities, checks);
    const fault = issuer
      ? responseFault(basic, { issuer, checks, policy, trust })
      : refuse('CHAIN_INCOMPLETE');
    findings.fault(fault);
    if (at) findings.fault(ageFault(answer, { at, now: moments.now, policy }));
  }
}

function timeStampVerdict(
  der: Uint8Array,
  stamped: Uint8Array | undefined,
  judging: Judging,
): readonly SignerVerdict[] {
  const { trust, findings, checks } = judging;
  const token = kept(parseTimeStamp(der), findings);
  if (token === undefined) return [];
  const stamp = verifyTimeStamp(token, stamped, trust.timeStampers, checks, findings, '');
  if (!stamp.trusted) findings.fault(refuse('TST_UNTRUSTED'));
  const ok = findings.reasons.length === 0;
  return [{ ...unjudged, ok, signingTime: undefined, timeStamp: stamp }];
}
