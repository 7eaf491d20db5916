import { expect } from 'chai';
import { strictAlgorithms } from '../../../../../chaincode/kernel/eds/algorithms.ts';
import type { Checks } from '../../../../../chaincode/kernel/eds/signature-check.ts';
import { refusalsOf, valueOrThrow } from '../../../../../chaincode/kernel/outcome.ts';
import { verifySoapMessage } from '../../../../../gateway/adapters/xmldsig/soap-message.ts';
import { holder } from '../../../../support/eds-scene.ts';
import { exclusiveUri, inclusiveUri, soapMessage } from '../../../../support/signed-xml.ts';

describe('signed SOAP messages', () => {
  const sender = holder('goscorpHead');
  const answer = '<m:answer xmlns:m="urn:m"><sum>100</sum></m:answer>';
  const message = soapMessage(answer, sender);
  const body = /<soap:Body.*<\/soap:Body>/s.exec(message)?.[0] ?? '';

  it('give the certificate and the canonical text of their Body', () => {
    const { certificate, signedXml } = valueOrThrow(verifySoapMessage(message, checks()));
    expect(certificate.bytes).to.deep.equal(sender.certificate);
    expect(signedXml).to.match(/^<soap:Body .*<sum>100<\/sum><\/m:answer><\/soap:Body>$/);
  });

  it('stand with the inclusive form too', () => {
    const options = { canonicalization: inclusiveUri, transforms: [inclusiveUri] };
    expect(codesOf(soapMessage(answer, sender, options))).to.deep.equal([]);
  });

  it('take the certificate from a token in the header', () => {
    const token = { keyInfo: referenceTo('token-1') };
    const inToken = soapMessage(answer, sender, token).replace(
      '<ds:Signature ',
      `${tokenOf('token-1')}<ds:Signature `,
    );
    expect(codesOf(inToken)).to.deep.equal([]);
    expect(codesOf(inToken.replace('#token-1', '#token-2'))).to.deep.equal(['SIGNER_CERT_MISSING']);
  });

  it('take no token from outside the security header', () => {
    const message2 = soapMessage(tokenOf('token-1'), sender, {
      keyInfo: referenceTo('token-1'),
    });
    expect(codesOf(message2)).to.deep.equal(['SIGNER_CERT_MISSING']);
  });

  it('fall with any change of the Body', () => {
    expect(codesOf(message.replace('>100<', '>900<'))).to.deep.equal(['DIGEST_MISMATCH']);
    expect(codesOf(message.replace('<sum>', '<sum xmlnsx="1">'))).to.deep.equal([
      'DIGEST_MISMATCH',
    ]);
  });

  it('are refused when the signed Body was moved and another put in its place', () => {
    const forged = '<soap:Body><m:answer xmlns:m="urn:m"><sum>900</sum></m:answer></soap:Body>';
    const inHeader = message
      .replace(body, forged)
      .replace('</soap:Header>', `<moved>${body}</moved></soap:Header>`);
    expect(codesOf(inHeader)).to.deep.equal(['XML_NOT_COVERED']);
    expect(codesOf(message.replace(body, forged + body))).to.deep.equal(['BAD_STRUCTURE']);
    const wrapped = message.replace(body, `<wrapper>${body}</wrapper>${forged}`);
    expect(codesOf(wrapped)).to.deep.equal(['XML_NOT_COVERED']);
  });

  it('are refused when two elements have the Id', () => {
    for (const twin of ['<x Id="id-1"/>', '<x id="id-1"/>', '<x wsu:Id="id-1"/>']) {
      const security = message.replace(
        '</soap:Header>',
        `<y xmlns:wsu="${wsu}">${twin}</y></soap:Header>`,
      );
      expect(codesOf(security), twin).to.deep.equal(['XML_NOT_COVERED']);
    }
  });

  it('are refused when the Body is not what is signed', () => {
    expect(codesOf(message.replace('wsu:Id="id-1"', ''))).to.deep.equal(['XML_NOT_COVERED']);
    expect(codesOf(message.replace('URI="#id-1"', 'URI=""'))).to.deep.equal(['XML_NOT_COVERED']);
    const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
    const options = { transforms: [enveloped, exclusiveUri] };
    expect(codesOf(soapMessage(answer, sender, options))).to.deep.equal(['XML_NOT_COVERED']);
  });

  it('are refused without a signature in the header, or with two', () => {
    const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(message)?.[0] ?? '';
    expect(codesOf(message.replace(signature, ''))).to.deep.equal(['SIGNERS_NONE']);
    expect(codesOf(message.replace(signature, signature + signature))).to.deep.equal([
      'BAD_STRUCTURE',
    ]);
    expect(codesOf('<a/>')).to.deep.equal(['BAD_STRUCTURE']);
  });

  function codesOf(text: string): string[] {
    return refusalsOf(verifySoapMessage(text, checks())).map(({ code }) => code);
  }

  function tokenOf(id: string): string {
    const base64 = Buffer.from(sender.certificate).toString('base64');
    return (
      `<wsse:BinarySecurityToken xmlns:wsse="${wsse}" xmlns:wsu="${wsu}" wsu:Id="${id}" ` +
      `ValueType="${x509}">${base64}</wsse:BinarySecurityToken>`
    );
  }
});

const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const wsse = `${wss}wssecurity-secext-1.0.xsd`;
const wsu = `${wss}wssecurity-utility-1.0.xsd`;
const x509 = `${wss}x509-token-profile-1.0#X509v3`;

function referenceTo(id: string): string {
  return (
    `<wsse:SecurityTokenReference xmlns:wsse="${wsse}">` +
    `<wsse:Reference URI="#${id}" ValueType="${x509}"/></wsse:SecurityTokenReference>`
  );
}

function checks(): Checks {
  return { switches: strictAlgorithms, cache: undefined, maximum: 24, asked: 0 };
}
