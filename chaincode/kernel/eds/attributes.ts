import type { Instant } from '../instant.ts';
import { algorithmOid } from './algorithms.ts';
import { timeOf } from './asn1-time.ts';
import { joined } from './bytes.ts';
import { refuse } from './refusals.ts';
import {
  contextTag,
  fail,
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

/** Unsigned attributes of CAdES that add evidence and take nothing back; they are not read. */
export const bystanderOids: readonly string[] = [
  '1.2.840.113549.1.9.16.2.21',
  '1.2.840.113549.1.9.16.2.22',
  '1.2.840.113549.1.9.16.2.23',
  '1.2.840.113549.1.9.16.2.24',
  '1.2.840.113549.1.9.16.2.25',
  '1.2.840.113549.1.9.16.2.26',
  '1.2.840.113549.1.9.16.2.48',
  '0.4.0.1733.2.4',
];

export type CmsAttribute = { readonly oid: string; readonly values: readonly Der[] };

const attributesMax = 32;

/** Parses a set of attributes; a repeated one could be read in two ways, so it is refused. */
export function attributesOf(node: Der): readonly CmsAttribute[] {
  const part = 'cms/attribute';
  const list = itemsOf(node, attributesMax).map((item) => {
    const fields = sequence(item, part);
    const oid = oidOf(fields.any(), part);
    const values = itemsOf(tagged(fields.any(), tags.set, part), attributesMax);
    fields.end();
    return { oid, values };
  });
  const repeated = list.find(({ oid }, index) => list.findIndex((a) => a.oid === oid) < index);
  if (repeated) fail(refuse('ATTRIBUTE_REPEATED', { params: { oid: repeated.oid } }));
  return list;
}

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

/** What the attributes under a signature say. */
export type SignedAttributes = {
  /** The attributes as the SET OF that the signature covers. */
  readonly signedBytes: Uint8Array;
  readonly contentType: string | undefined;
  readonly messageDigest: Uint8Array | undefined;
  readonly signingTime: Instant | undefined;
  readonly bound: BoundCertificate | undefined;
  /** The binding by SHA-1, which only time-stamp services may still use. */
  readonly boundBySha1: BoundCertificate | undefined;
};

/** Reads the signed attributes, which stand under an implicit tag. */
export function signedAttributesOf(node: Der): SignedAttributes {
  const list = attributesOf(node);
  const { contentType, messageDigest, signingTime } = cmsAttributeOids;
  const { signingCertificate, signingCertificateV2 } = cmsAttributeOids;
  return {
    signedBytes: joined(Uint8Array.of(tags.set), node.bytes.subarray(1)),
    contentType: attributeValue(list, contentType, (value) => oidOf(value, 'contentType')),
    messageDigest: attributeValue(list, messageDigest, (value) => octets(value, 'messageDigest')),
    signingTime: attributeValue(list, signingTime, (value) => timeOf(value, 'signingTime')),
    bound: attributeValue(list, signingCertificateV2, (value) => firstBound(value, true)),
    boundBySha1: attributeValue(list, signingCertificate, (value) => firstBound(value, false)),
  };
}

/** The signer's certificate is the first of the list; the others only restrict its chain. */
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
