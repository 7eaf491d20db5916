import { X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { ClientIdentity, type ChaincodeStub } from 'fabric-shim';
import { Authority } from '../../../../network/identity/authority.ts';

const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2036-01-01') };

describe('authority', () => {
  const authority = Authority.create('ca.alpha.test', 'alpha.test', validity);

  it('issues attributes that chaincode reads', () => {
    const { certificatePem } = authority.issue({
      commonName: 'gateway@alpha.test',
      purpose: { kind: 'identity', role: 'client', attributes: { 'kepil.role': 'gateway' } },
      validity,
    });
    const creator = { mspid: 'AlphaMSP', idBytes: Buffer.from(certificatePem) };
    const stub = {
      getCreator: () => creator,
      getChannelID: () => 'kepil',
      getTxID: () => '1',
    } as unknown as ChaincodeStub;
    const client = new ClientIdentity(stub);
    expect(client.getAttributeValue('kepil.role')).to.equal('gateway');
    expect(client.getAttributeValue('another')).to.equal(null);
    expect(client.getID()).to.contain('/OU=client/CN=gateway@alpha.test');
  });

  it('issues TLS certificates for the hosts asked for and no other', () => {
    const hosts = ['peer0.alpha.test', 'localhost', '127.0.0.1'];
    const { certificatePem } = authority.issue({
      commonName: 'peer0.alpha.test',
      purpose: { kind: 'tls', hosts },
      validity,
    });
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkHost('peer0.alpha.test')).to.equal('peer0.alpha.test');
    expect(certificate.checkIP('127.0.0.1')).to.equal('127.0.0.1');
    expect(certificate.checkHost('peer0.beta.test')).to.equal(undefined);
    expect(new Date(certificate.validFrom)).to.eql(validity.notBefore);
    expect(new Date(certificate.validTo)).to.eql(validity.notAfter);
  });

  it('goes on issuing after it was put down and taken up', () => {
    const again = Authority.load(authority);
    const { certificatePem } = again.issue({
      commonName: 'User1@alpha.test',
      purpose: { kind: 'identity', role: 'client' },
      validity,
    });
    const root = new X509Certificate(authority.certificatePem);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.checkIssued(root) && certificate.verify(root.publicKey)).to.equal(true);
  });

  it('certifies an earlier key anew', () => {
    const request = { commonName: 'a', purpose: { kind: 'tls', hosts: ['a'] }, validity } as const;
    const first = authority.issue(request);
    const second = authority.issue({ ...request, keyPem: first.keyPem });
    expect(second.certificatePem).not.to.equal(first.certificatePem);
    expect(publicKeyOf(second.certificatePem)).to.equal(publicKeyOf(first.certificatePem));
  });

  it('writes years after 2049, for which X.509 has another form', () => {
    const late = Authority.create('ca', 'alpha.test', { ...validity, notAfter: new Date('2051') });
    expect(new X509Certificate(late.certificatePem).validTo).to.contain('2051');
  });
});

function publicKeyOf(pem: string): string {
  return new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
