/**
 * What an organisation's members are recognised by: its certificate authorities and NodeOUs.
 *
 * The rules and the wording follow Fabric's own membership service with NodeOUs on.
 */
import { X509Certificate } from 'node:crypto';
import { verifyLowS } from './ecdsa.ts';
import { isKnownOr } from './known-signatures.ts';

/** What a certificate's organisational unit says its holder is. */
export type Role = 'client' | 'peer' | 'admin' | 'orderer';

/** A recognised member of an organisation. */
export type Identity = {
  readonly mspId: string;
  readonly certificatePem: string;
  readonly role: Role;
  readonly notAfter: Date;
  /** Whether the signature over the message is this identity's, with the lower `s`. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
};

/** Why a certificate does not identify a member; `roleless` is ours, but says not what its holder is. */
export class MspError extends Error {
  readonly code: 'malformed' | 'untrusted' | 'roleless' | 'expired';

  constructor(code: MspError['code'], message: string) {
    super(message);
    this.name = 'MspError';
    this.code = code;
  }
}

const roles: readonly string[] = ['client', 'peer', 'admin', 'orderer'] satisfies Role[];

/** Certificates kept parsed: officers of five organisations, with room; the oldest goes first. */
const cacheMax = 2000;

/** An organisation's membership service. */
export class Msp {
  readonly mspId: string;
  readonly #roots: readonly X509Certificate[];
  readonly #known = new Map<string, Identity>();

  constructor(mspId: string, rootCertificatesPem: readonly string[]) {
    this.mspId = mspId;
    this.#roots = rootCertificatesPem.map((pem) => new X509Certificate(pem));
  }

  /**
   * Recognises the holder of a certificate (its PEM text as bytes), or throws an `MspError`.
   *
   * `at` refuses a certificate that has run out by then. Fabric's peers and orderers ask so of a
   * client at the door, and not of what stands in a block: leave `at` out there, as a block stays
   * valid when its signers' certificates have run out.
   */
  identify(idBytes: Uint8Array, at?: Date): Identity {
    const pem = Buffer.from(idBytes).toString('latin1');
    const identity = this.#known.get(pem) ?? this.#remember(pem, this.#recognise(pem));
    if (at !== undefined && at > identity.notAfter) {
      throw new MspError('expired', 'proposal client identity expired');
    }
    return identity;
  }

  #remember(pem: string, identity: Identity): Identity {
    if (this.#known.size >= cacheMax) {
      const oldest = this.#known.keys().next();
      if (oldest.done !== true) this.#known.delete(oldest.value);
    }
    this.#known.set(pem, identity);
    return identity;
  }

  #recognise(pem: string): Identity {
    const certificate = parsed(pem);
    this.#assertIssuedHere(certificate);
    const role = this.#roleOf(certificate);
    const { publicKey } = certificate;
    return {
      mspId: this.mspId,
      certificatePem: pem,
      role,
      notAfter: new Date(certificate.validTo),
      verify: (message, signature) =>
        isKnownOr(() => verifyLowS(publicKey, message, signature), pem, message, signature),
    };
  }

  #assertIssuedHere(certificate: X509Certificate): void {
    if (certificate.ca) {
      throw new MspError(
        'untrusted',
        'could not obtain certification chain: An X509 certificate with Basic Constraint: ' +
          'Certificate Authority equals true cannot be used as an identity',
      );
    }
    const issued = this.#roots.some(
      (root) => certificate.checkIssued(root) && certificate.verify(root.publicKey),
    );
    if (!issued) {
      throw new MspError(
        'untrusted',
        'could not obtain certification chain: the supplied identity is not valid: ' +
          'x509: certificate signed by unknown authority',
      );
    }
  }

  #roleOf(certificate: X509Certificate): Role {
    const units = unitsOf(certificate);
    const named = units.filter(isRole);
    const [role] = named;
    if (role !== undefined && named.length === 1) return role;
    const which = `OUs: [${units.join(' ')}], MSP: [${this.mspId}]`;
    throw new MspError(
      'roleless',
      named.length === 0
        ? "could not validate identity's OUs: the identity does not have an OU that resolves to " +
            `client, peer, orderer, or admin role. ${which}`
        : "could not validate identity's OUs: the identity must have a client, a peer, an " +
            `orderer, or an admin OU role to be valid, not a combination of them. ${which}`,
    );
  }
}

/** Takes PEM only: `X509Certificate` would take DER too, under which one holder had two names. */
function parsed(pem: string): X509Certificate {
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new MspError('malformed', 'could not decode the PEM structure');
  }
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new MspError('malformed', `parseCertificate failed: ${String(error)}`);
  }
}

function unitsOf(certificate: X509Certificate): readonly string[] {
  // The types say one string; several units in a subject come as a list.
  const units = certificate.toLegacyObject().subject.OU;
  return units === undefined ? [] : [units].flat();
}

function isRole(unit: string): unit is Role {
  return roles.includes(unit);
}
