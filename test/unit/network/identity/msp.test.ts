import { expect } from 'chai';
import { Authority } from '../../../../network/identity/authority.ts';
import { Msp, MspError, type Role } from '../../../../network/identity/msp.ts';
import { signerOf } from '../../../../network/identity/signer.ts';

const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2027-01-01') };
const during = new Date('2026-06-01');

describe('msp', () => {
  const authority = Authority.create('ca.alpha.test', 'alpha.test', validity);
  const msp = new Msp('AlphaMSP', [authority.certificatePem]);
  const issue = (role: Role, by = authority) =>
    by.issue({ commonName: 'User1@alpha.test', purpose: { kind: 'identity', role }, validity });

  it('recognises a member with its role and verifies its signatures', () => {
    for (const role of ['client', 'peer', 'admin', 'orderer'] as const) {
      const { certificatePem, keyPem } = issue(role);
      const identity = msp.identify(Buffer.from(certificatePem), during);
      const message = Buffer.from('proposal');
      const signature = signerOf('AlphaMSP', certificatePem, keyPem).sign(message);
      expect(identity.role).to.equal(role);
      expect(identity.notAfter).to.eql(validity.notAfter);
      expect(identity.verify(message, signature)).to.equal(true);
      expect(identity.verify(Buffer.from('another'), signature)).to.equal(false);
    }
  });

  it('refuses a certificate of another authority, even of the same name', () => {
    const other = Authority.create('ca.alpha.test', 'alpha.test', validity);
    refused(issue('client', other).certificatePem, 'untrusted', 'signed by unknown authority');
  });

  it('refuses an authority, and a certificate without a role, as identities', () => {
    refused(authority.certificatePem, 'untrusted', 'Certificate Authority equals true');
    const { certificatePem } = authority.issue({
      commonName: 'peer0.alpha.test',
      purpose: { kind: 'tls', hosts: ['peer0.alpha.test'] },
      validity,
    });
    refused(certificatePem, 'roleless', 'does not have an OU that resolves to client, peer,');
  });

  it('refuses what is no PEM', () => {
    refused('not a certificate', 'malformed', 'could not decode the PEM structure');
  });

  it('refuses an expired client at the door, and still reads it in old blocks', () => {
    const idBytes = Buffer.from(issue('client').certificatePem);
    const after = new Date('2027-01-02');
    expect(() => msp.identify(idBytes, after)).to.throw(MspError, 'client identity expired');
    expect(msp.identify(idBytes).role).to.equal('client');
  });

  it('goes on knowing members whose authority was renewed with both roots published', () => {
    const renewed = Authority.create('ca.alpha.test', 'alpha.test', validity);
    const both = new Msp('AlphaMSP', [authority.certificatePem, renewed.certificatePem]);
    for (const by of [authority, renewed]) {
      const idBytes = Buffer.from(issue('client', by).certificatePem);
      expect(both.identify(idBytes, during).role).to.equal('client');
    }
  });

  function refused(pem: string, code: MspError['code'], text: string): void {
    expect(() => msp.identify(Buffer.from(pem), during))
      .to.throw(MspError, text)
      .with.property('code', code);
  }
});
