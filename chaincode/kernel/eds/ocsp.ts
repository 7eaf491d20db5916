import type { Instant } from '../instant.ts';
import { algorithmOid } from './algorithms.ts';
import { timeOf } from './asn1-time.ts';
import { hexOf } from '../bytes.ts';
import { certificateOf, type Certificate } from './certificate.ts';
import { reasonOf, type RevocationReason } from './crl.ts';
import {
  bitOctets,
  contextTag,
  itemsOf,
  misfit,
  octets,
  oidOf,
  only,
  parsed,
  sequence,
  serialOf,
  smallOf,
  tagged,
  tags,
  within,
  type Der,
  type Fields,
} from './der.ts';
import { extensionOids, extensionsOf, unknownCritical } from './extensions.ts';
import { nameOf } from './names.ts';
import type { Outcome } from '../outcome.ts';

/** A response of an OCSP service (RFC 6960): its status and, if it answered, what it signed. */
export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse }
  | { readonly status: Exclude<OcspStatus, 'successful'> };

export type BasicOcspResponse = {
  readonly signedBytes: Uint8Array;
  readonly signatureOid: string;
  readonly signature: Uint8Array;
  /** The responder, by the bytes of its name or the SHA-1 of its key. */
  readonly responder: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array };
  readonly producedAt: Instant;
  readonly nonce: string | undefined;
  readonly unknownCritical: readonly string[];
  readonly answers: readonly OcspAnswer[];
  readonly certificates: readonly Certificate[];
};

/** What the service says of one certificate. */
export type OcspAnswer = {
  readonly hashOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: string;
  readonly state: OcspState;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | undefined;
};

export type OcspState =
  | { readonly kind: 'good' | 'unknown' }
  | { readonly kind: 'revoked'; readonly revokedAt: Instant; readonly reason: RevocationReason };

const statusNames = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
] as const;
export type OcspStatus = Exclude<(typeof statusNames)[number], undefined>;

const answersMax = 16;
const certificatesMax = 8;

/** Parses the DER of a response. */
export function parseOcsp(bytes: Uint8Array): Outcome<OcspResponse> {
  return parsed(bytes, (node): OcspResponse => {
    const fields = sequence(node, 'ocsp');
    const status =
      statusNames[smallOf(fields.any(), 'ocsp/status', tags.enumerated)] ?? misfit('ocsp/status');
    const wrapped = fields.optional(contextTag(0));
    fields.end();
    if (status !== 'successful') return { status };
    const inner = sequence(only(wrapped ?? misfit('ocsp'), 'ocsp'), 'ocsp');
    if (oidOf(inner.any(), 'ocsp/responseType') !== '1.3.6.1.5.5.7.48.1.1') misfit('ocsp');
    const held = inner.next(tags.octetString);
    inner.end();
    return { status, basic: basicOf(within(held, held.body)) };
  });
}

function basicOf(node: Der): BasicOcspResponse {
  const fields = sequence(node, 'ocsp');
  const signed = fields.next(tags.sequence);
  const signatureOid = algorithmOid(fields.any(), 'ocsp/signatureAlgorithm');
  const signature = bitOctets(fields.any(), 'ocsp/signature');
  const wrapped = fields.optional(contextTag(0));
  fields.end();
  const list = wrapped && tagged(only(wrapped, 'ocsp/certs'), tags.sequence, 'ocsp/certs');
  return {
    ...toBeSigned(sequence(signed, 'ocsp')),
    signedBytes: signed.bytes,
    signatureOid,
    signature,
    certificates: list ? itemsOf(list, certificatesMax).map(certificateOf) : [],
  };
}

function toBeSigned(fields: Fields) {
  const version = fields.optional(contextTag(0));
  if (version && smallOf(only(version, 'ocsp/version'), 'ocsp/version') !== 0) misfit('ocsp');
  const responder = responderOf(fields.any());
  const producedAt = timeOf(fields.next(tags.generalizedTime), 'ocsp/producedAt');
  const answers = itemsOf(fields.next(tags.sequence), answersMax).map(answerOf);
  const wrapped = fields.optional(contextTag(1));
  fields.end();
  const extensions = wrapped
    ? extensionsOf(only(wrapped, 'ocsp/extensions'), 'ocsp/extensions')
    : [];
  const known = [extensionOids.ocspNonce, extensionOids.ocspExtendedRevoke];
  return {
    responder,
    producedAt,
    answers,
    // Older services write the nonce's octets without a second OCTET STRING around them.
    nonce: nonceOf(extensions.find(({ oid }) => oid === extensionOids.ocspNonce)?.value),
    unknownCritical: unknownCritical(extensions, known),
  };
}

function nonceOf(value: Der | undefined): string | undefined {
  if (value === undefined) return undefined;
  const wrapped = value.body[0] === tags.octetString && value.body[1] === value.body.length - 2;
  return hexOf(wrapped ? value.body.subarray(2) : value.body);
}

function responderOf(node: Der): BasicOcspResponse['responder'] {
  const part = 'ocsp/responderID';
  if (node.tag === contextTag(1)) return { name: nameOf(only(node, part), part).bytes };
  return { keyHash: octets(only(tagged(node, contextTag(2), part), part), part) };
}

function answerOf(node: Der): OcspAnswer {
  const part = 'ocsp/answer';
  const fields = sequence(node, part);
  const id = sequence(fields.any(), part);
  const hashOid = algorithmOid(id.any(), part);
  const issuerNameHash = octets(id.any(), part);
  const issuerKeyHash = octets(id.any(), part);
  const serial = serialOf(id.any(), part);
  id.end();
  const state = stateOf(fields.any());
  const thisUpdate = timeOf(fields.next(tags.generalizedTime), part);
  const next = fields.optional(contextTag(0));
  const extensions = fields.optional(contextTag(1));
  fields.end();
  const list = extensions ? extensionsOf(only(extensions, part), part) : [];
  if (unknownCritical(list, []).length > 0) misfit(part);
  const nextUpdate = next && timeOf(only(next, part), part);
  return { hashOid, issuerNameHash, issuerKeyHash, serial, state, thisUpdate, nextUpdate };
}

function stateOf(node: Der): OcspState {
  const part = 'ocsp/status';
  if (node.tag === contextTag(0, false) && node.body.length === 0) return { kind: 'good' };
  if (node.tag === contextTag(2, false) && node.body.length === 0) return { kind: 'unknown' };
  if (node.tag !== contextTag(1)) return misfit(part);
  const [time, wrapped, ...more] = itemsOf(node, 3);
  if (time?.tag !== tags.generalizedTime || more.length > 0) return misfit(part);
  const revokedAt = timeOf(time, part);
  if (wrapped === undefined) return { kind: 'revoked', revokedAt, reason: 'unspecified' };
  const reason = reasonOf(only(tagged(wrapped, contextTag(0), part), part), part);
  return { kind: 'revoked', revokedAt, reason };
}
