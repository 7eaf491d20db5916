import { digestOf, signatureOf } from './algorithms.ts';
import { sameBytes } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { chainOf, validityFault } from './chain.ts';
import { digestBy } from './digest.ts';
import type { BasicOcspResponse, OcspAnswer } from './ocsp.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import {
  after,
  isLater,
  type RevocationEvidence,
  type RevocationFinding,
  type RevocationQuestion,
} from './revocation-question.ts';
import { usageOids } from './roles.ts';
import { sha1 } from './sha1.ts';
import { issuedFault, signatureFault, type Checks } from './signature-check.ts';

/** What responses say of the certificate in question; those about others say nothing. */
export function ocspFindings(
  question: RevocationQuestion,
  { ocsps, ocspNonce }: RevocationEvidence,
): readonly RevocationFinding[] {
  return ocsps.flatMap((response): readonly RevocationFinding[] => {
    const candidates = response.answers.filter(
      ({ serial }) => serial === question.certificate.serial,
    );
    const answer = candidates.find((each) => isAbout(each, question));
    if (answer === undefined) {
      const refusal = hashFault(candidates[0], question);
      return refusal ? [{ kind: 'fault', refusal }] : [];
    }
    const refusal =
      nonceFault(response, ocspNonce) ??
      responseFault(response, question) ??
      ageFault(answer, question);
    return [refusal ? { kind: 'fault', refusal } : findingOf(answer)];
  });
}

/** The authority that an answer names as the issuer, among those at hand. */
export function issuerOfAnswer(
  answer: OcspAnswer,
  among: readonly Certificate[],
  checks: Checks,
): Certificate | undefined {
  return among.find((issuer) => isAbout(answer, { issuer, checks }));
}

/** Whether an answer is about this certificate of this issuer: number, name and key must agree. */
function isAbout(
  answer: OcspAnswer,
  { issuer, checks }: Pick<RevocationQuestion, 'issuer' | 'checks'>,
): boolean {
  const digest = digestOf(answer.hashOid, checks.switches);
  if (!digest.ok) return false;
  const name = digestBy(digest.value, issuer.subject.bytes);
  const key = digestBy(digest.value, issuer.keyBits);
  return sameBytes(name, answer.issuerNameHash) && sameBytes(key, answer.issuerKeyHash);
}

function hashFault(
  answer: OcspAnswer | undefined,
  { checks }: RevocationQuestion,
): Refusal | undefined {
  const digest = answer && digestOf(answer.hashOid, checks.switches);
  return digest?.ok === false ? digest.refusals[0] : undefined;
}

function nonceFault(response: BasicOcspResponse, nonce: string | undefined): Refusal | undefined {
  return nonce !== undefined && response.nonce !== nonce ? refuse('OCSP_NONCE') : undefined;
}

/** Why a response was not signed by one who may answer for the issuer; undefined if it was. */
export function responseFault(
  response: BasicOcspResponse,
  question: Pick<RevocationQuestion, 'issuer' | 'checks' | 'policy' | 'trust'>,
): Refusal | undefined {
  const [oid] = response.unknownCritical;
  if (oid !== undefined) return refuse('EXTENSION_UNKNOWN', { params: { oid } });
  const { issuer, checks } = question;
  const responder = [issuer, ...response.certificates].find((each) => isResponder(response, each));
  if (responder === undefined) return refuse('OCSP_RESPONDER');
  const algorithm = signatureOf(response.signatureOid, checks.switches);
  if (!algorithm.ok) return algorithm.refusals[0];
  const { signedBytes: message, signature } = response;
  const signed = { key: responder.key, algorithm: algorithm.value, message, signature };
  const invalid = refuse('OCSP_INVALID', { params: { reason: 'SIG_INVALID' } });
  return signatureFault(checks, signed, invalid) ?? delegateFault(response, responder, question);
}

function isResponder({ responder }: BasicOcspResponse, certificate: Certificate): boolean {
  return 'name' in responder
    ? sameBytes(responder.name, certificate.subject.bytes)
    : sameBytes(responder.keyHash, sha1(certificate.keyBits));
}

/** The issuer answers for itself; another needs its certificate for just that (RFC 6960, 4.2.2.2). */
function delegateFault(
  response: BasicOcspResponse,
  responder: Certificate,
  {
    issuer,
    checks,
    policy,
    trust,
  }: Pick<RevocationQuestion, 'issuer' | 'checks' | 'policy' | 'trust'>,
): Refusal | undefined {
  if (responder.sha256 === issuer.sha256) return undefined;
  const { extendedKeyUsage, unknownCritical } = responder;
  if (!extendedKeyUsage?.includes(usageOids.ocspSigning) || unknownCritical.length > 0) {
    return refuse('OCSP_RESPONDER');
  }
  if (validityFault(responder, response.producedAt)) return refuse('OCSP_RESPONDER');
  const stranger = refuse('OCSP_RESPONDER');
  const named = sameBytes(responder.issuer.bytes, issuer.subject.bytes);
  const fault = named ? issuedFault(checks, responder, issuer, stranger) : stranger;
  if (fault === undefined || policy.ocspResponder === 'ofIssuer') return fault;
  const chain = chainOf(responder, trust.authorities, [], checks);
  return chain.trusted && chain.faults.length === 0 ? undefined : stranger;
}

/** Authorities state no nextUpdate: the policy says how long an answer serves. */
export function ageFault(
  answer: OcspAnswer,
  question: Pick<RevocationQuestion, 'at' | 'now' | 'policy'>,
): Refusal | undefined {
  const { thisUpdate, nextUpdate, state } = answer;
  if (isLater(thisUpdate, question)) return refuse('OCSP_LATER');
  // Revocation is for ever: an old answer still proves it.
  if (state.kind === 'revoked') return undefined;
  const moment = question.now ?? question.at;
  const aged = after(thisUpdate, question.policy.ocspAgeMsMax) < moment;
  const passed = nextUpdate !== undefined && nextUpdate < moment;
  return aged || passed ? refuse('OCSP_STALE', { params: { since: thisUpdate } }) : undefined;
}

/** The time that stands for "revoked since ever", by which a service says: never issued. */
const never = '1970-01-01T00:00:00.000Z';

function findingOf({ state, thisUpdate: asOf }: OcspAnswer): RevocationFinding {
  switch (state.kind) {
    case 'good':
      return { kind: 'good', source: 'ocsp', asOf };
    case 'unknown':
      return { kind: 'fault', refusal: refuse('REVOCATION_UNKNOWN') };
    case 'revoked': {
      const { revokedAt, reason } = state;
      return revokedAt === never
        ? { kind: 'notIssued', source: 'ocsp', asOf }
        : { kind: 'revoked', source: 'ocsp', asOf, revokedAt, reason };
    }
  }
}
