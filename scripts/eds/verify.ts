/** `kepil eds verify`: the arguments, read into what the verifier takes. */
import { z } from 'zod';
import { parseCms } from '../../chaincode/kernel/eds/cms.ts';
import { evidenceOf, type EvidenceFile } from '../../chaincode/kernel/eds/evidence-file.ts';
import {
  policyFor,
  recordedFaults,
  type Recorded,
} from '../../chaincode/kernel/eds/evidence-verdict.ts';
import { inspectionPolicy, ledgerPolicy } from '../../chaincode/kernel/eds/policy.ts';
import type { ExpectedSigner, Policy } from '../../chaincode/kernel/eds/policy.ts';
import { fileOf } from '../../chaincode/kernel/eds/file-kind.ts';
import { trustOf, type Trust } from '../../chaincode/kernel/eds/trust.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { verifyFile } from '../../chaincode/kernel/eds/verify-file.ts';
import type { Moments } from '../../chaincode/kernel/eds/verify.ts';
import { dersOfFile } from '../../chaincode/kernel/eds/armour.ts';
import { instantOfMs, type Instant } from '../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import type { Refusal } from '../../chaincode/kernel/refusal.ts';
import { sha256Hex } from '../../chaincode/kernel/sha256.ts';
import { confirmation, decision } from '../../chaincode/pledges/application.ts';
import { verifyXml, xmlFormOf } from '../../gateway/adapters/xmldsig/verify-xml.ts';
import { bytesOfFile, certificatesOfFiles, dersOfFiles, wrongCall } from './files.ts';
import { recordedOf } from './ledger-evidence.ts';
import { roleOfText } from './roles.ts';

export type VerifyOptions = {
  readonly content?: string;
  readonly trust?: readonly string[];
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
  readonly application?: string;
  readonly cmsHash?: string;
  readonly manifestHash?: string;
};

/** Verifies a file as the options ask. */
export function verdictOf(path: string, options: VerifyOptions, clock: () => number): Verdict {
  const source = bytesOfFile(path);
  const text = xmlTextOf(source);
  if (text !== undefined) {
    return verifyXml(xmlFormOf(text), text, {
      evidence: evidenceFrom(options, undefined),
      trust: trustOfOptions(options),
      policy: policyOf(options, undefined),
      moments: options.at === undefined ? {} : { at: instantOfText(options.at) },
    }).verdict;
  }
  const stored = evidenceOf(source);
  const der = stored?.signature ?? derOf(source);
  const content = options.content === undefined ? stored?.content : bytesOfFile(options.content);
  const recorded = recordedIn(options, der);
  const verdict = verifyFile(der, {
    evidence: evidenceFrom(options, stored),
    content,
    trust: stored?.trust === undefined ? trustOfOptions(options) : trustFor(stored, options),
    policy: policyOf(options, stored),
    moments: momentsOf(der, options.at, stored, clock),
  });
  if (recorded === undefined) return verdict;
  const shown = content ?? attachedContent(der);
  return refusedToo(verdict, recordedFaults({ signature: der, content: shown }, recorded));
}

function trustOfOptions({ trust, tsaTrust }: VerifyOptions): Trust {
  if (trust === undefined) {
    throw wrongCall('Say whom to trust with --trust: roots and issuing authorities of signers.');
  }
  return valueOrThrow(
    trustOf({
      version: 'command line',
      authorities: certificatesOfFiles(trust),
      timeStampers: certificatesOfFiles(tsaTrust),
    }),
  );
}

/**
 * The list that an evidence file brings along counts only beside the ledger's hash: the ledger took
 * this signature by that list, while anyone can write a file with a list of their own.
 */
function trustFor({ trust }: EvidenceFile, options: VerifyOptions): Trust {
  if (options.trust !== undefined || trust === undefined) return trustOfOptions(options);
  if (options.cmsHash === undefined && options.application === undefined) {
    throw wrongCall(
      'Anyone can write an evidence file. Give the hash that the ledger keeps of it (--cms-hash, ' +
        'or --application with `kepil call pledges get … --json`), or say whom to trust (--trust).',
    );
  }
  return valueOrThrow(trustOf(trust));
}

/** What the ledger keeps of this signature, by the options. */
function recordedIn(options: VerifyOptions, der: Uint8Array): Recorded | undefined {
  const { application, cmsHash: cms, manifestHash: manifest } = options;
  for (const hash of [cms, manifest]) {
    if (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash)) {
      throw wrongCall(`${hash} is no SHA-256: 64 lower-case hex digits.`);
    }
  }
  const given = { ...(cms && { cms }), ...(manifest && { manifest }) };
  if (application === undefined) return (cms ?? manifest) ? given : undefined;
  // Of a signature that the record does not know no hash can be the same.
  const known = recordedOf(applicationIn(application), sha256Hex(der));
  return { ...(known ?? { cms: 'none' }), ...given };
}

const applicationSchema = z.looseObject({
  confirmations: z.array(confirmation),
  decisions: z.array(decision),
});

/** The record as `kepil call pledges get` prints it, with the outcome around it or without. */
function applicationIn(path: string) {
  try {
    const value = JSON.parse(Buffer.from(bytesOfFile(path)).toString('utf8')) as unknown;
    const outcome = z.object({ result: applicationSchema }).safeParse(value);
    return outcome.success ? outcome.data.result : applicationSchema.parse(value);
  } catch (cause) {
    throw wrongCall(`${path} is no application's record in JSON.`, cause);
  }
}

function attachedContent(der: Uint8Array): Uint8Array | undefined {
  const message = parseCms(der, inspectionPolicy.limits);
  return message.ok ? message.value.content : undefined;
}

function refusedToo(verdict: Verdict, faults: readonly Refusal[]): Verdict {
  const reasons = [...verdict.reasons, ...faults];
  return { ...verdict, ok: reasons.length === 0, reasons };
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

/** What the ledger demanded is demanded again, and strictly. */
function policyOf(options: VerifyOptions, stored: EvidenceFile | undefined): Policy {
  const demand = stored?.demand;
  const basic = options.strict ? ledgerPolicy : inspectionPolicy;
  const policy = demand ? policyFor(demand) : basic;
  const archive = options.archive ?? false;
  const algorithms = { ...policy.algorithms, sha1: archive, gost2004: archive };
  return { ...policy, algorithms, signers: expectedOf(options) ?? policy.signers };
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
function momentsOf(
  der: Uint8Array,
  at: string | undefined,
  stored: EvidenceFile | undefined,
  clock: () => number,
): Moments {
  if (at !== undefined) return { at: instantOfText(at) };
  if (stored?.verifiedAt !== undefined) return { now: stored.verifiedAt };
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
