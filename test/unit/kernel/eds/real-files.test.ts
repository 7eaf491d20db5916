import { expect } from 'chai';
import { bytesOfBase64 } from '../../../../chaincode/kernel/bytes.ts';
import { parseCertificate } from '../../../../chaincode/kernel/eds/certificate.ts';
import { parseCms } from '../../../../chaincode/kernel/eds/cms.ts';
import { parseCrl } from '../../../../chaincode/kernel/eds/crl.ts';
import { inspectionPolicy, ledgerPolicy } from '../../../../chaincode/kernel/eds/policy.ts';
import { parseTimeStamp } from '../../../../chaincode/kernel/eds/time-stamp.ts';
import { trustOf, type Trust } from '../../../../chaincode/kernel/eds/trust.ts';
import { verifyFile, type Verifying } from '../../../../chaincode/kernel/eds/verify-file.ts';
import { nameText } from '../../../../chaincode/kernel/eds/names.ts';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
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
    const certificate = valueOrThrow(parseCertificate(valueOrThrow(bytesOfBase64(text))));
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

  /** The time-stamp service signed in the real world, so its own certificate is what can be pinned. */
  function timeStamper(): Uint8Array {
    const message = valueOrThrow(parseCms(realFile('individual_attached.der')));
    const token = parseTimeStamp(message.signers[0]?.timeStamp ?? new Uint8Array());
    return valueOrThrow(token).signedData.certificates[0]?.bytes ?? new Uint8Array();
  }

  function trust(timeStampers: readonly Uint8Array[] = []): Trust {
    const authorities = ['root_test_gost_2022.cer', 'nca_gost2022_test.cer'].map(realFile);
    return valueOrThrow(trustOf({ version: 'test', authorities, timeStampers }));
  }

  function verdict(file: string, options: Partial<Verifying> = {}) {
    const { ok, reasons, notes, signers } = verifyFile(realFile(file), {
      evidence: {},
      content: undefined,
      trust: trust(),
      policy: inspectionPolicy,
      moments: {},
      ...options,
    });
    return {
      ok,
      reasons: reasons.map(({ code }) => code),
      notes: notes.map(({ code }) => code),
      signer: signers[0],
    };
  }

  const crls = () => ({ crls: [realFile('nca_gost2022_test.crl')] });
  const signed = knownInstant('2026-07-20T10:00:00.000Z');

  it('the signature is valid at its time stamp’s time where the service is pinned', () => {
    const found = verdict('individual_attached.der', { trust: trust([timeStamper()]) });
    expect(found).to.deep.include({ ok: true, reasons: [], notes: ['REVOCATION_NOT_CHECKED'] });
    expect(found.signer?.judgedAt).to.equal('2026-07-20T09:08:07.000Z');
    expect(found.signer?.chain.map(({ pinned }) => pinned)).to.deep.equal([false, true, true]);
    expect(found.signer?.subject?.roles).to.deep.equal(['person']);
  });

  it('without the service pinned, the moment must be given', () => {
    expect(verdict('individual_attached.der')).to.deep.include({
      ok: false,
      reasons: ['TIME_UNKNOWN'],
      notes: ['TST_UNTRUSTED'],
    });
    expect(verdict('individual_attached.der', { moments: { at: signed } })).to.deep.include({
      ok: true,
      notes: ['TST_UNTRUSTED', 'REVOCATION_NOT_CHECKED'],
    });
  });

  it('the detached signature is of this document and of no other', () => {
    const content = realFile('individual_document.txt');
    const changed = Uint8Array.from(content, (octet, at) => (at === 5 ? octet ^ 1 : octet));
    const moments = { at: signed };
    expect(verdict('individual_detached.der', { content, moments }).ok).to.equal(true);
    expect(verdict('individual_detached.der', { content: changed, moments }).reasons).to.deep.equal(
      ['DIGEST_MISMATCH'],
    );
    expect(verdict('individual_detached.der', { moments }).reasons).to.deep.equal([
      'CONTENT_MISSING',
    ]);
  });

  it('a list that had lapsed by then proves nothing, and the certificate is of one year', () => {
    const evidence = crls();
    const at = (text: string) => ({ at: knownInstant(text) });
    const cases = [
      verdict('individual_attached.der', { evidence, moments: { at: signed } }),
      verdict('individual_attached.der', { moments: at('2027-06-01T00:00:00.000Z') }),
      verdict('individual_attached.der', { moments: at('2026-05-01T00:00:00.000Z') }),
    ];
    expect(cases.map(({ reasons }) => reasons)).to.deep.equal([
      ['CRL_STALE'],
      ['CERT_EXPIRED'],
      ['CERT_NOT_YET_VALID'],
    ]);
  });

  it('the list and the certificates verify by themselves', () => {
    const moments = { at: knownInstant('2025-06-01T00:00:00.000Z') };
    expect(verdict('nca_gost2022_test.crl', { moments }).reasons).to.deep.equal([]);
    expect(verdict('nca_gost2022_test.cer', { moments }).reasons).to.deep.equal([]);
    expect(verdict('root_test_gost_2022.cer', { moments }).reasons).to.deep.equal([]);
  });

  it('the ledger’s policy wants what these files lack: a real person and revocation evidence', () => {
    const found = verdict('individual_attached.der', {
      trust: trust([timeStamper()]),
      policy: ledgerPolicy,
    });
    expect(found.reasons).to.deep.equal(['CHECK_DIGIT', 'REVOCATION_NOT_CHECKED']);
  });
});
