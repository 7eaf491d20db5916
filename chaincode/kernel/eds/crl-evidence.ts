import { sameBytes } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import type { RevocationList } from './crl.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from '../refusal.ts';
import { isLater, type RevocationFinding, type RevocationQuestion } from './revocation-question.ts';
import { issuedFault, type Checks } from './signature-check.ts';

/** What the lists of the certificate's own issuer say; lists of other issuers say nothing. */
export function crlFindings(
  question: RevocationQuestion,
  crls: readonly RevocationList[],
): readonly RevocationFinding[] {
  const own = crls.filter((crl) => isListOf(crl, question.issuer));
  const usable = own.filter((crl) => usableFault(crl, question) === undefined);
  const faults = own.flatMap((crl) => {
    const refusal = usableFault(crl, question);
    return refusal ? [{ kind: 'fault', refusal } as const] : [];
  });
  const complete = newest(usable.filter((crl) => crl.deltaBase === undefined));
  const delta = newest(usable.filter((crl) => crl.deltaBase !== undefined));
  return [...faults, ...answers(question, complete, delta)];
}

/** Whether a list is kept by this authority; its key identifier, if stated, must be the same. */
export function isListOf(crl: RevocationList, issuer: Certificate): boolean {
  const keysDiffer =
    crl.authorityKeyId && issuer.subjectKeyId && crl.authorityKeyId !== issuer.subjectKeyId;
  return sameBytes(crl.issuer.bytes, issuer.subject.bytes) && !keysDiffer;
}

/** Why a list of this issuer cannot be relied on, whatever its age; undefined if it can. */
function usableFault(crl: RevocationList, question: RevocationQuestion): Refusal | undefined {
  const { anchoredCrls } = question.trust;
  if (anchoredCrls && !anchoredCrls.includes(crl.sha256)) return refuse('CRL_NOT_ANCHORED');
  if (isLater(crl.thisUpdate, question)) return refuse('CRL_LATER');
  return crlFault(crl, question.issuer, question.checks);
}

/** Why a list is not what this issuer signed for all its certificates; undefined if it is. */
export function crlFault(
  crl: RevocationList,
  issuer: Certificate,
  checks: Checks,
): Refusal | undefined {
  const [oid] = crl.unknownCritical;
  if (oid !== undefined) return refuse('EXTENSION_UNKNOWN', { params: { oid } });
  if (crl.partial) return refuse('CRL_UNSUPPORTED');
  const invalid = refuse('CRL_INVALID', { params: { reason: 'SIG_INVALID' } });
  if (issuer.keyUsage && !issuer.keyUsage.includes('cRLSign')) {
    return refuse('CRL_INVALID', { params: { reason: 'KEY_USAGE' } });
  }
  return issuedFault(checks, crl, issuer, invalid);
}

function newest(crls: readonly RevocationList[]): RevocationList | undefined {
  return crls.toSorted((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1))[0];
}

/** A list of changes adds to the complete list it starts from, and keeps it fresh. */
function answers(
  question: RevocationQuestion,
  complete: RevocationList | undefined,
  delta: RevocationList | undefined,
): readonly RevocationFinding[] {
  const fitting = delta && complete && continues(delta, complete) ? delta : undefined;
  if (complete === undefined && delta === undefined) return [];
  const changed = delta?.entries.get(question.certificate.serial);
  if (delta && changed && changed.reason !== 'removeFromCRL') {
    return [{ kind: 'revoked', source: 'crl', asOf: delta.thisUpdate, ...changed }];
  }
  if (complete === undefined) return [{ kind: 'fault', refusal: refuse('CRL_DELTA_ALONE') }];
  const entry = fitting && changed ? undefined : complete.entries.get(question.certificate.serial);
  const { thisUpdate: asOf } = fitting ?? complete;
  if (entry) return [{ kind: 'revoked', source: 'crl', asOf, ...entry }];
  const stale = staleFault(fitting ?? complete, question);
  return stale ? [{ kind: 'fault', refusal: stale }] : [{ kind: 'good', source: 'crl', asOf }];
}

/** RFC 5280, 5.2.4: the complete list is no older than the one the changes were counted from. */
function continues(delta: RevocationList, complete: RevocationList): boolean {
  const { number } = complete;
  const { deltaBase } = delta;
  if (number === undefined || deltaBase === undefined) return false;
  return number >= deltaBase && (delta.number === undefined || number <= delta.number);
}

/** Revocation is for ever, so a stale list still proves it; that all is well it cannot say. */
export function staleFault(
  { thisUpdate, nextUpdate }: RevocationList,
  { at, now }: Pick<RevocationQuestion, 'at' | 'now'>,
): Refusal | undefined {
  const until = nextUpdate ?? thisUpdate;
  return until < (now ?? at) ? refuse('CRL_STALE', { params: { until } }) : undefined;
}
