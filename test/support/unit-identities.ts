/** Organisations and people for tests: certificates are made once a process and shared. */
import { Authority, type Validity } from '../../network/identity/authority.ts';
import { Msp, type Role } from '../../network/identity/msp.ts';
import { signerOf, type Signer } from '../../network/identity/signer.ts';
import type { Consenter, Member } from '../../network/local/engine/membership.ts';

/** Long enough for any date that a test sets. */
const validity: Validity = {
  notBefore: new Date('2020-01-01T00:00:00Z'),
  notAfter: new Date('2045-01-01T00:00:00Z'),
};

/** Who acts in a test. */
export type UnitUser = {
  readonly mspId: string;
  readonly role?: Role;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Tells two people of one organisation apart. */
  readonly name?: string;
};

/** As the network's own demo users have it: by `kepil.role` the chaincode tells duties apart. */
export function attributesOf(role: Role): Pick<UnitUser, 'attributes'> {
  return role === 'admin' ? { attributes: { 'kepil.role': 'admin' } } : {};
}

const authorities = new Map<string, Authority>();
const signers = new Map<string, Signer>();
const members = new Map<string, Member>();

function authorityOf(mspId: string): Authority {
  const known = authorities.get(mspId);
  if (known !== undefined) return known;
  const authority = Authority.create(`ca of ${mspId}`, mspId, validity);
  authorities.set(mspId, authority);
  return authority;
}

/** A person's or node's identity; asked for again, it is the same one. */
export function unitSigner(user: UnitUser): Signer {
  const { mspId, role = 'client', attributes, name = role } = user;
  const key = JSON.stringify([mspId, role, name, attributes]);
  const known = signers.get(key);
  if (known !== undefined) return known;
  const { certificatePem, keyPem } = authorityOf(mspId).issue({
    commonName: name,
    purpose: { kind: 'identity', role, ...(attributes && { attributes }) },
    validity,
  });
  const signer = signerOf(mspId, certificatePem, keyPem);
  signers.set(key, signer);
  return signer;
}

/** An organisation of a channel. */
export function unitMember(mspId: string): Member {
  const known = members.get(mspId);
  if (known !== undefined) return known;
  const { certificatePem } = authorityOf(mspId);
  const member: Member = {
    mspId,
    msp: new Msp(mspId, [certificatePem]),
    rootCertificatesPem: [certificatePem],
    tlsRootCertificatesPem: [certificatePem],
    peer: unitSigner({ mspId, role: 'peer' }),
  };
  members.set(mspId, member);
  return member;
}

/** An organisation's orderer. */
export function unitConsenter(mspId: string): Consenter {
  const signer = unitSigner({ mspId, role: 'orderer' });
  return { signer, host: 'orderer0.test', port: 7050, tlsCertificatePem: signer.certificatePem };
}
