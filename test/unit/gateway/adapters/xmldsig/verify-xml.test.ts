import { expect } from 'chai';
import { inspectionPolicy, type Policy } from '../../../../../chaincode/kernel/eds/policy.ts';
import type { Instant } from '../../../../../chaincode/kernel/instant.ts';
import { holderName, issueTo } from '../../../../../gateway/stands/eds/authority.ts';
import { gostSigningKey } from '../../../../../gateway/stands/eds/keys.ts';
import { people } from '../../../../../gateway/stands/eds/people.ts';
import {
  verifyXml,
  xmlFormOf,
  type VerifyingXml,
} from '../../../../../gateway/adapters/xmldsig/verify-xml.ts';
import { authority, holder, now, trust } from '../../../../support/eds-scene.ts';
import { envelopedXml, soapMessage } from '../../../../support/signed-xml.ts';

describe('the verdict on signed XML', () => {
  const person = holder('pledgor');
  const { issuer } = authority('gost512', 'others');
  const stranger = issueTo(people.spouse, issuer, gostSigningKey('stranger'));
  const document = envelopedXml('<order>1</order>', person);
  const message = soapMessage('<answer>1</answer>', person);

  it('names the signer and gives the signed text', () => {
    const { verdict, signedXml } = verifyXml('enveloped', document, verifying());
    expect(verdict.reasons).to.deep.equal([]);
    expect(verdict.ok).to.equal(true);
    expect(verdict.signers[0]?.subject?.roles).to.deep.equal(['person']);
    expect(verdict.signers[0]?.judgedBy).to.equal('given');
    expect(signedXml).to.deep.equal(['<order>1</order>']);
  });

  it('is the same for SOAP, of which the Body is signed', () => {
    const { verdict, signedXml } = verifyXml('soap', message, verifying());
    expect(verdict.ok).to.equal(true);
    expect(signedXml).to.have.length(1);
    expect(signedXml[0]).to.contain('<answer>1</answer>');
  });

  it('finds the form of a text for those who do not know it', () => {
    expect([document, message, '<a>'].map(xmlFormOf)).to.deep.equal([
      'enveloped',
      'soap',
      'enveloped',
    ]);
  });

  it('refuses a true signature of one whom nobody trusts, and gives no text', () => {
    const both = envelopedXml(document, stranger);
    const { verdict, signedXml } = verifyXml('enveloped', both, verifying());
    expect(verdict.reasons.map(({ code, field }) => [code, field])).to.deep.equal([
      ['CHAIN_INCOMPLETE', '/signers/1/chain/0'],
    ]);
    expect(verdict.signers.map(({ ok }) => ok)).to.deep.equal([true, false]);
    expect(signedXml).to.deep.equal([]);
  });

  it('refuses what is altered, and what is another form', () => {
    expect(codesOf('enveloped', document.replace('>1<', '>2<'))).to.deep.equal(['DIGEST_MISMATCH']);
    expect(codesOf('soap', document)).to.deep.equal(['BAD_STRUCTURE']);
    expect(codesOf('enveloped', message)).to.deep.equal(['SIGNERS_NONE']);
  });

  it('judges the certificate at the moment given', () => {
    const late = { moments: { at: '2036-01-01T00:00:00.000Z' as Instant } };
    expect(codesOf('enveloped', document, late)).to.include('CERT_EXPIRED');
    expect(codesOf('enveloped', document, { moments: {} })).to.deep.equal(['TIME_UNKNOWN']);
  });

  it('demands what the policy demands', () => {
    const cases: [Partial<Policy>, string][] = [
      [{ timeStamp: 'required' }, 'TST_MISSING'],
      [{ signers: [{ iin: people.spouse.iin }] }, 'SIGNERS_MISMATCH'],
      [{ signers: [{ iin: people.pledgor.iin, roles: ['head'] }] }, 'ROLE_MISMATCH'],
      [{ signatureChecksMax: 0 }, 'TOO_COSTLY'],
    ];
    for (const [change, code] of cases) {
      const policy = { ...inspectionPolicy, ...change };
      expect(codesOf('enveloped', document, { policy }), code).to.include(code);
    }
  });

  it('demands a number with its check digit where the policy does', () => {
    const name = holderName({ ...people.pledgor, iin: '123456789011' });
    const text = envelopedXml('<order>1</order>', holder('pledgor', { name }));
    expect(codesOf('enveloped', text)).to.deep.equal([]);
    const policy = { ...inspectionPolicy, checkDigits: true };
    expect(codesOf('enveloped', text, { policy })).to.deep.equal(['CHECK_DIGIT']);
  });

  function verifying(change: Partial<VerifyingXml> = {}): VerifyingXml {
    return {
      evidence: {},
      trust: trust(),
      policy: inspectionPolicy,
      moments: { at: now },
      ...change,
    };
  }

  function codesOf(
    form: 'enveloped' | 'soap',
    text: string,
    change: Partial<VerifyingXml> = {},
  ): string[] {
    return verifyXml(form, text, verifying(change)).verdict.reasons.map(({ code }) => code);
  }
});
