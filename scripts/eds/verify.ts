/** `kepil eds verify`: the arguments, read into what the verifier takes. */
import { evidenceOf, type EvidenceFile } from '../../chaincode/kernel/eds/evidence-file.ts';
import { inspectionPolicy, ledgerPolicy } from '../../chaincode/kernel/eds/policy.ts';
import type { ExpectedSigner, Policy } from '../../chaincode/kernel/eds/policy.ts';
import { fileOf } from '../../chaincode/kernel/eds/file-kind.ts';
import { trustOf } from '../../chaincode/kernel/eds/trust.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { verifyFile } from '../../chaincode/kernel/eds/verify-file.ts';
import type { Moments } from '../../chaincode/kernel/eds/verify.ts';
import { dersOfFile } from '../../chaincode/kernel/eds/armour.ts';
import { instantOfMs, type Instant } from '../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { verifyXml, xmlFormOf } from '../../gateway/adapters/xmldsig/verify-xml.ts';
import { bytesOfFile, certificatesOfFiles, dersOfFiles, wrongCall } from './files.ts';
import { roleOfText } from './roles.ts';

export type VerifyOptions = {
  readonly content?: string;
  readonly trust: readonly string[];
  readonly tsaTrust?: readonly string[];
  readonly certificate?: readonly string[];
  readonly crl?: readonly string[];
  readonly ocsp?: readonly string[];
  readonly at?: string;
  readonly iin?: readonly string[];
  readonly bin?: readonly string[];
  readonly role?: readonly string[];
  readonly strict?: boolean;
  readonly archive?: boolean;
};

/** Verifies a file as the options ask. */
export function verdictOf(path: string, options: VerifyOptions, clock: () => number): Verdict {
  const source = bytesOfFile(path);
  const trust = trustOf({
    version: 'command line',
    authorities: certificatesOfFiles(options.trust),
    timeStampers: certificatesOfFiles(options.tsaTrust),
  });
  const text = xmlTextOf(source);
  if (text !== undefined) {
    return verifyXml(xmlFormOf(text), text, {
      evidence: evidenceFrom(options, undefined),
      trust: valueOrThrow(trust),
      policy: policyOf(options),
      moments: options.at === undefined ? {} : { at: instantOfText(options.at) },
    }).verdict;
  }
  const stored = evidenceOf(source);
  const der = stored?.signature ?? derOf(source);
  return verifyFile(der, {
    evidence: evidenceFrom(options, stored),
    content: options.content === undefined ? stored?.content : bytesOfFile(options.content),
    trust: valueOrThrow(trust),
    policy: policyOf(options),
    moments: momentsOf(der, options.at, clock),
  });
}

/** The text of a file that begins as XML does; neither DER, base64 nor an evidence file can. */
function xmlTextOf(source: Uint8Array): string | undefined {
  const text = Buffer.from(source)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return /^\s*</.test(text) ? text.trimStart() : undefined;
}

/** What is no text of DER goes to the verifier as it is: it says what is wrong. */
function derOf(source: Uint8Array): Uint8Array {
  const ders = dersOfFile(source);
  const [der, ...more] = ders.ok ? ders.value : [source];
  if (der === undefined || more.length > 0) throw wrongCall('The file holds more than one value.');
  return der;
}

function evidenceFrom(options: VerifyOptions, stored: EvidenceFile | undefined) {
  return {
    certificates: [...(stored?.certificates ?? []), ...certificatesOfFiles(options.certificate)],
    crls: [...(stored?.crls ?? []), ...dersOfFiles(options.crl)],
    ocsps: [...(stored?.ocsps ?? []), ...dersOfFiles(options.ocsp)],
  };
}

function policyOf(options: VerifyOptions): Policy {
  const policy = options.strict ? ledgerPolicy : inspectionPolicy;
  const algorithms = { ...policy.algorithms, sha1: options.archive ?? false };
  return { ...policy, algorithms, signers: expectedOf(options) };
}

/** Numbers stand in the order of the signers they belong to; one role or BIN may serve them all. */
function expectedOf({ iin, bin, role }: VerifyOptions): readonly ExpectedSigner[] | undefined {
  const roles = role?.map(roleOfText);
  for (const number of [...(iin ?? []), ...(bin ?? [])]) {
    if (!/^\d{12}$/.test(number)) throw wrongCall(`${number} is no IIN or BIN: twelve digits.`);
  }
  if (!iin && !bin && !roles) return undefined;
  const count = Math.max(iin?.length ?? 0, bin?.length ?? 0, 1);
  return Array.from({ length: count }, (_, index) => ({
    iin: iin?.[index],
    bin: bin?.length === 1 ? bin[0] : bin?.[index],
    roles,
  }));
}

/**
 * The moment to judge at. A signature's comes from its time stamp or from the person who asks; for
 * anything else the present will do.
 */
function momentsOf(der: Uint8Array, at: string | undefined, clock: () => number): Moments {
  if (at !== undefined) return { at: instantOfText(at) };
  const file = fileOf(der);
  return file.ok && file.value.kind === 'signature' ? {} : { at: instantOfMs(clock()) };
}

/** An instant with Z or an offset; a date alone stands for its last moment in UTC. */
export function instantOfText(text: string): Instant {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const full = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const ms = Date.parse(date ? `${text}T23:59:59.999Z` : text);
  if ((!date && !full) || Number.isNaN(ms)) {
    throw wrongCall(`${text} is no time; write 2026-07-20T09:08:07Z, or a date.`);
  }
  return instantOfMs(ms);
}
