/**
 * An organisation's own certificate authority, as small as our networks need: P-256, NodeOUs and
 * Fabric's attribute extension. For real use an organisation brings its own (Fabric CA, or an
 * accredited one); nothing else of the networks asks who issued a certificate.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import * as der from './der.ts';
import { signLowS } from './ecdsa.ts';
import type { Role } from './msp.ts';

/** When a certificate is valid. */
export type Validity = { readonly notBefore: Date; readonly notAfter: Date };

/** A certificate with its PKCS #8 key. */
export type Issued = { readonly certificatePem: string; readonly keyPem: string };

/** What a certificate shall say. */
export type CertificateRequest = {
  readonly commonName: string;
  /** An identity in the organisation's MSP, or a key for TLS. */
  readonly purpose:
    | {
        readonly kind: 'identity';
        readonly role: Role;
        /** What chaincode reads with `ClientIdentity.getAttributeValue`. */
        readonly attributes?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'tls'; readonly hosts: readonly string[] };
  readonly validity: Validity;
  /** An earlier key to certify anew: orderers' certificates rotate so without a config update. */
  readonly keyPem?: string;
};

const oids = {
  ecPublicKeySha256: '1.2.840.10045.4.3.2',
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  commonName: '2.5.4.3',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
  /** Fabric's attributes: the JSON text `{"attrs":{...}}` is the extension's value. */
  attributes: '1.2.3.4.5.6.7.8.1',
} as const;

/** Bits of `KeyUsage`, from the first of its first byte. */
const usage = { signature: 0x80, keyEncipherment: 0x20, certificates: 0x04, revocations: 0x02 };

const country = der.setOf(der.sequence(der.oid(oids.country), der.printable('KZ')));

/** Issues an organisation's certificates. */
export class Authority {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly #key: KeyObject;
  readonly #name: Buffer;

  private constructor(issued: Issued, name: Buffer) {
    this.certificatePem = issued.certificatePem;
    this.keyPem = issued.keyPem;
    this.#key = createPrivateKey(issued.keyPem);
    this.#name = name;
  }

  /** Makes a new authority with a certificate that it signs itself. */
  static create(commonName: string, organisation: string, validity: Validity): Authority {
    const key = newKey();
    const name = authorityName(organisation, commonName);
    const certificatePem = certificate({
      issuer: name,
      subject: name,
      publicKey: createPublicKey(key),
      signingKey: key,
      validity,
      extensions: [
        extension(oids.basicConstraints, der.sequence(der.yes), true),
        keyUsage(usage.signature | usage.certificates | usage.revocations),
        extension(oids.subjectKey, der.octets(keyIdentifier(key))),
      ],
    });
    return new Authority({ certificatePem, keyPem: pemOf(key) }, name);
  }

  /** Takes up an authority that `create` made before. */
  static load(issued: Issued): Authority {
    const { subject } = new X509Certificate(issued.certificatePem).toLegacyObject();
    return new Authority(issued, authorityName(String(subject.O), String(subject.CN)));
  }

  /** Issues a certificate, for a new key unless the request brings one. */
  issue(request: CertificateRequest): Issued {
    const key = request.keyPem === undefined ? newKey() : createPrivateKey(request.keyPem);
    const { purpose, commonName, validity } = request;
    const unit = purpose.kind === 'identity' ? [named(oids.unit, purpose.role)] : [];
    const certificatePem = certificate({
      issuer: this.#name,
      subject: der.sequence(country, ...unit, named(oids.commonName, commonName)),
      publicKey: createPublicKey(key),
      signingKey: this.#key,
      validity,
      extensions: [
        extension(oids.basicConstraints, der.sequence(), true),
        extension(oids.authorityKey, der.sequence(der.implicit(0, keyIdentifier(this.#key)))),
        ...extensionsFor(purpose),
      ],
    });
    return { certificatePem, keyPem: pemOf(key) };
  }
}

function extensionsFor(purpose: CertificateRequest['purpose']): readonly Buffer[] {
  if (purpose.kind === 'identity') {
    const { attributes } = purpose;
    const text = Buffer.from(JSON.stringify({ attrs: attributes }));
    return [
      keyUsage(usage.signature),
      ...(attributes === undefined ? [] : [extension(oids.attributes, text)]),
    ];
  }
  // Nodes dial each other with the certificate that they serve with.
  const roles = der.sequence(
    der.oid(oids.serverAuthentication),
    der.oid(oids.clientAuthentication),
  );
  const hosts = der.sequence(...purpose.hosts.map(alternativeName));
  return [
    keyUsage(usage.signature | usage.keyEncipherment),
    extension(oids.extendedKeyUsage, roles),
    ...(purpose.hosts.length === 0 ? [] : [extension(oids.alternativeNames, hosts)]),
  ];
}

/** Builds and signs a certificate of version 3. */
function certificate(parts: {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly validity: Validity;
  readonly extensions: readonly Buffer[];
}): string {
  const signatureAlgorithm = der.sequence(der.oid(oids.ecPublicKeySha256));
  const body = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(newSerial()),
    signatureAlgorithm,
    parts.issuer,
    der.sequence(der.time(parts.validity.notBefore), der.time(parts.validity.notAfter)),
    parts.subject,
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...parts.extensions)),
  );
  // Fabric rewrites a certificate whose signature has the higher `s`, and would then know it by
  // other bytes than we do.
  const signature = der.bits(signLowS(parts.signingKey, body));
  return textOf('CERTIFICATE', der.sequence(body, signatureAlgorithm, signature));
}

function authorityName(organisation: string, commonName: string): Buffer {
  return der.sequence(
    country,
    named(oids.organisation, organisation),
    named(oids.commonName, commonName),
  );
}

function named(type: string, value: string): Buffer {
  return der.setOf(der.sequence(der.oid(type), der.utf8(value)));
}

function extension(type: string, value: Uint8Array, critical = false): Buffer {
  return der.sequence(der.oid(type), ...(critical ? [der.yes] : []), der.octets(value));
}

function keyUsage(flags: number): Buffer {
  const unusedBits = 31 - Math.clz32(flags & -flags);
  return extension(oids.keyUsage, der.bits(Buffer.from([flags]), unusedBits), true);
}

/** SHA-1 of the public key's bits, as RFC 5280 suggests: a name, not a proof. */
function keyIdentifier(key: KeyObject): Buffer {
  // The point of P-256, uncompressed, ends its SPKI form.
  const point = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-65);
  return createHash('sha1').update(point).digest();
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 0) return der.implicit(2, Buffer.from(host));
  if (isIP(host) === 4) return der.implicit(7, Buffer.from(host.split('.').map(Number)));
  throw new Error(`addresses of IPv6 are not certified: ${host}`);
}

/** A positive number of 16 bytes that nobody guesses. */
function newSerial(): Buffer {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return serial;
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function textOf(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
