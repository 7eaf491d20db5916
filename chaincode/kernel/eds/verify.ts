import type { Instant } from '../instant.ts';
import { refusalsOf, type Outcome } from '../outcome.ts';
import { sameBytes } from './bytes.ts';
import { parseCertificate, type Certificate } from './certificate.ts';
import { contentTypes, parseCms, type SignedData } from './cms.ts';
import { parseCrl, type RevocationList } from './crl.ts';
import { matchFault } from './expected-signers.ts';
import { demanded } from './manifest.ts';
import { parseOcsp, type BasicOcspResponse } from './ocsp.ts';
import type { Policy } from './policy.ts';
import { refuse } from './refusals.ts';
import type { Checks, SignatureCache } from './signature-check.ts';
import { judgeSigner, type Judging } from './signer.ts';
import type { Trust } from './trust.ts';
import { Findings, type SignerVerdict, type Verdict } from './verdict.ts';

/** A signature and what speaks for it, as bytes: all that a verdict can be made again from. */
export type Evidence = {
  /** The signed message (CMS) as DER. */
  readonly signature: Uint8Array;
  /** Certificates that are not inside the message; they are trusted no more for being given. */
  readonly certificates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocsps?: readonly Uint8Array[];
  /** The nonce of our own OCSP request, in hexadecimal. */
  readonly ocspNonce?: string;
};

/** The moments that a verification goes by; the verifier itself has no clock. */
export type Moments = {
  /** The moment to judge at where no trusted time stamp says when it was signed. */
  readonly at?: Instant | undefined;
  /** The present: a transaction's time. Nothing may be later, and freshness counts from it. */
  readonly now?: Instant | undefined;
};

/**
 * Verifies a signature: whether exactly the expected persons signed exactly this content, with keys
 * that were theirs and valid when they did.
 *
 * The verdict follows from the arguments alone, so that every organisation that holds the evidence
 * comes to the same one, at any time. Nothing is thrown for any input.
 *
 *     const verdict = verify({ signature, ocsps: [ocsp] }, undefined, trust, ledgerPolicy, { now });
 *     if (!verdict.ok) return refused(...verdict.reasons);
 */
export function verify(
  evidence: Evidence,
  content: Uint8Array | undefined,
  trust: Trust,
  policy: Policy,
  moments: Moments,
  cache?: SignatureCache,
): Verdict {
  const findings = new Findings();
  const message = kept(parseCms(evidence.signature, policy.limits), findings, '/signature');
  const judging = judgingOf(evidence, trust, policy, moments, findings, cache);
  if (message === undefined) return verdictOf(findings, trust, 'none', []);
  const signed = signedContent(message, content, findings);
  const signers = judgeSigners(message, signed, judging);
  findings.fault(matchFault(signers, policy.signers), '/signers');
  if (policy.manifest && signed) kept(demanded(signed, policy.manifest), findings, '/content');
  const state = signed === undefined ? 'missing' : message.content ? 'attached' : 'detached';
  return verdictOf(findings, trust, state, signers);
}

/** What every part of a verification shares. */
export function judgingOf(
  evidence: Omit<Evidence, 'signature'>,
  trust: Trust,
  policy: Policy,
  moments: Moments,
  findings: Findings,
  cache: SignatureCache | undefined,
): Judging {
  const maximum = policy.signatureChecksMax;
  const checks: Checks = { switches: policy.algorithms, cache, maximum, asked: 0 };
  const { limits } = policy;
  const certificates = given<Certificate>(evidence.certificates, '/certificates', findings, (der) =>
    parseCertificate(der),
  );
  const crls = given<RevocationList>(evidence.crls, '/crls', findings, (der) =>
    parseCrl(der, limits),
  );
  const revocation = { crls, ocsps: answered(evidence, findings), ocspNonce: evidence.ocspNonce };
  return { trust, policy, moments, checks, findings, certificates, revocation };
}

/** How many certificates, lists or responses are read beside a signature. */
const givenMax = 16;

/** Reads what was given beside the signature; what cannot be read is a fault of the whole. */
function given<T>(
  items: readonly Uint8Array[] | undefined,
  field: string,
  findings: Findings,
  read: (der: Uint8Array) => Outcome<T>,
): readonly T[] {
  if ((items ?? []).length > givenMax) {
    findings.fault(refuse('INPUT_TOO_COMPLEX', { params: { maximum: String(givenMax) } }), field);
  }
  return (items ?? []).slice(0, givenMax).flatMap((item, index) => {
    const value = kept(read(item), findings, `${field}/${index}`);
    return value === undefined ? [] : [value];
  });
}

/** The OCSP responses that hold an answer; a service's refusal is a fault. */
function answered(
  evidence: Omit<Evidence, 'signature'>,
  findings: Findings,
): readonly BasicOcspResponse[] {
  const responses = given(evidence.ocsps, '/ocsps', findings, parseOcsp);
  return responses.flatMap((response, index) => {
    if (response.status === 'successful') return [response.basic];
    const { status } = response;
    findings.fault(refuse('OCSP_REFUSED', { params: { status } }), `/ocsps/${index}`);
    return [];
  });
}

function kept<T>(outcome: Outcome<T>, findings: Findings, field: string): T | undefined {
  for (const refusal of refusalsOf(outcome)) findings.fault(refusal, field);
  return outcome.ok ? outcome.value : undefined;
}

/** The content that was signed: attached or given; if both, they must be the same. */
function signedContent(
  message: SignedData,
  content: Uint8Array | undefined,
  findings: Findings,
): Uint8Array | undefined {
  if (message.contentType !== contentTypes.data) {
    const params = { oid: message.contentType };
    findings.fault(refuse('CONTENT_TYPE', { params }), '/content');
  }
  if (message.content && content && !sameBytes(message.content, content)) {
    findings.fault(refuse('CONTENT_DIFFERS'), '/content');
  }
  const signed = message.content ?? content;
  if (signed === undefined) findings.fault(refuse('CONTENT_MISSING'), '/content');
  return signed;
}

function judgeSigners(
  message: SignedData,
  content: Uint8Array | undefined,
  judging: Judging,
): readonly SignerVerdict[] {
  const { findings, policy } = judging;
  const { signers } = message;
  if (signers.length === 0) findings.fault(refuse('SIGNERS_NONE'), '/signers');
  if (signers.length > policy.signersMax) {
    const params = { maximum: String(policy.signersMax) };
    findings.fault(refuse('INPUT_TOO_COMPLEX', { params }), '/signers');
    return [];
  }
  if (isRepeated(signers)) findings.fault(refuse('SIGNER_REPEATED'), '/signers');
  return signers.map((signer, index) => judgeSigner(signer, index, message, content, judging));
}

/** Whether one signature stands in the message twice, to be counted as two. */
function isRepeated(signers: SignedData['signers']): boolean {
  const [first, ...rest] = signers;
  if (first === undefined) return false;
  return rest.some((other) => sameBytes(other.signature, first.signature)) || isRepeated(rest);
}

function verdictOf(
  { reasons, notes }: Findings,
  trust: Trust,
  content: Verdict['content'],
  signers: readonly SignerVerdict[],
): Verdict {
  const ok = reasons.length === 0;
  return { ok, kind: 'signature', reasons, notes, trustVersion: trust.version, content, signers };
}
