import { expect } from 'chai';
import { strictAlgorithms } from '../../../../../chaincode/kernel/eds/algorithms.ts';
import type { Checks } from '../../../../../chaincode/kernel/eds/signature-check.ts';
import { refusalsOf, valueOrThrow } from '../../../../../chaincode/kernel/outcome.ts';
import { verifyEnvelopedXml } from '../../../../../gateway/adapters/xmldsig/enveloped-xml.ts';
import { holder } from '../../../../support/eds-scene.ts';
import {
  envelopedXml,
  exclusiveUri,
  gostDigestUri,
  gostSignatureUri,
  inclusiveUri,
} from '../../../../support/signed-xml.ts';

describe('enveloped XML signatures', () => {
  const bank = holder('betaHead');
  const pledgor = holder('pledgor');
  const content = '<order xmlns:p="urn:p" p:id="1"><sum>100</sum><!-- a note --></order>';
  const canonical = '<order xmlns:p="urn:p" p:id="1"><sum>100</sum></order>';
  const signed = envelopedXml(content, bank);

  it('give the certificate and the canonical text of what is signed', () => {
    const [signature, ...more] = valueOrThrow(verifyEnvelopedXml(signed, checks()));
    expect(more).to.deep.equal([]);
    expect(signature?.signedXml).to.equal(canonical);
    expect(signature?.certificate.bytes).to.deep.equal(bank.certificate);
  });

  it('stand with either canonical form, for the reference and for what is signed of it', () => {
    const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
    for (const canonicalization of [inclusiveUri, exclusiveUri]) {
      for (const transforms of [
        [enveloped],
        [enveloped, exclusiveUri],
        [enveloped, inclusiveUri],
      ]) {
        const text = envelopedXml(content, bank, { canonicalization, transforms });
        expect(codesOf(text)).to.deep.equal([]);
      }
    }
  });

  it('of several signers each cover the document and the signatures before', () => {
    const both = envelopedXml(signed, pledgor);
    const [first, second] = valueOrThrow(verifyEnvelopedXml(both, checks()));
    expect(first?.signedXml).to.equal(canonical);
    expect(second?.signedXml).to.contain('<ds:SignatureValue>');
    expect(second?.certificate.bytes).to.deep.equal(pledgor.certificate);
    expect(codesOf(both.replace('>100<', '>900<'))).to.deep.equal([
      'DIGEST_MISMATCH',
      'DIGEST_MISMATCH',
    ]);
  });

  it('fall with any change of what they cover', () => {
    const changes: [RegExp, string][] = [
      [/>100</, '>900<'],
      [/<sum>/, '<sum a="1">'],
      [/<order /, '<order xmlnsx="1" '],
      [/<order /, '<order xmlns:q="urn:q" '],
      [/<\/sum>/, '</sum><sum>100</sum>'],
      [/<order/, '<?p i?><order'],
    ];
    for (const [from, to] of changes) {
      expect(codesOf(signed.replace(from, to)), to).to.deep.equal(['DIGEST_MISMATCH']);
    }
  });

  it('do not depend on comments, on the form of tags or on blanks outside', () => {
    const same = signed.replace('<!-- a note -->', '').replace('<order', '<!-- b --> <order');
    expect(valueOrThrow(verifyEnvelopedXml(same, checks()))[0]?.signedXml).to.equal(canonical);
  });

  it('fall with a change of their own value, digest or key', () => {
    const other = envelopedXml(content, pledgor);
    expect(codesOf(exchanged(signed, other, 'SignatureValue'))).to.deep.equal(['SIG_INVALID']);
    expect(codesOf(exchanged(signed, other, 'KeyInfo'))).to.deep.equal(['SIG_INVALID']);
    const elsewhere = envelopedXml(content.replace('100', '200'), bank);
    expect(codesOf(exchanged(signed, elsewhere, 'DigestValue'))).to.deep.equal(['DIGEST_MISMATCH']);
    expect(codesOf(exchanged(signed, elsewhere, 'SignedInfo'))).to.deep.equal(['DIGEST_MISMATCH']);
  });

  it('are refused where they cover less than the whole document', () => {
    const part = signed.replace('URI=""', 'URI="#part"').replace('<sum>', '<sum Id="part">');
    expect(codesOf(part)).to.deep.equal(['XML_NOT_COVERED']);
    const notEnveloped = envelopedXml(content, bank, { transforms: [inclusiveUri] });
    expect(codesOf(notEnveloped)).to.deep.equal(['XML_NOT_COVERED']);
  });

  it('are refused with algorithms that are unknown or outdated', () => {
    const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
    const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
    const rsa = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
    const xslt = 'http://www.w3.org/TR/1999/REC-xslt-19991116';
    const half = gostSignatureUri.replace(/512$/, '256');
    const cases: [string, string, string][] = [
      [gostDigestUri, sha1, 'ALG_OUTDATED'],
      [gostSignatureUri, rsaSha1, 'ALG_OUTDATED'],
      [gostSignatureUri, rsa, 'ALG_MISMATCH'],
      [gostSignatureUri, half, 'ALG_SWITCHED_OFF'],
      [gostSignatureUri, 'urn:none', 'UNSUPPORTED_ALG'],
      [gostSignatureUri, 'constructor', 'UNSUPPORTED_ALG'],
      [`${inclusiveUri}#WithComments`, xslt, 'UNSUPPORTED_ALG'],
    ];
    for (const [from, to, code] of cases) {
      expect(codesOf(signed.replace(`"${from}"`, `"${to}"`)), to).to.deep.equal([code]);
    }
  });

  it('are refused with anything that the form does not ask for', () => {
    const object = '<ds:Object><order/></ds:Object></ds:Signature>';
    const cases: [RegExp, string, string][] = [
      [/<\/ds:Signature>/, object, 'BAD_STRUCTURE'],
      [/(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s, '$1$1', 'BAD_STRUCTURE'],
      [/<ds:DigestValue>/, '<ds:DigestValue><x/>', 'BAD_STRUCTURE'],
      [/<ds:DigestValue>/, '<ds:DigestValue>!', 'BAD_STRUCTURE'],
      [/(<ds:Transform .*?\/>)/, '$1$1', 'BAD_STRUCTURE'],
      [/<ds:Transforms>.*<\/ds:Transforms>/s, '', 'BAD_STRUCTURE'],
      [/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, '', 'BAD_STRUCTURE'],
      [/<ds:X509Data>.*<\/ds:X509Data>/s, '', 'SIGNER_CERT_MISSING'],
      [/(<ds:X509Certificate>.*<\/ds:X509Certificate>)/s, '$1$1', 'SIGNER_CERT_MISSING'],
      [/<ds:Signature .*<\/ds:Signature>/s, '', 'SIGNERS_NONE'],
    ];
    for (const [from, to, code] of cases) {
      expect(codesOf(signed.replace(from, to)), String(from)).to.deep.equal([code]);
    }
  });

  it('are not looked for below the root element', () => {
    expect(codesOf(`<wrapper>${signed}</wrapper>`)).to.deep.equal(['SIGNERS_NONE']);
  });

  it('are bounded in number', () => {
    const many = signed.replace(/(<ds:Signature .*<\/ds:Signature>)/s, '$1'.repeat(5));
    expect(codesOf(many)).to.deep.equal(['TOO_COSTLY']);
  });

  function codesOf(text: string): string[] {
    return refusalsOf(verifyEnvelopedXml(text, checks())).map(({ code }) => code);
  }
});

function checks(): Checks {
  return { switches: strictAlgorithms, cache: undefined, maximum: 24, asked: 0 };
}

/** A document in which one element of the signature is another document's. */
function exchanged(text: string, other: string, name: string): string {
  const pattern = new RegExp(`<ds:${name}>.*</ds:${name}>`, 's');
  return text.replace(pattern, () => pattern.exec(other)?.[0] ?? '');
}
