import type { Instant } from '../instant.ts';
import { algorithmOid } from './algorithms.ts';
import { timeOf } from './asn1-time.ts';
import type { CmsAttribute } from './cms.ts';
import {
  contextTag,
  itemsOf,
  misfit,
  octets,
  oidOf,
  only,
  sequence,
  serialOf,
  tagged,
  tags,
  type Der,
} from './der.ts';

/** Attributes of a signer that the formats here know, by OID. */
export const cmsAttributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/** The one value of an attribute; undefined if the attribute is not there. */
export function attributeValue<T>(
  list: readonly CmsAttribute[],
  oid: string,
  read: (node: Der) => T,
): T | undefined {
  const attribute = list.find((item) => item.oid === oid);
  if (attribute === undefined) return undefined;
  const [value, ...more] = attribute.values;
  return value === undefined || more.length > 0 ? misfit('cms/attribute') : read(value);
}

export function contentTypeValue(list: readonly CmsAttribute[]): string | undefined {
  return attributeValue(list, cmsAttributeOids.contentType, (node) => oidOf(node, 'contentType'));
}

export function messageDigestValue(list: readonly CmsAttribute[]): Uint8Array | undefined {
  return attributeValue(list, cmsAttributeOids.messageDigest, (node) =>
    octets(node, 'messageDigest'),
  );
}

export function signingTimeValue(list: readonly CmsAttribute[]): Instant | undefined {
  return attributeValue(list, cmsAttributeOids.signingTime, (node) => timeOf(node, 'signingTime'));
}

/** Which certificate the signer bound into the signature (ESSCertID of RFC 5035). */
export type BoundCertificate = {
  /** The digest of the certificate; the first version of the attribute knows SHA-1 alone. */
  readonly digestOid: string;
  readonly digest: Uint8Array;
  readonly issuer: Uint8Array | undefined;
  readonly serial: string | undefined;
};

const sha1Oid = '1.3.14.3.2.26';
const sha256Oid = '2.16.840.1.101.3.4.2.1';

/** The signer's certificate is the first of the list; the others only restrict its chain. */
export function boundCertificate(list: readonly CmsAttribute[]): {
  readonly v2?: BoundCertificate;
  readonly v1?: BoundCertificate;
} {
  const v1 = attributeValue(list, cmsAttributeOids.signingCertificate, (node) =>
    firstBound(node, false),
  );
  const v2 = attributeValue(list, cmsAttributeOids.signingCertificateV2, (node) =>
    firstBound(node, true),
  );
  return { ...(v2 && { v2 }), ...(v1 && { v1 }) };
}

function firstBound(node: Der, withAlgorithm: boolean): BoundCertificate {
  const part = 'signingCertificate';
  const [first] = itemsOf(tagged(sequence(node, part).any(), tags.sequence, part), 16);
  const fields = sequence(first, part);
  const algorithm = withAlgorithm ? fields.optional(tags.sequence) : undefined;
  const digest = octets(fields.any(), part);
  const issuerSerial = fields.optional(tags.sequence);
  fields.end();
  const digestOid = withAlgorithm ? sha256Oid : sha1Oid;
  return {
    digestOid: algorithm ? algorithmOid(algorithm, part) : digestOid,
    digest,
    ...issuerAndSerial(issuerSerial),
  };
}

function issuerAndSerial(node: Der | undefined): Pick<BoundCertificate, 'issuer' | 'serial'> {
  if (node === undefined) return { issuer: undefined, serial: undefined };
  const part = 'signingCertificate';
  const fields = sequence(node, part);
  const names = itemsOf(fields.next(tags.sequence), 4);
  const serial = serialOf(fields.any(), part);
  const directory = names.find(({ tag }) => tag === contextTag(4));
  return { issuer: directory && only(directory, part).bytes, serial };
}
