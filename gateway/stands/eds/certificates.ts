import { sha1 } from '../../../chaincode/kernel/eds/sha1.ts';
import { extensionOids } from '../../../chaincode/kernel/eds/extensions.ts';
import { attributeOids } from '../../../chaincode/kernel/eds/names.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  integer,
  integerOfOctets,
  namedBits,
  octetString,
  oid,
  printable,
  sequence,
  setOf,
  time,
  utf8,
} from './der-writer.ts';
import type { SigningKey } from './keys.ts';
import { utf8Of } from '../../../chaincode/kernel/bytes.ts';

/** Someone with a certificate and its key. */
export type Holder = {
  readonly name: Uint8Array;
  readonly serial: Uint8Array;
  readonly certificate: Uint8Array;
  readonly key: SigningKey;
};

/** What a certificate is to say; what is left out is left out of it. */
export type CertificateRequest = {
  readonly name: Uint8Array;
  readonly key: SigningKey;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly authority?: { readonly pathLength?: number };
  /** Bits of key usage. */
  readonly keyUsage?: readonly number[];
  readonly extendedKeyUsage?: readonly string[];
  readonly extendedKeyUsageCritical?: boolean;
  readonly ocspNoCheck?: boolean;
  /** Further extensions, as written. */
  readonly extensions?: readonly Uint8Array[];
  /** Where the serial number must not follow from the key. */
  readonly serial?: Uint8Array;
};

/** Bits of key usage by number. */
export const usage = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyAgreement: 4,
  keyCertSign: 5,
  crlSign: 6,
} as const;

/** A name of attributes in the order given; C and serialNumber are printable, the others UTF-8. */
export function nameOf(attributes: readonly (readonly [string, string])[]): Uint8Array {
  const plain: readonly string[] = [attributeOids.country, attributeOids.serialNumber];
  return sequence(
    ...attributes.map(([type, value]) =>
      setOf(sequence(oid(type), plain.includes(type) ? printable(value) : utf8(value))),
    ),
  );
}

export function extension(type: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** Issues a certificate like the national authority's; without an issuer it signs itself. */
export function issue(request: CertificateRequest, issuer?: Holder): Holder {
  const { name, key } = request;
  const signer = issuer?.key ?? key;
  const keyId = sha1(key.bits);
  // The authority takes the serial number from the key, its highest bit cleared.
  const serial =
    request.serial ??
    Uint8Array.from(keyId, (octet, at) => (at === 0 ? (octet & 0x3f) | 0x40 : octet));
  const signed = sequence(
    context(0, integer(2)),
    integerOfOctets(serial),
    signer.signatureAlgorithm,
    issuer?.name ?? name,
    sequence(time(request.notBefore), time(request.notAfter)),
    name,
    key.info,
    context(3, sequence(...extensionsOf(request, keyId, sha1(signer.bits)))),
  );
  const certificate = sequence(signed, signer.signatureAlgorithm, bitString(signer.sign(signed)));
  return { name, serial, certificate, key };
}

function extensionsOf(
  request: CertificateRequest,
  keyId: Uint8Array,
  issuerKeyId: Uint8Array,
): readonly Uint8Array[] {
  const { authority, keyUsage, extendedKeyUsage, ocspNoCheck, extensions = [] } = request;
  return [
    ...(authority ? [extension(extensionOids.basicConstraints, constraints(authority), true)] : []),
    extension(extensionOids.certificatePolicies, policies()),
    ...(extendedKeyUsage ? [usages(extendedKeyUsage, request.extendedKeyUsageCritical)] : []),
    ...(keyUsage ? [extension(extensionOids.keyUsage, namedBits(keyUsage), true)] : []),
    extension(extensionOids.subjectKeyId, octetString(keyId)),
    extension(extensionOids.authorityKeyId, sequence(contextPrimitive(0, issuerKeyId))),
    extension(extensionOids.keyStore, sequence(oid('1.2.398.3.3.5.1.1'))),
    ...(ocspNoCheck ? [extension(extensionOids.ocspNoCheck, Uint8Array.of(5, 0))] : []),
    ...extensions,
  ];
}

function usages(oids: readonly string[], critical = false): Uint8Array {
  return extension(extensionOids.extendedKeyUsage, sequence(...oids.map(oid)), critical);
}

function constraints({ pathLength }: { readonly pathLength?: number }): Uint8Array {
  return sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)]));
}

function policies(): Uint8Array {
  const address = Uint8Array.of(0x16, 19, ...utf8Of('http://pki.test/cps'));
  const qualifier = sequence(oid('1.3.6.1.5.5.7.2.1'), address);
  return sequence(sequence(oid('1.2.398.3.3.2'), sequence(qualifier)));
}
