import { attributeOids } from '../../../chaincode/kernel/eds/names.ts';
import { roleOid, usageOids, type Role } from '../../../chaincode/kernel/eds/roles.ts';
import { knownInstant, type Instant } from '../../../chaincode/kernel/instant.ts';
import { issue, nameOf, usage, type CertificateRequest, type Holder } from './certificates.ts';
import { gostSigningKey, rsaSigningKey, type SigningKey } from './keys.ts';

/**
 * The repository's own authority, for tests and demonstrations: it issues certificates of every role
 * in the form of the national authority's. A seed decides its keys, so that whoever knows the seed
 * can sign as anybody: nothing outside a demonstration may trust it.
 */
export type TestAuthority = {
  readonly root: Holder;
  readonly issuer: Holder;
  readonly timeStamper: Holder;
  readonly responder: Holder;
};

export type AuthorityOptions = {
  readonly seed: string;
  readonly kind?: SigningKey['kind'];
  readonly notBefore?: Instant;
  readonly notAfter?: Instant;
};

const decade = {
  notBefore: knownInstant('2025-01-01T00:00:00.000Z'),
  notAfter: knownInstant('2035-01-01T00:00:00.000Z'),
};

/** Makes a root, an issuing authority, a time-stamp service and an OCSP service. */
export function makeAuthority(options: AuthorityOptions): TestAuthority {
  const { seed, kind = 'gost512', ...terms } = { ...decade, ...options };
  const label = kind === 'rsa' ? 'RSA' : 'GOST';
  const request = (text: string, keyUsage: readonly number[]) => ({
    notBefore: terms.notBefore,
    notAfter: terms.notAfter,
    name: authorityName(`KEPIL TEST ${text} (${label})`),
    key: keyOf(kind, `${seed} ${text}`),
    keyUsage,
  });
  const certifies = [usage.keyCertSign, usage.crlSign];
  const signs = [usage.digitalSignature];
  const root = issue({ ...request('ROOT', certifies), authority: {} });
  const issuer = issue({ ...request('AUTHORITY', certifies), authority: {} }, root);
  const stamping = {
    extendedKeyUsage: [usageOids.timeStamping],
    extendedKeyUsageCritical: true,
  };
  const timeStamper = issue({ ...request('TIME STAMPS', signs), ...stamping }, issuer);
  const answering = { extendedKeyUsage: [usageOids.ocspSigning], ocspNoCheck: true };
  const responder = issue({ ...request('OCSP', signs), ...answering }, issuer);
  return { root, issuer, timeStamper, responder };
}

export function keyOf(kind: SigningKey['kind'], seed: string): SigningKey {
  return kind === 'rsa' ? rsaSigningKey(seed) : gostSigningKey(seed, kind);
}

function authorityName(text: string): Uint8Array {
  return nameOf([
    [attributeOids.commonName, text],
    [attributeOids.country, 'KZ'],
  ]);
}

/** A person as the authority knows them. */
export type TestPerson = {
  readonly surname: string;
  readonly givenName: string;
  readonly patronymic?: string;
  readonly iin?: string;
  readonly bin?: string;
  readonly organisation?: string;
  readonly role: Role;
};

/** The name of a holder in the order of the national authority's certificates. */
export function holderName(person: TestPerson): Uint8Array {
  const { surname, givenName, patronymic, iin, bin, organisation } = person;
  const attributes: readonly (readonly [string, string | undefined])[] = [
    [attributeOids.commonName, `${surname} ${givenName}`],
    [attributeOids.surname, surname],
    [attributeOids.serialNumber, iin && `IIN${iin}`],
    [attributeOids.country, 'KZ'],
    [attributeOids.organisation, organisation],
    [attributeOids.organisationalUnit, bin && `BIN${bin}`],
    [attributeOids.givenName, patronymic],
  ];
  return nameOf(attributes.flatMap(([type, value]) => (value ? [[type, value] as const] : [])));
}

/** Issues a certificate for signatures to a person, in their role. */
export function issueTo(
  person: TestPerson,
  issuer: Holder,
  key: SigningKey,
  changes: Partial<CertificateRequest> = {},
): Holder {
  const { role } = person;
  const personal = role === 'person' || role === 'organisation';
  const roles: readonly Role[] = personal ? [role] : ['organisation', role];
  const request: CertificateRequest = {
    name: holderName(person),
    key,
    ...decade,
    keyUsage: [usage.digitalSignature, usage.nonRepudiation, usage.keyAgreement],
    extendedKeyUsage: [usageOids.signature, ...roles.map(roleOid)],
    ...changes,
  };
  return issue(request, issuer);
}
