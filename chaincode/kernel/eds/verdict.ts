import type { Instant } from '../instant.ts';
import type { Refusal } from '../refusal.ts';
import type { Certificate } from './certificate.ts';
import type { RevocationReason } from './crl.ts';
import { nameText } from './names.ts';
import { subjectOf, type Subject } from './subject.ts';

/** What a verification found: acceptance or not, and every reason. */
export type Verdict = {
  readonly ok: boolean;
  readonly kind: EvidenceKind;
  /** Why it is refused; each names by `field` the part of the verdict that it is about. */
  readonly reasons: readonly Refusal[];
  /** What is worth knowing and refuses nothing. */
  readonly notes: readonly Refusal[];
  readonly trustVersion: string;
  /** Whether the content was inside the signature, given beside it, or neither. */
  readonly content: 'attached' | 'detached' | 'missing' | 'none';
  readonly signers: readonly SignerVerdict[];
};

/** What kind of file was verified. */
export type EvidenceKind = 'signature' | 'certificate' | 'crl' | 'ocsp' | 'timeStamp';

/** What was found of one signer, or of the certificate that was verified by itself. */
export type SignerVerdict = {
  readonly ok: boolean;
  readonly subject: Subject | undefined;
  readonly certificate: CertificateSummary | undefined;
  /** What the signer's own program wrote; it proves nothing. */
  readonly signingTime: Instant | undefined;
  /** The moment that everything was judged at, and where it comes from. */
  readonly judgedAt: Instant | undefined;
  readonly judgedBy: 'timeStamp' | 'given' | undefined;
  readonly timeStamp: TimeStampVerdict | undefined;
  /** From the certificate up to the last one that was found. */
  readonly chain: readonly CertificateSummary[];
  readonly revocation: RevocationVerdict;
};

/** A certificate in few words; the subject of a person's certificate is not among them. */
export type CertificateSummary = {
  readonly serial: string;
  readonly sha256: string;
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly algorithm: string;
  readonly pinned: boolean;
};

export type TimeStampVerdict = {
  readonly time: Instant;
  readonly policy: string;
  readonly serial: string;
  readonly authority: string | undefined;
  readonly trusted: boolean;
};

export type RevocationVerdict = {
  readonly status: 'good' | 'revoked' | 'revokedLater' | 'notIssued' | 'unknown' | 'notChecked';
  readonly source?: 'ocsp' | 'crl';
  /** When the evidence was true. */
  readonly asOf?: Instant;
  readonly revokedAt?: Instant;
  readonly reason?: RevocationReason;
};

/** Sums a certificate up; the name of a natural person stands in the verdict's subject alone. */
export function summaryOf(
  certificate: Certificate,
  pins: readonly Certificate[],
): CertificateSummary {
  const personal = subjectOf(certificate).person !== undefined;
  return {
    serial: certificate.serial,
    sha256: certificate.sha256,
    issuer: nameText(certificate.issuer),
    subject: personal ? undefined : nameText(certificate.subject),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    algorithm: certificate.signatureOid,
    pinned: pins.some(({ sha256 }) => sha256 === certificate.sha256),
  };
}

/** What was found so far: faults refuse, notes do not. */
export class Findings {
  readonly reasons: Refusal[] = [];
  readonly notes: Refusal[] = [];

  /** Adds a fault, if it is one. */
  fault(refusal: Refusal | undefined, field?: string): void {
    if (refusal) this.reasons.push(field === undefined ? refusal : { ...refusal, field });
  }

  note(refusal: Refusal | undefined, field?: string): void {
    if (refusal) this.notes.push(field === undefined ? refusal : { ...refusal, field });
  }
}
