import { matchFault } from '../../../chaincode/kernel/eds/expected-signers.ts';
import type { Policy } from '../../../chaincode/kernel/eds/policy.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import type { SignatureCache } from '../../../chaincode/kernel/eds/signature-check.ts';
import {
  judgeCertificate,
  unjudged,
  usageFaults,
  type Judging,
} from '../../../chaincode/kernel/eds/signer.ts';
import type { Trust } from '../../../chaincode/kernel/eds/trust.ts';
import {
  Findings,
  type SignerVerdict,
  type Verdict,
} from '../../../chaincode/kernel/eds/verdict.ts';
import { judgingOf, type Evidence, type Moments } from '../../../chaincode/kernel/eds/verify.ts';
import { refusalsOf } from '../../../chaincode/kernel/outcome.ts';
import { verifyEnvelopedXml } from './enveloped-xml.ts';
import { verifySoapMessage } from './soap-message.ts';
import { parseXml } from './xml.ts';
import type { XmlSignature } from './xml-signature.ts';

/** What signed XML is verified with; the same as for a signed message (CMS). */
export type VerifyingXml = {
  readonly evidence: Omit<Evidence, 'signature'>;
  readonly trust: Trust;
  readonly policy: Policy;
  /** XML carries no time stamp, so the certificate is judged at `at`, or else at `now`. */
  readonly moments: Moments;
  readonly cache?: SignatureCache;
};

/** The verdict, and the only text that may be read further. */
export type VerifiedXml = {
  readonly verdict: Verdict;
  /** What each signer signed, as canonical XML; nothing where the verdict is a refusal. */
  readonly signedXml: readonly string[];
};

/** The forms in which the state's systems sign XML. */
export type XmlForm = 'enveloped' | 'soap';

/** The form that a text seems to have, for a person who does not say. */
export function xmlFormOf(text: string): XmlForm {
  const document = parseXml(text);
  const isEnvelope = document.ok && document.value.documentElement?.localName === 'Envelope';
  return isEnvelope ? 'soap' : 'enveloped';
}

/**
 * Verifies signed XML: the digests and signatures, then whose certificates they name, by the rules
 * that hold for every signature. A policy that requires a time stamp refuses all XML.
 */
export function verifyXml(form: XmlForm, text: string, verifying: VerifyingXml): VerifiedXml {
  const findings = new Findings();
  const { evidence, trust, policy, moments, cache } = verifying;
  const judging = judgingOf(evidence, trust, policy, moments, findings, cache);
  const signatures = signaturesOf(form, text, judging);
  const signers = signatures.map((signature, index) => judgeSigner(signature, index, judging));
  findings.fault(matchFault(signers, policy.signers), '/signers');
  const { reasons, notes } = findings;
  const ok = reasons.length === 0;
  const content = signatures.length > 0 ? 'attached' : 'none';
  const { version: trustVersion } = trust;
  return {
    verdict: { ok, kind: 'signature', reasons, notes, trustVersion, content, signers },
    signedXml: ok ? signatures.map(({ signedXml }) => signedXml) : [],
  };
}

function signaturesOf(form: XmlForm, text: string, judging: Judging): readonly XmlSignature[] {
  const { checks, findings } = judging;
  const found =
    form === 'soap' ? verifySoapMessage(text, checks) : verifyEnvelopedXml(text, checks);
  for (const refusal of refusalsOf(found)) findings.fault(refusal, '/signature');
  return found.ok ? [found.value].flat() : [];
}

function judgeSigner(
  { certificate }: XmlSignature,
  index: number,
  judging: Judging,
): SignerVerdict {
  const { policy, moments, findings } = judging;
  const field = `/signers/${index}`;
  const before = findings.reasons.length;
  if (policy.timeStamp === 'required') {
    findings.fault(refuse('TST_MISSING'), `${field}/timeStamp`);
  }
  const at = moments.at ?? moments.now;
  if (at === undefined) findings.fault(refuse('TIME_UNKNOWN'), field);
  const judged = judgeCertificate(certificate, judging.certificates, at, judging, field);
  for (const refusal of usageFaults(certificate, policy)) {
    findings.fault(refusal, `${field}/certificate`);
  }
  const ok = findings.reasons.length === before;
  return {
    ...unjudged,
    ...judged,
    ok,
    signingTime: undefined,
    judgedAt: at,
    judgedBy: at && 'given',
  };
}
