import { extensionOids } from '../../../chaincode/kernel/eds/extensions.ts';
import type { RevocationReason } from '../../../chaincode/kernel/eds/crl.ts';
import { sha1 } from '../../../chaincode/kernel/eds/sha1.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import { sha256 } from '../../../chaincode/kernel/sha256.ts';
import { extension, type Holder } from './certificates.ts';
import {
  algorithm,
  bitString,
  context,
  contextPrimitive,
  enumerated,
  generalizedTime,
  integer,
  integerOfOctets,
  octetString,
  oid,
  sequence,
  time,
} from './der-writer.ts';

/** A certificate as revoked. */
export type Revoked = {
  readonly serial: Uint8Array;
  readonly at: Instant;
  readonly reason?: RevocationReason;
};

export type ListOptions = {
  readonly thisUpdate: Instant;
  readonly nextUpdate?: Instant;
  readonly number: number;
  /** Makes it a list of changes since the complete list of this number. */
  readonly deltaBase?: number;
  readonly revoked: readonly Revoked[];
  readonly extensions?: readonly Uint8Array[];
};

/** Numbers of reasons (RFC 5280, 5.3.1). */
const reasonNumbers: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
};

/** Makes a list of revoked certificates. */
export function makeCrl(issuer: Holder, options: ListOptions): Uint8Array {
  const { key } = issuer;
  const { nextUpdate, deltaBase, revoked } = options;
  const entries = revoked.map(({ serial, at, reason }) =>
    sequence(integerOfOctets(serial), time(at), ...(reason ? [reasonExtension(reason)] : [])),
  );
  const delta = deltaBase === undefined ? [] : [deltaExtension(deltaBase)];
  const signed = sequence(
    integer(1),
    key.signatureAlgorithm,
    issuer.name,
    time(options.thisUpdate),
    ...(nextUpdate ? [time(nextUpdate)] : []),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    context(
      0,
      sequence(
        extension(extensionOids.crlNumber, integer(options.number)),
        extension(extensionOids.authorityKeyId, sequence(contextPrimitive(0, sha1(key.bits)))),
        ...delta,
        ...(options.extensions ?? []),
      ),
    ),
  );
  return sequence(signed, key.signatureAlgorithm, bitString(key.sign(signed)));
}

function reasonExtension(reason: RevocationReason): Uint8Array {
  return sequence(extension(extensionOids.crlReason, enumerated(reasonNumbers[reason])));
}

function deltaExtension(base: number): Uint8Array {
  return extension(extensionOids.deltaIndicator, integer(base), true);
}

export type OcspOptions = {
  readonly issuer: Holder;
  readonly responder: Holder;
  readonly serial: Uint8Array;
  readonly state: 'good' | 'unknown' | 'notIssued' | Omit<Revoked, 'serial'>;
  readonly thisUpdate: Instant;
  readonly nextUpdate?: Instant;
  readonly nonce?: Uint8Array;
  /** The digest that names the issuer; the national service takes SHA-256. */
  readonly hashOid?: string;
};

const sha1Oid = '1.3.14.3.2.26';
const sha256Oid = '2.16.840.1.101.3.4.2.1';
const never = '1970-01-01T00:00:00.000Z' as Instant;

/** Makes the answer of an OCSP service. */
export function makeOcsp(options: OcspOptions): Uint8Array {
  const { issuer, responder, thisUpdate, nextUpdate, nonce, hashOid = sha256Oid } = options;
  const hash = hashOid === sha1Oid ? sha1 : sha256;
  const answer = sequence(
    sequence(
      algorithm(hashOid),
      octetString(hash(issuer.name)),
      octetString(hash(issuer.key.bits)),
      integerOfOctets(options.serial),
    ),
    stateOf(options.state),
    generalizedTime(thisUpdate),
    ...(nextUpdate ? [context(0, generalizedTime(nextUpdate))] : []),
  );
  const extensions = [
    ...(nonce ? [extension(extensionOids.ocspNonce, octetString(nonce))] : []),
    extension(extensionOids.ocspExtendedRevoke, Uint8Array.of(5, 0)),
  ];
  const signed = sequence(
    context(2, octetString(sha1(responder.key.bits))),
    generalizedTime(thisUpdate),
    sequence(answer),
    context(1, sequence(...extensions)),
  );
  const basic = sequence(
    signed,
    responder.key.signatureAlgorithm,
    bitString(responder.key.sign(signed)),
    context(0, sequence(responder.certificate)),
  );
  const held = sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic));
  return sequence(enumerated(0), context(0, held));
}

/** An OCSP response that says only that there is none: `tryLater` and the like. */
export function ocspRefusal(status: number): Uint8Array {
  return sequence(enumerated(status));
}

function stateOf(state: OcspOptions['state']): Uint8Array {
  if (state === 'good') return contextPrimitive(0, new Uint8Array());
  if (state === 'unknown') return contextPrimitive(2, new Uint8Array());
  const { at, reason } =
    state === 'notIssued' ? { at: never, reason: 'certificateHold' as const } : state;
  const why = reason ? [context(0, enumerated(reasonNumbers[reason]))] : [];
  return context(1, generalizedTime(at), ...why);
}
