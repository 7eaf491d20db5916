import { expect } from 'chai';
import { bytesOfBase64 } from '../../../../chaincode/kernel/eds/bytes.ts';
import { parseCertificate } from '../../../../chaincode/kernel/eds/certificate.ts';
import { parseCms } from '../../../../chaincode/kernel/eds/cms.ts';
import { parseCrl } from '../../../../chaincode/kernel/eds/crl.ts';
import { nameText } from '../../../../chaincode/kernel/eds/names.ts';
import { valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import { needRealSignatures, realFile } from '../../../support/eds-fixtures.ts';

describe('the files of the national authority’s test system', () => {
  before(function () {
    needRealSignatures(this);
  });

  it('the root and the issuing authority are the pinned ones', () => {
    const pins = ['root_test_gost_2022.cer', 'nca_gost2022_test.cer'].map(
      (name) => valueOrThrow(parseCertificate(realFile(name))).sha256,
    );
    expect(pins).to.deep.equal([
      'b995e79e7c07429f8f79e185451e5599ce342ac720000f01b3854fdfa03031a6',
      'beeffc0bdb77cd798c35983eb0715f6ef0051cccb71d7cd05505e8a4fb2c6f4d',
    ]);
  });

  it('the signer’s certificate names the published test person and what the key is for', () => {
    const text = String.fromCharCode(...realFile('individual_signer.cer'));
    const certificate = valueOrThrow(parseCertificate(bytesOfBase64(text) ?? new Uint8Array()));
    expect(nameText(certificate.subject)).to.include('serialNumber=IIN123456789011');
    expect(certificate.keyUsage).to.deep.equal([
      'digitalSignature',
      'nonRepudiation',
      'keyAgreement',
    ]);
    expect(certificate.extendedKeyUsage).to.deep.equal(['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1']);
    expect(certificate.unknownCritical).to.deep.equal([]);
  });

  it('the list of revoked certificates has its 54 entries', () => {
    const list = valueOrThrow(parseCrl(realFile('nca_gost2022_test.crl')));
    expect(list.entries.size).to.equal(54);
    expect([list.thisUpdate, list.nextUpdate]).to.deep.equal([
      '2025-04-29T04:46:49.000Z',
      '2025-10-26T04:46:49.000Z',
    ]);
    expect([list.number, list.deltaBase, list.partial]).to.deep.equal([14n, undefined, false]);
  });

  it('the signed messages hold their one signer, with and without the document', () => {
    const attached = valueOrThrow(parseCms(realFile('individual_attached.der')));
    const detached = valueOrThrow(parseCms(realFile('individual_detached.der')));
    expect(attached.content).to.deep.equal(realFile('individual_document.txt'));
    expect(detached.content).to.equal(undefined);
    expect([attached.signers.length, detached.signers.length]).to.deep.equal([1, 1]);
  });
});
