import type { Instant } from '../instant.ts';
import { algorithmOid } from './algorithms.ts';
import { timeOf } from './asn1-time.ts';
import {
  contextTag,
  misfit,
  only,
  parsed,
  sequence,
  serialOf,
  smallOf,
  tags,
  type Der,
  type Fields,
} from './der.ts';
import {
  accessUris,
  authorityKeyIdOf,
  basicConstraintsOf,
  distributionUris,
  extensionOids,
  extensionsOf,
  extensionValue,
  keyUsageOf,
  oidList,
  policyOids,
  subjectKeyIdOf,
  unknownCritical,
  type BasicConstraints,
  type Extension,
  type KeyUsage,
} from './extensions.ts';
import { nameOf, type Name } from './names.ts';
import { keyBits, publicKeyOf, type PublicKey } from './public-key.ts';
import type { Outcome } from '../outcome.ts';
import { signedStructure } from './signed-structure.ts';

/** A certificate (X.509 v3), every field found by its OID. */
export type Certificate = {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes: what a trust list pins and caches go by. */
  readonly sha256: string;
  /** What the issuer signed. */
  readonly signedBytes: Uint8Array;
  readonly signatureOid: string;
  readonly signature: Uint8Array;
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly key: PublicKey;
  /** The SubjectPublicKeyInfo as it stands, and the key's octets in it. */
  readonly keyInfo: Uint8Array;
  readonly keyBits: Uint8Array;
} & CertificateExtensions;

/** What the extensions say; absent ones are undefined or empty. */
export type CertificateExtensions = {
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly extendedKeyUsageCritical: boolean;
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  readonly policies: readonly string[];
  readonly keyStore: readonly string[];
  readonly crlUris: readonly string[];
  readonly deltaCrlUris: readonly string[];
  readonly ocspUris: readonly string[];
  readonly issuerUris: readonly string[];
  readonly ocspNoCheck: boolean;
  readonly unknownCritical: readonly string[];
};

/** Parses the DER of one certificate. */
export function parseCertificate(bytes: Uint8Array): Outcome<Certificate> {
  return parsed(bytes, certificateOf);
}

/** Parses a certificate that stands inside something else. */
export function certificateOf(node: Der): Certificate {
  return signedStructure(node, 'certificate', toBeSigned);
}

function toBeSigned(fields: Fields) {
  const version = smallOf(only(fields.next(contextTag(0)), 'version'), 'version');
  if (version !== 2) misfit('certificate/version');
  const serial = serialOf(fields.any(), 'certificate/serialNumber');
  const algorithm = fields.any();
  const issuer = nameOf(fields.any(), 'certificate/issuer');
  const validity = sequence(fields.any(), 'certificate/validity');
  const notBefore = timeOf(validity.any(), 'certificate/validity');
  const notAfter = timeOf(validity.any(), 'certificate/validity');
  validity.end();
  const subject = nameOf(fields.any(), 'certificate/subject');
  const keyInfo = fields.next(tags.sequence);
  fields.optional(contextTag(1, false));
  fields.optional(contextTag(2, false));
  const extensions = fields.optional(contextTag(3));
  fields.end();
  return {
    serial,
    algorithm,
    signatureOid: algorithmOid(algorithm, 'certificate/signature'),
    issuer,
    notBefore,
    notAfter,
    subject,
    key: publicKeyOf(keyInfo),
    keyInfo: keyInfo.bytes,
    keyBits: keyBits(keyInfo),
    ...readExtensions(
      extensions ? extensionsOf(only(extensions, 'extensions'), 'certificate/extensions') : [],
    ),
  };
}

/** Extensions that we understand well enough to accept them where they are critical. */
const understood: readonly string[] = [
  extensionOids.basicConstraints,
  extensionOids.keyUsage,
  extensionOids.extendedKeyUsage,
  extensionOids.certificatePolicies,
  extensionOids.subjectAltName,
  extensionOids.crlDistributionPoints,
  extensionOids.keyStore,
];

function readExtensions(list: readonly Extension[]): CertificateExtensions {
  const usage = list.find(({ oid }) => oid === extensionOids.extendedKeyUsage);
  const access = (method: string) =>
    extensionValue(list, extensionOids.authorityInfoAccess, (node) => accessUris(node, method));
  return {
    basicConstraints: extensionValue(list, extensionOids.basicConstraints, basicConstraintsOf),
    keyUsage: extensionValue(list, extensionOids.keyUsage, keyUsageOf),
    extendedKeyUsage: extensionValue(list, extensionOids.extendedKeyUsage, (node) =>
      oidList(node, 'extendedKeyUsage'),
    ),
    extendedKeyUsageCritical: usage?.critical ?? false,
    subjectKeyId: extensionValue(list, extensionOids.subjectKeyId, subjectKeyIdOf),
    authorityKeyId: extensionValue(list, extensionOids.authorityKeyId, authorityKeyIdOf),
    policies: extensionValue(list, extensionOids.certificatePolicies, policyOids) ?? [],
    keyStore:
      extensionValue(list, extensionOids.keyStore, (node) => oidList(node, 'keyStore')) ?? [],
    crlUris: extensionValue(list, extensionOids.crlDistributionPoints, distributionUris) ?? [],
    deltaCrlUris: extensionValue(list, extensionOids.freshestCrl, distributionUris) ?? [],
    ocspUris: access('1.3.6.1.5.5.7.48.1') ?? [],
    issuerUris: access('1.3.6.1.5.5.7.48.2') ?? [],
    ocspNoCheck: list.some(({ oid }) => oid === extensionOids.ocspNoCheck),
    unknownCritical: unknownCritical(list, understood),
  };
}
