import { parseBin } from '../bin.ts';
import { parseIin } from '../iin.ts';
import { msOf, type Instant } from '../instant.ts';
import type { Refusal } from '../refusal.ts';
import type { Certificate } from './certificate.ts';
import { chainOf, validityFaults, type Chain } from './chain.ts';
import { contentTypes, type SignedData, type SignerInfo } from './cms.ts';
import type { Policy } from './policy.ts';
import { refuse } from './refusals.ts';
import { judgeRevocation } from './revocation.ts';
import type { RevocationEvidence } from './revocation-question.ts';
import { usageOids } from './roles.ts';
import type { Checks } from './signature-check.ts';
import { messageFault } from './signed-message.ts';
import { bindingFault, certificateOfSigner } from './signer-certificate.ts';
import { verifyTimeStamp } from './stamped-time.ts';
import { subjectOf, type Subject } from './subject.ts';
import { parseTimeStamp } from './time-stamp.ts';
import type { Trust } from './trust.ts';
import {
  summaryOf,
  type Findings,
  type RevocationVerdict,
  type SignerVerdict,
  type TimeStampVerdict,
} from './verdict.ts';
import type { Moments } from './verify.ts';

/** What every part of one verification shares. */
export type Judging = {
  readonly trust: Trust;
  readonly policy: Policy;
  readonly moments: Moments;
  readonly checks: Checks;
  readonly findings: Findings;
  /** Certificates given beside the message. */
  readonly certificates: readonly Certificate[];
  readonly revocation: RevocationEvidence;
};

/** Judges one signer of a message: signature, binding, time, certificate, revocation. */
export function judgeSigner(
  signer: SignerInfo,
  index: number,
  message: SignedData,
  content: Uint8Array | undefined,
  judging: Judging,
): SignerVerdict {
  const { policy, checks, findings } = judging;
  const field = `/signers/${index}`;
  const before = findings.reasons.length;
  const others = [...message.certificates, ...judging.certificates];
  const certificate = certificateOfSigner(signer, others);
  for (const oid of signer.unknownAttributes) {
    findings.fault(refuse('ATTRIBUTE_UNKNOWN', { params: { oid } }), field);
  }
  const signingTime = signer.signedAttributes?.signingTime;
  const nothing = { ok: false, signingTime, ...unjudged };
  if (certificate === undefined) {
    findings.fault(refuse('SIGNER_CERT_MISSING'), field);
    return nothing;
  }
  const fault = content && messageFault(signer, content, contentTypes.data, certificate, checks);
  findings.fault(fault, field);
  const required = policy.signingCertificate === 'required';
  const binding = { required, sha1: false };
  findings.fault(bindingFault(signer, certificate, checks, binding), field);
  const time = timeOf(signer, field, judging);
  if (time.at && signingTime && msOf(signingTime) > msOf(time.at) + policy.clockSkewMs) {
    findings.note(refuse('SIGNING_TIME_LATER'), `${field}/signingTime`);
  }
  const judged = judgeCertificate(certificate, others, time.at, judging, field);
  usageFaults(certificate, policy).forEach((refusal) =>
    findings.fault(refusal, `${field}/certificate`),
  );
  return {
    ...judged,
    ok: findings.reasons.length === before,
    signingTime,
    judgedAt: time.at,
    judgedBy: time.by,
    timeStamp: time.stamp,
  };
}

/** What stands where nothing could be judged. */
export const unjudged = {
  subject: undefined,
  certificate: undefined,
  judgedAt: undefined,
  judgedBy: undefined,
  timeStamp: undefined,
  chain: [],
  revocation: { status: 'notChecked' },
} as const;

type SigningTime = {
  readonly at: Instant | undefined;
  readonly by: SignerVerdict['judgedBy'];
  readonly stamp: TimeStampVerdict | undefined;
};

/** The moment to judge at: that of a trusted time stamp, or the one given where policy lets it. */
function timeOf(signer: SignerInfo, field: string, judging: Judging): SigningTime {
  const { policy, moments, findings } = judging;
  const stamp = stampOf(signer, `${field}/timeStamp`, judging);
  if (stamp?.trusted) return { at: stamp.time, by: 'timeStamp', stamp };
  const required = policy.timeStamp === 'required';
  const proof = stamp
    ? refuse('TST_UNTRUSTED')
    : signer.timeStamp
      ? undefined
      : refuse('TST_MISSING');
  if (required) {
    findings.fault(proof, `${field}/timeStamp`);
    return { at: undefined, by: undefined, stamp };
  }
  findings.note(proof, `${field}/timeStamp`);
  if (moments.at === undefined) findings.fault(refuse('TIME_UNKNOWN'), field);
  return { at: moments.at, by: moments.at && 'given', stamp };
}

function stampOf(
  signer: SignerInfo,
  field: string,
  { trust, policy, moments, checks, findings }: Judging,
): TimeStampVerdict | undefined {
  if (signer.timeStamp === undefined) return undefined;
  const token = parseTimeStamp(signer.timeStamp);
  if (!token.ok) {
    findings.fault(token.refusals[0], field);
    return undefined;
  }
  const pins = trust.timeStampers;
  const stamp = verifyTimeStamp(token.value, signer.signature, pins, checks, findings, field);
  const bounds = [moments.at, moments.now].filter((moment) => moment !== undefined);
  const late = bounds.some((moment) => msOf(stamp.time) > msOf(moment) + policy.clockSkewMs);
  // A token of a stranger proves no time, so it cannot be too late either.
  if (late && stamp.trusted) findings.fault(refuse('TST_LATER'), field);
  return stamp;
}

/** What is found of a certificate: whose it is, by what chain, and whether it was revoked. */
export type CertificateJudgement = Pick<
  SignerVerdict,
  'subject' | 'certificate' | 'chain' | 'revocation'
>;

/** Judges a certificate at a moment: its way up to a pin, validity, subject, revocation. */
export function judgeCertificate(
  certificate: Certificate,
  others: readonly Certificate[],
  at: Instant | undefined,
  judging: Judging,
  field: string,
): CertificateJudgement {
  const { trust, checks, findings, policy } = judging;
  const pins = trust.authorities;
  const chain = chainOf(certificate, pins, others, checks);
  const late = at === undefined ? [] : validityFaults(chain, at);
  for (const { step, refusal } of [...chain.faults, ...late]) {
    findings.fault(refusal, `${field}/chain/${step}`);
  }
  const subject = subjectOf(certificate);
  if (policy.checkDigits && !numbersHold(subject)) {
    findings.fault(refuse('CHECK_DIGIT'), `${field}/subject`);
  }
  return {
    subject,
    certificate: summaryOf(certificate, pins),
    chain: chain.certificates.map((each) => summaryOf(each, pins)),
    revocation: at === undefined ? unjudged.revocation : revocationOf(chain, at, judging, field),
  };
}

function revocationOf(
  { certificates: [certificate, issuer] }: Chain,
  at: Instant,
  judging: Judging,
  field: string,
): RevocationVerdict {
  const { trust, policy, checks, findings, moments } = judging;
  // Without its issuer nothing can be said of a certificate, and the chain's fault says so already.
  if (certificate === undefined || issuer === undefined) return unjudged.revocation;
  const question = { certificate, issuer, at, now: moments.now, trust, policy, checks };
  const outcome = judgeRevocation(question, judging.revocation);
  for (const refusal of outcome.faults) findings.fault(refusal, `${field}/revocation`);
  for (const refusal of outcome.notes) findings.note(refusal, `${field}/revocation`);
  return outcome.verdict;
}

/** Whether IIN and BIN are such as are given out; the published test numbers are not. */
function numbersHold({ person, bin }: Subject): boolean {
  return (!person || parseIin(person.iin).ok) && (bin === undefined || parseBin(bin).ok);
}

/** Why the key may not sign documents. */
export function usageFaults(certificate: Certificate, policy: Policy): readonly Refusal[] {
  const { keyUsage, extendedKeyUsage = [] } = certificate;
  const { ambiguous, person, bin } = subjectOf(certificate);
  const faults: Refusal[] = [];
  if (!keyUsage?.includes('nonRepudiation')) faults.push(refuse('KEY_USAGE'));
  const signs = extendedKeyUsage.includes(usageOids.signature);
  const authenticates = extendedKeyUsage.includes(usageOids.authentication);
  if (!signs && (authenticates || policy.signatureUsage === 'required')) {
    faults.push(refuse('EKU_NOT_SIGNATURE'));
  }
  if (ambiguous || (!person && bin === undefined)) faults.push(refuse('SUBJECT_UNREADABLE'));
  return faults;
}
