import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { base64Of } from '../../../../chaincode/kernel/bytes.ts';
import { evidenceText } from '../../../../chaincode/kernel/eds/evidence-file.ts';
import { verdictText } from '../../../../scripts/eds/verdict-text.ts';
import { verdictOf, type VerifyOptions } from '../../../../scripts/eds/verify.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import {
  at,
  authority,
  codesOf,
  crl,
  document,
  holder,
  ocsp,
  signed,
} from '../../../support/eds-scene.ts';

describe('kepil eds verify', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kepil-eds-'));
  const file = (name: string, content: Uint8Array | string) => {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  };
  const { root, issuer, timeStamper } = authority();
  const pem = `-----BEGIN CERTIFICATE-----\n${base64Of(issuer.certificate)}\n-----END CERTIFICATE-----\n`;
  const trust = [file('root.cer', root.certificate), file('authority.pem', pem)];
  const tsaTrust = [file('tsa.cer', timeStamper.certificate)];
  const cms = file('attached.cms', signed());
  const clock = () => Date.UTC(2026, 5, 15, 12);

  after(() => rmSync(folder, { recursive: true }));

  const verdict = (place: string, options: Partial<VerifyOptions> = {}) =>
    verdictOf(place, { trust, tsaTrust, ...options }, clock);
  const codes = (place: string, options: Partial<VerifyOptions> = {}) =>
    codesOf(verdict(place, options));

  it('says in words who signed and that revocation was not checked', () => {
    const text = verdictText(verdict(cms), 'en');
    expect(text).to.match(/^VALID: signature, content attached\n/);
    expect(text).to.include(people.pledgor.iin).and.to.include('revocation: not checked');
  });

  it('takes DER, PEM, base64 and an evidence file', () => {
    const base64 = file('attached.txt', `${base64Of(signed()).replaceAll(/.{76}/g, '$&\r\n')}\r\n`);
    const ocsps = [ocsp()];
    const evidence = evidenceText({ signature: signed(), certificates: [], crls: [], ocsps });
    expect(codes(base64)).to.deep.equal([]);
    expect(verdict(file('evidence.json', evidence)).signers[0]?.revocation.status).to.equal('good');
  });

  it('wants the document of a detached signature', () => {
    const detached = file('detached.p7s', signed(holder('pledgor'), {}, { detached: true }));
    expect(codes(detached)).to.deep.equal(['CONTENT_MISSING']);
    expect(codes(detached, { content: file('document.txt', document) })).to.deep.equal([]);
  });

  it('checks revocation by what it is given', () => {
    expect(codes(cms, { crl: [file('list.crl', crl())] })).to.deep.equal([]);
    const revoked = [{ serial: holder('pledgor').serial, at: at('00:00:00') }];
    const list = file('revoked.crl', crl({ revoked }));
    expect(codes(cms, { crl: [list] })).to.deep.equal(['CERT_REVOKED']);
  });

  it('checks persons, organisations and roles', () => {
    const { iin } = people.pledgor;
    expect(codes(cms, { iin: [iin], role: ['Individual'] })).to.deep.equal([]);
    expect(codes(cms, { iin: [people.spouse.iin] })).to.deep.equal(['SIGNERS_MISMATCH']);
    expect(codes(cms, { role: ['head'] })).to.deep.equal(['ROLE_MISMATCH']);
  });

  it('judges certificates and lists by themselves, now unless told otherwise', () => {
    const certificate = file('pledgor.cer', holder('pledgor').certificate);
    expect(codes(certificate)).to.deep.equal([]);
    expect(codes(certificate, { at: '2036-01-01' })).to.include('CERT_EXPIRED');
    expect(codes(file('list.crl', crl()))).to.deep.equal([]);
    expect(codes(file('list.crl', crl()), { at: '2026-07-01T00:00:00+05:00' })).to.deep.equal([
      'CRL_STALE',
    ]);
  });

  it('refuses what is no file of a signature', () => {
    expect(codes(file('noise', 'қол жоқ'))).to.have.length(1);
  });

  const calls: Readonly<Record<string, () => unknown>> = {
    'a file that is not there': () => verdict(path.join(folder, 'nothing')),
    'a time that is none': () => verdict(cms, { at: 'yesterday' }),
    'a number that is none': () => verdict(cms, { iin: ['12'] }),
    'a role that is none': () => verdict(cms, { role: ['emperor'] }),
    'a certificate that is none': () => verdict(cms, { trust: [cms] }),
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`is called wrongly with ${name}`, () => {
      expect(call).to.throw().with.property('exitCode', 2);
    });
  }
});
