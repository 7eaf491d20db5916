import { digestOf } from './algorithms.ts';
import { sameBytes } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { chainOf, isPinned, validityFault, validityFaults } from './chain.ts';
import { contentTypes, type SignerInfo } from './cms.ts';
import { digestBy } from './digest.ts';
import { nameText } from './names.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import { usageOids } from './roles.ts';
import { messageFault } from './signed-message.ts';
import type { Checks } from './signature-check.ts';
import { bindingFault, certificateOfSigner } from './signer-certificate.ts';
import type { TimeStampToken } from './time-stamp.ts';
import type { Findings, TimeStampVerdict } from './verdict.ts';

/**
 * Verifies a time stamp: that it is over these bytes, that its own signature stands, that its key is
 * for nothing but time stamps, and whether its service is trusted. A token that fails the first
 * three is a fault; one of a service that is not on the list only proves no time.
 */
export function verifyTimeStamp(
  token: TimeStampToken,
  stamped: Uint8Array | undefined,
  pins: readonly Certificate[],
  checks: Checks,
  findings: Findings,
  field: string,
): TimeStampVerdict {
  const { info, signedData } = token;
  if (stamped) findings.fault(imprintFault(token, stamped, checks), field);
  const [signer, ...more] = signedData.signers;
  const certificate = signer && certificateOfSigner(signer, [...signedData.certificates, ...pins]);
  const invalid = (refusal: Refusal) =>
    findings.fault(refuse('TST_INVALID', { params: { reason: refusal.code } }), field);
  let trusted = false;
  if (signer === undefined || more.length > 0) invalid(refuse('SIGNERS_NONE'));
  else if (certificate === undefined) invalid(refuse('SIGNER_CERT_MISSING'));
  else {
    const fault = tokenFault(token, signer, certificate, checks);
    if (fault) invalid(fault);
    findings.fault(usageFault(certificate), field);
    const late = validityFault(certificate, info.time);
    if (late) invalid(late);
    trusted = !late && !fault && isTrusted(certificate, token, pins, checks);
  }
  return {
    time: info.time,
    policy: info.policy,
    serial: info.serial,
    authority: certificate && nameText(certificate.subject),
    trusted,
  };
}

function imprintFault(
  { info }: TimeStampToken,
  stamped: Uint8Array,
  checks: Checks,
): Refusal | undefined {
  const digest = digestOf(info.digestOid, checks.switches);
  if (!digest.ok) return digest.refusals[0];
  const expected = digestBy(digest.value, stamped);
  return sameBytes(expected, info.imprint) ? undefined : refuse('TST_IMPRINT');
}

function tokenFault(
  { signedData }: TimeStampToken,
  signer: SignerInfo,
  certificate: Certificate,
  checks: Checks,
): Refusal | undefined {
  const content = signedData.content ?? new Uint8Array();
  const fault = messageFault(signer, content, contentTypes.timeStampInfo, certificate, checks);
  return fault ?? bindingFault(signer, certificate, checks, { required: true, sha1: true });
}

/** RFC 3161, 2.3: the key is for time stamps alone, and the certificate says so critically. */
function usageFault(certificate: Certificate): Refusal | undefined {
  const { extendedKeyUsage, extendedKeyUsageCritical, keyUsage } = certificate;
  const [usage, ...others] = extendedKeyUsage ?? [];
  const alone = usage === usageOids.timeStamping && others.length === 0;
  const signs =
    !keyUsage ||
    ['digitalSignature', 'nonRepudiation'].some((use) => keyUsage.some((bit) => bit === use));
  return alone && extendedKeyUsageCritical && signs ? undefined : refuse('TST_EKU');
}

function isTrusted(
  certificate: Certificate,
  { info, signedData }: TimeStampToken,
  pins: readonly Certificate[],
  checks: Checks,
): boolean {
  if (isPinned(certificate, pins)) return true;
  if (pins.length === 0) return false;
  const chain = chainOf(certificate, pins, signedData.certificates, checks);
  return (
    chain.trusted && chain.faults.length === 0 && validityFaults(chain, info.time).length === 0
  );
}
