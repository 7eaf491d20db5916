import {
  booleanOf,
  contextTag,
  eachItem,
  itemsOf,
  misfit,
  namedBits,
  octets,
  oidOf,
  sequence,
  smallOf,
  stringOf,
  tagged,
  tags,
  within,
  type Der,
} from './der.ts';
import { hexOf } from '../bytes.ts';

/**
 * Extensions of certificates, lists and responses: looked up by OID, never by position, each at
 * most once.
 */
export type Extension = {
  readonly oid: string;
  readonly critical: boolean;
  /** The OCTET STRING that holds the value. */
  readonly value: Der;
};

const extensionsMax = 64;

/** Parses a list of extensions; a repeated one could be read in two ways, so it is refused. */
export function extensionsOf(node: Der, part: string): readonly Extension[] {
  const extensions = itemsOf(tagged(node, tags.sequence, part), extensionsMax).map((item) => {
    const fields = sequence(item, part);
    const oid = oidOf(fields.any(), part);
    const critical = fields.optional(tags.boolean);
    const value = fields.next(tags.octetString);
    fields.end();
    return { oid, critical: critical !== undefined && booleanOf(critical, part), value };
  });
  const distinct = new Set(extensions.map(({ oid }) => oid));
  return distinct.size === extensions.length ? extensions : misfit(part);
}

/** The value of an extension, read; undefined if it is not there. */
export function extensionValue<T>(
  extensions: readonly Extension[],
  oid: string,
  read: (node: Der) => T,
): T | undefined {
  const extension = extensions.find((item) => item.oid === oid);
  return extension && read(within(extension.value, extension.value.body));
}

/** The OIDs of critical extensions that are not among the known ones. */
export function unknownCritical(
  extensions: readonly Extension[],
  known: readonly string[],
): readonly string[] {
  return extensions
    .filter((item) => item.critical && !known.includes(item.oid))
    .map((item) => item.oid);
}

export const extensionOids = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspExtendedRevoke: '1.3.6.1.5.5.7.48.1.9',
  /** Where the key is kept: the national authority's own extension. */
  keyStore: '1.2.398.3.3.5',
} as const;

/** Names of the bits of key usage, by number. */
const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsageNames)[number];

export function keyUsageOf(node: Der): readonly KeyUsage[] {
  return namedBits(node, 'keyUsage').map((bit) => keyUsageNames[bit] ?? misfit('keyUsage'));
}

export type BasicConstraints = { readonly authority: boolean; readonly pathLength?: number };

export function basicConstraintsOf(node: Der): BasicConstraints {
  const fields = sequence(node, 'basicConstraints');
  const flag = fields.optional(tags.boolean);
  const length = fields.optional(tags.integer);
  fields.end();
  const authority = flag !== undefined && booleanOf(flag, 'basicConstraints');
  return length === undefined
    ? { authority }
    : { authority, pathLength: smallOf(length, 'basicConstraints') };
}

/** The OIDs of a list of them: extended key usages. */
export function oidList(node: Der, part: string): readonly string[] {
  const oids = itemsOf(tagged(node, tags.sequence, part), 64).map((item) => oidOf(item, part));
  return oids.length === 0 ? misfit(part) : oids;
}

/** The OIDs of certificate policies; what qualifies them binds nobody. */
export function policyOids(node: Der): readonly string[] {
  const part = 'certificatePolicies';
  return itemsOf(tagged(node, tags.sequence, part), 64).map((item) =>
    oidOf(sequence(item, part).any(), part),
  );
}

/** The key identifier of the issuer, where the extension gives one. */
export function authorityKeyIdOf(node: Der): string | undefined {
  const keyId = sequence(node, 'authorityKeyIdentifier').optional(contextTag(0, false));
  return keyId && hexOf(keyId.body);
}

export function subjectKeyIdOf(node: Der): string {
  return hexOf(octets(node, 'subjectKeyIdentifier'));
}

const uriTag = contextTag(6, false);
const urisMax = 32;

/** The addresses in distribution points: every URI name, wherever in a point it stands. */
export function distributionUris(node: Der): readonly string[] {
  const part = 'distributionPoints';
  const uris: string[] = [];
  for (const point of itemsOf(tagged(node, tags.sequence, part), urisMax)) {
    const name = sequence(point, part).optional(contextTag(0));
    const full = name && itemsOf(name, 1)[0];
    if (full?.tag !== contextTag(0)) continue;
    for (const item of eachItem(full)) if (item.tag === uriTag) uris.push(uriOf(item, part));
  }
  return uris;
}

/** The addresses of one access method in authorityInfoAccess. */
export function accessUris(node: Der, method: string): readonly string[] {
  const part = 'authorityInfoAccess';
  return itemsOf(tagged(node, tags.sequence, part), urisMax).flatMap((item) => {
    const fields = sequence(item, part);
    const oid = oidOf(fields.any(), part);
    const location = fields.any();
    return oid === method && location.tag === uriTag ? [uriOf(location, part)] : [];
  });
}

function uriOf(node: Der, part: string): string {
  return stringOf({ ...node, tag: tags.ia5 }, part) ?? misfit(part);
}
