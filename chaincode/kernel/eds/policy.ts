import { strictAlgorithms, type AlgorithmSwitches } from './algorithms.ts';
import { defaultLimits, largeLimits, type DerLimits } from './der.ts';
import type { ManifestExpected } from './manifest.ts';
import type { Role } from './roles.ts';

/** What a verifier asks of a signature. */
export type Policy = {
  readonly algorithms: AlgorithmSwitches;
  /** Whether only a trusted time stamp says when it was signed, or a moment given may stand in. */
  readonly timeStamp: 'required' | 'optional';
  /** Whether each signature must be bound to its certificate (CAdES). */
  readonly signingCertificate: 'required' | 'optional';
  /** Whether evidence on revocation must be there, or counts where it is given. */
  readonly revocation: 'required' | 'optional';
  /** Who may answer for an authority by OCSP: its own delegate, or that of any trusted authority. */
  readonly ocspResponder: 'ofIssuer' | 'ofTrusted';
  /** How old an OCSP answer may be at the moment that counts; authorities state no nextUpdate. */
  readonly ocspAgeMsMax: number;
  /** How far the clocks of services may stand apart. */
  readonly clockSkewMs: number;
  /** Whether a key must say that it is for signatures, or merely not be for authentication. */
  readonly signatureUsage: 'required' | 'optional';
  /** Whether IIN and BIN must pass their check digit; the published test numbers do not. */
  readonly checkDigits: boolean;
  /** Exactly these signers, in any order; undefined where any signer will do. */
  readonly signers: readonly ExpectedSigner[] | undefined;
  /** What the signed text must be for; undefined where any content will do. */
  readonly manifest: ManifestExpected | undefined;
  readonly signersMax: number;
  /** Checks of signatures that one verification may ask for: its bound in time. */
  readonly signatureChecksMax: number;
  readonly limits: DerLimits;
};

/** One signer who is expected; what is left out may be anything. */
export type ExpectedSigner = {
  readonly iin?: string | undefined;
  readonly bin?: string | undefined;
  /** Any of these roles. */
  readonly roles?: readonly Role[] | undefined;
};

const minute = 60_000;

/** The ledger's policy: everything proved, nothing assumed. */
export const ledgerPolicy: Policy = {
  algorithms: strictAlgorithms,
  timeStamp: 'required',
  signingCertificate: 'required',
  revocation: 'required',
  ocspResponder: 'ofIssuer',
  ocspAgeMsMax: 30 * minute,
  clockSkewMs: 5 * minute,
  signatureUsage: 'required',
  checkDigits: true,
  signers: undefined,
  manifest: undefined,
  signersMax: 4,
  signatureChecksMax: 24,
  limits: { ...defaultLimits, bytesMax: 256 << 10 },
};

/** For a person who examines a file: says all that can be said, and asks for less. */
export const inspectionPolicy: Policy = {
  ...ledgerPolicy,
  timeStamp: 'optional',
  signingCertificate: 'optional',
  revocation: 'optional',
  ocspResponder: 'ofTrusted',
  ocspAgeMsMax: 24 * 60 * minute,
  signatureUsage: 'optional',
  checkDigits: false,
  signersMax: 64,
  signatureChecksMax: 400,
  limits: largeLimits,
};
