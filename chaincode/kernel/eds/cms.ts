import { algorithmOid } from './algorithms.ts';
import {
  attributesOf,
  attributeValue,
  bystanderOids,
  cmsAttributeOids,
  signedAttributesOf,
  type CmsAttribute,
  type SignedAttributes,
} from './attributes.ts';
import { definiteLengths } from './ber.ts';
import { hexOf } from '../bytes.ts';
import { certificateOf, type Certificate } from './certificate.ts';
import { sha256 } from '../sha256.ts';
import {
  attempted,
  contextTag,
  defaultLimits,
  derOf,
  itemsOf,
  misfit,
  octets,
  oidOf,
  only,
  sequence,
  serialOf,
  smallOf,
  tags,
  type Der,
  type DerLimits,
} from './der.ts';
import { nameOf } from './names.ts';
import type { Outcome } from '../outcome.ts';

/** A signed message (CMS SignedData): content or none, certificates, and its signers. */
export type SignedData = {
  readonly contentType: string;
  /** The content if it is attached. */
  readonly content: Uint8Array | undefined;
  /** Each certificate once: mobile signers enclose the same one many times. */
  readonly certificates: readonly Certificate[];
  /** Lists of revoked certificates that the message encloses, as DER. */
  readonly crls: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
};

/** One signer's part of the message. */
export type SignerInfo = {
  readonly id: SignerId;
  readonly digestOid: string;
  readonly signatureOid: string;
  readonly signedAttributes: SignedAttributes | undefined;
  readonly signature: Uint8Array;
  /** The token of the signature's time stamp, as DER. */
  readonly timeStamp: Uint8Array | undefined;
  /** Unsigned attributes that we do not know: one might be a time stamp made unreadable. */
  readonly unknownAttributes: readonly string[];
};

/** Which certificate signed: by its issuer and serial number, or by its key's identifier. */
export type SignerId =
  { readonly issuer: Uint8Array; readonly serial: string } | { readonly subjectKeyId: string };

export const contentTypes = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
} as const;

const certificatesMax = 128;
const crlsMax = 8;
const signersMax = 64;

/** Parses a message; it may be written with indefinite lengths. */
export function parseCms(
  bytes: Uint8Array,
  limits: DerLimits = defaultLimits,
): Outcome<SignedData> {
  return attempted(() => signedDataOf(derOf(definiteLengths(bytes, limits), limits)));
}

/** Parses a message that stands inside something else, as a time stamp does. */
export function signedDataOf(node: Der): SignedData {
  const info = sequence(node, 'cms');
  if (oidOf(info.any(), 'cms') !== contentTypes.signedData) misfit('cms/contentType');
  const fields = sequence(only(info.next(contextTag(0)), 'cms'), 'cms');
  info.end();
  const version = smallOf(fields.any(), 'cms/version');
  if (version < 1 || version > 5) misfit('cms/version');
  for (const item of itemsOf(fields.next(tags.set), signersMax)) {
    algorithmOid(item, 'cms/digestAlgorithms');
  }
  const inner = sequence(fields.any(), 'cms/content');
  const contentType = oidOf(inner.any(), 'cms/content');
  const wrapped = inner.optional(contextTag(0));
  inner.end();
  const certificates = fields.optional(contextTag(0));
  const crls = fields.optional(contextTag(1));
  const signers = itemsOf(fields.next(tags.set), signersMax).map(signerOf).toSorted(bySignature);
  fields.end();
  return {
    contentType,
    content: wrapped && octets(only(wrapped, 'cms/content'), 'cms/content'),
    certificates: certificates ? distinctCertificates(certificates) : [],
    // A choice other than a CRL carries a tag of its own and says nothing to us.
    crls: (crls ? itemsOf(crls, crlsMax) : [])
      .filter((item) => item.tag === tags.sequence)
      .map((item) => item.bytes),
    signers,
  };
}

/** A set has no order, and not all who write one sort it: a verdict must not depend on theirs. */
function bySignature(left: SignerInfo, right: SignerInfo): number {
  return hexOf(left.signature) < hexOf(right.signature) ? -1 : 1;
}

function distinctCertificates(set: Der): readonly Certificate[] {
  const distinct = new Map<string, Der>();
  for (const item of itemsOf(set, certificatesMax)) {
    // Attribute certificates and other choices have context tags; none of them can sign.
    if (item.tag === tags.sequence) distinct.set(hexOf(sha256(item.bytes)), item);
  }
  return [...distinct.values()].map(certificateOf);
}

function signerOf(node: Der): SignerInfo {
  const part = 'cms/signer';
  const fields = sequence(node, part);
  const version = smallOf(fields.any(), part);
  if (version !== 1 && version !== 3) misfit(part);
  const id = signerIdOf(fields.any());
  const digestOid = algorithmOid(fields.any(), part);
  const signed = fields.optional(contextTag(0));
  const signatureOid = algorithmOid(fields.any(), part);
  const signature = octets(fields.any(), part);
  const unsigned = fields.optional(contextTag(1));
  fields.end();
  return {
    id,
    digestOid,
    signatureOid,
    signedAttributes: signed && signedAttributesOf(signed),
    signature,
    ...unsignedOf(unsigned ? attributesOf(unsigned) : []),
  };
}

function unsignedOf(
  list: readonly CmsAttribute[],
): Pick<SignerInfo, 'timeStamp' | 'unknownAttributes'> {
  const stamp = cmsAttributeOids.signatureTimeStamp;
  return {
    timeStamp: attributeValue(list, stamp, (value) => value.bytes),
    unknownAttributes: list
      .map(({ oid }) => oid)
      .filter((oid) => oid !== stamp && !bystanderOids.includes(oid)),
  };
}

function signerIdOf(node: Der): SignerId {
  const part = 'cms/signerIdentifier';
  if (node.tag === contextTag(0, false)) return { subjectKeyId: hexOf(node.body) };
  const fields = sequence(node, part);
  const issuer = nameOf(fields.any(), part).bytes;
  const serial = serialOf(fields.any(), part);
  fields.end();
  return { issuer, serial };
}
