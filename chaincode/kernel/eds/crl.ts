import type { Instant } from '../instant.ts';
import { algorithmOid } from './algorithms.ts';
import { timeOf } from './asn1-time.ts';
import {
  booleanOf,
  contextTag,
  eachItem,
  largeLimits,
  misfit,
  naturalOf,
  only,
  parsed,
  sequence,
  serialOf,
  smallOf,
  tags,
  type Der,
  type DerLimits,
  type Fields,
} from './der.ts';
import {
  authorityKeyIdOf,
  extensionOids,
  extensionsOf,
  extensionValue,
  unknownCritical,
  type Extension,
} from './extensions.ts';
import { nameOf, type Name } from './names.ts';
import type { Outcome } from '../outcome.ts';
import { signedStructure } from './signed-structure.ts';

/** A list of revoked certificates (CRL v2), complete or of changes. */
export type RevocationList = {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly signedBytes: Uint8Array;
  readonly signatureOid: string;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | undefined;
  readonly number: bigint | undefined;
  /** The number of the complete list that a list of changes starts from. */
  readonly deltaBase: bigint | undefined;
  readonly authorityKeyId: string | undefined;
  readonly unknownCritical: readonly string[];
  /** Whether the list may leave out certificates of the issuer that are revoked. */
  readonly partial: boolean;
  readonly entries: ReadonlyMap<string, RevokedEntry>;
};

/** When a certificate was revoked, and why. */
export type RevokedEntry = { readonly revokedAt: Instant; readonly reason: RevocationReason };

const reasonNames = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;
export type RevocationReason = Exclude<(typeof reasonNames)[number], undefined>;

/** The reason by its number (RFC 5280, 5.3.1). */
export function reasonOf(node: Der, part: string): RevocationReason {
  return reasonNames[smallOf(node, part, tags.enumerated)] ?? misfit(part);
}

/** Parses the DER of a list. */
export function parseCrl(
  bytes: Uint8Array,
  limits: DerLimits = largeLimits,
): Outcome<RevocationList> {
  return parsed(bytes, crlOf, limits);
}

function crlOf(node: Der): RevocationList {
  return signedStructure(node, 'crl', toBeSigned);
}

const timeTags = [tags.utcTime, tags.generalizedTime];

function toBeSigned(fields: Fields) {
  const version = fields.optional(tags.integer);
  if (version !== undefined && smallOf(version, 'crl/version') !== 1) misfit('crl/version');
  const algorithm = fields.any();
  const issuer = nameOf(fields.any(), 'crl/issuer');
  const thisUpdate = timeOf(fields.any(), 'crl/thisUpdate');
  const next = fields.optional(...timeTags);
  const revoked = fields.optional(tags.sequence);
  const wrapped = fields.optional(contextTag(0));
  fields.end();
  const extensions = wrapped ? extensionsOf(only(wrapped, 'crl/extensions'), 'crl/extensions') : [];
  const { entries, unknown } = entriesOf(revoked);
  return {
    algorithm,
    signatureOid: algorithmOid(algorithm, 'crl/signature'),
    issuer,
    thisUpdate,
    nextUpdate: next && timeOf(next, 'crl/nextUpdate'),
    entries,
    ...readExtensions(extensions, unknown),
  };
}

const understood: readonly string[] = [
  extensionOids.crlNumber,
  extensionOids.deltaIndicator,
  extensionOids.issuingDistributionPoint,
  extensionOids.authorityKeyId,
];

function readExtensions(list: readonly Extension[], unknownOfEntries: readonly string[]) {
  const number = (node: Der) => naturalOf(node, 'crl/number');
  return {
    number: extensionValue(list, extensionOids.crlNumber, number),
    deltaBase: extensionValue(list, extensionOids.deltaIndicator, number),
    authorityKeyId: extensionValue(list, extensionOids.authorityKeyId, authorityKeyIdOf),
    partial: extensionValue(list, extensionOids.issuingDistributionPoint, isPartial) ?? false,
    unknownCritical: [...unknownCritical(list, understood), ...unknownOfEntries],
  };
}

/** A distribution point's name narrows nothing by itself; any of the flags does. */
function isPartial(node: Der): boolean {
  const part = 'crl/issuingDistributionPoint';
  return [...eachItem(node)].some((item) =>
    item.tag === contextTag(0)
      ? false
      : item.tag === contextTag(3, false) || booleanOf({ ...item, tag: tags.boolean }, part),
  );
}

const entryUnderstood: readonly string[] = [extensionOids.crlReason, extensionOids.invalidityDate];

function entriesOf(revoked: Der | undefined) {
  const entries = new Map<string, RevokedEntry>();
  const unknown = new Set<string>();
  for (const item of revoked ? eachItem(revoked) : []) {
    const fields = sequence(item, 'crl/entry', 3);
    const serial = serialOf(fields.any(), 'crl/entry');
    const revokedAt = timeOf(fields.any(), 'crl/entry');
    const list = fields.optional(tags.sequence);
    fields.end();
    const extensions = list ? extensionsOf(list, 'crl/entry') : [];
    for (const oid of unknownCritical(extensions, entryUnderstood)) unknown.add(oid);
    const reason = extensionValue(extensions, extensionOids.crlReason, (node) =>
      reasonOf(node, 'crl/entry'),
    );
    if (entries.has(serial)) misfit('crl/entry');
    entries.set(serial, { revokedAt, reason: reason ?? 'unspecified' });
  }
  return { entries, unknown: [...unknown] };
}
