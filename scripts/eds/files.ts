/** Files that the commands of `kepil eds` are given: DER, base64 or PEM, under any name. */
import { readFileSync } from 'node:fs';
import { dersOfFile } from '../../chaincode/kernel/eds/armour.ts';
import { parseCertificate } from '../../chaincode/kernel/eds/certificate.ts';
import type { EvidenceFile } from '../../chaincode/kernel/eds/evidence-file.ts';
import { refusalsOf } from '../../chaincode/kernel/outcome.ts';
import { exitCodes, PlainError } from '../plain-error.ts';

/** The bytes of a file; one that cannot be read is a mistake in the call. */
export function bytesOfFile(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    throw wrongCall(`${path} cannot be read.`, cause);
  }
}

/** The values in several files; PEM may hold more than one. */
export function dersOfFiles(paths: readonly string[] = []): readonly Uint8Array[] {
  return paths.flatMap((path) => {
    const ders = dersOfFile(bytesOfFile(path));
    if (!ders.ok) throw wrongCall(`${path} holds neither DER nor PEM nor base64.`);
    return ders.value;
  });
}

/** Certificates in several files; anything else among them is a mistake in the call. */
export function certificatesOfFiles(paths: readonly string[] = []): readonly Uint8Array[] {
  return paths.flatMap((path) => {
    const ders = dersOfFiles([path]);
    const [refusal] = ders.flatMap((der) => refusalsOf(parseCertificate(der)));
    if (refusal) throw wrongCall(`${path} is no certificate (${refusal.code}).`);
    return ders;
  });
}

/** Files that speak for a signature, as the options name them. */
export type EvidenceFiles = {
  readonly certificate?: readonly string[];
  readonly crl?: readonly string[];
  readonly ocsp?: readonly string[];
};

/** A signed message with the files that speak for it. */
export function evidenceOfFiles(
  signature: string,
  { certificate, crl, ocsp }: EvidenceFiles,
): EvidenceFile {
  const [der = new Uint8Array()] = dersOfFiles([signature]);
  return {
    signature: der,
    certificates: certificatesOfFiles(certificate),
    crls: dersOfFiles(crl),
    ocsps: dersOfFiles(ocsp),
  };
}

/** An error for which the command ends with 2. */
export function wrongCall(message: string, cause?: unknown): PlainError {
  const next = 'kepil eds --help explains the commands.';
  return new PlainError(message, { next, exitCode: exitCodes.usage, cause });
}
