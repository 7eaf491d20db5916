import { expect } from 'chai';
import { hexOf } from '../../../../chaincode/kernel/bytes.ts';
import { dersOfFile } from '../../../../chaincode/kernel/eds/armour.ts';
import { parseCertificate } from '../../../../chaincode/kernel/eds/certificate.ts';
import { parseCms } from '../../../../chaincode/kernel/eds/cms.ts';
import { parseCrl } from '../../../../chaincode/kernel/eds/crl.ts';
import { parseOcsp } from '../../../../chaincode/kernel/eds/ocsp.ts';
import { inspectionPolicy } from '../../../../chaincode/kernel/eds/policy.ts';
import { trustOf } from '../../../../chaincode/kernel/eds/trust.ts';
import { verifyFile } from '../../../../chaincode/kernel/eds/verify-file.ts';
import { verify } from '../../../../chaincode/kernel/eds/verify.ts';
import { valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import { issueTo, keyOf } from '../../../../gateway/stands/eds/authority.ts';
import { people, type PersonName } from '../../../../gateway/stands/eds/people.ts';
import { signMessage } from '../../../../gateway/stands/eds/signed-messages.ts';
import { needRealSignatures, realFile } from '../../../support/eds-fixtures.ts';
import {
  at,
  authority,
  crl,
  document,
  holder,
  ocsp,
  signed,
  signedAt,
} from '../../../support/eds-scene.ts';
import {
  theirCertificate,
  theirChain,
  theirCms,
  theirCrl,
  theirOcsp,
  theirVerdict,
} from '../../../support/pkijs-oracle.ts';

function ourCertificate(bytes: Uint8Array) {
  const parsed = valueOrThrow(parseCertificate(bytes));
  const { serial, issuer, subject, notBefore, notAfter, signatureOid } = parsed;
  const { keyUsage, extendedKeyUsage, basicConstraints } = parsed;
  return {
    serial,
    issuer: issuer.attributes,
    subject: subject.attributes,
    notBefore,
    notAfter,
    signatureOid,
    keyUsage,
    extendedKeyUsage,
    isAuthority: basicConstraints?.authority ?? false,
  };
}

function ourCrl(bytes: Uint8Array) {
  const { issuer, thisUpdate, nextUpdate, entries } = valueOrThrow(parseCrl(bytes));
  return {
    issuer: issuer.attributes,
    thisUpdate,
    nextUpdate,
    revoked: [...entries].map(([serial, { revokedAt }]) => [serial, revokedAt]),
  };
}

function ourOcsp(bytes: Uint8Array) {
  const response = valueOrThrow(parseOcsp(bytes));
  if (response.status !== 'successful') return expect.fail(response.status);
  const { producedAt, answers } = response.basic;
  return {
    producedAt,
    answers: answers.map(({ serial, hashOid, state, thisUpdate }) => ({
      serial,
      hashOid,
      state: state.kind,
      thisUpdate,
    })),
  };
}

function ourCms(bytes: Uint8Array) {
  const message = valueOrThrow(parseCms(bytes));
  return {
    contentType: message.contentType,
    content: hexOf(message.content ?? new Uint8Array()),
    certificates: message.certificates.map(({ serial }) => serial),
    signers: message.signers.map(({ id, digestOid, signatureOid, signature }) => ({
      serial: 'serial' in id ? id.serial : undefined,
      digestOid,
      signatureOid,
      signature: hexOf(signature),
    })),
  };
}

function derOfReal(name: string): Uint8Array {
  const [der] = valueOrThrow(dersOfFile(realFile(name)));
  return der ?? expect.fail(name);
}

/** An RSA message of an own authority, and who issued its certificate. */
function rsaMessage() {
  const { issuer } = authority('rsa');
  const by = issueTo(people.alphaHead, issuer, keyOf('rsa', 'PKI.js'));
  const signature = signMessage({
    content: document,
    signers: [{ holder: by, signingTime: signedAt }],
  });
  return { issuer, by, signature };
}

const flips = Array.from({ length: 24 }, (_, index) => index);

function flipped(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((octet, index) => (index === place ? octet ^ 0x10 : octet));
}

describe('against PKI.js', () => {
  it('our own certificates say the same, of every role and both kinds of keys', () => {
    const { root, issuer, timeStamper, responder } = authority();
    const own = [root, issuer, timeStamper, responder, authority('rsa').issuer];
    const persons = (Object.keys(people) as PersonName[]).map((name) => holder(name));
    for (const { certificate } of [...own, ...persons]) {
      expect(ourCertificate(certificate)).to.deep.equal(theirCertificate(certificate));
    }
  });

  it('our own lists, answers and messages say the same', () => {
    const revoked = [
      { serial: holder('spouse').serial, at: at('09:00:00') },
      { serial: holder('coOwner').serial, at: at('09:30:00') },
    ];
    for (const list of [crl(), crl({ revoked })]) {
      expect(ourCrl(list)).to.deep.equal(theirCrl(list));
    }
    for (const state of ['good', { at: at('09:00:00') }] as const) {
      const answer = ocsp(holder('pledgor'), { state });
      expect(ourOcsp(answer)).to.deep.equal(theirOcsp(answer));
    }
    for (const message of [signed(), signed(holder('alphaHead'), {}, { detached: true })]) {
      expect(ourCms(message)).to.deep.equal(theirCms(message));
    }
  });

  it('the real files say the same', function () {
    needRealSignatures(this);
    for (const name of ['root_test_gost_2022', 'nca_gost2022_test', 'individual_signer']) {
      const certificate = derOfReal(`${name}.cer`);
      expect(ourCertificate(certificate), name).to.deep.equal(theirCertificate(certificate));
    }
    const list = derOfReal('nca_gost2022_test.crl');
    expect(ourCrl(list)).to.deep.equal(theirCrl(list));
    for (const name of ['individual_attached.der', 'individual_detached.der']) {
      expect(ourCms(derOfReal(name)), name).to.deep.equal(theirCms(derOfReal(name)));
    }
  });

  it('an RSA message has the same verdict, sound and changed', async () => {
    const { issuer, signature } = rsaMessage();
    const authorities = [issuer.certificate];
    const trust = valueOrThrow(trustOf({ version: 'PKI.js', authorities, timeStampers: [] }));
    const ours = (message: Uint8Array) =>
      verify({ signature: message }, undefined, trust, inspectionPolicy, { at: at('11:00:00') });
    expect([ours(signature).ok, await theirVerdict(signature)]).to.deep.equal([true, true]);
    // The last 256 octets are the signature; the content stands near the beginning.
    const places = [...flips.map((index) => signature.length - 1 - 10 * index), 60, 70];
    for (const place of places) {
      const changed = flipped(signature, place);
      expect(ours(changed).ok, `octet ${place}`).to.equal(await theirVerdict(changed));
    }
  });

  it('an RSA certificate has the same issuer, sound and changed', async () => {
    const { issuer, by } = rsaMessage();
    const signedBy = (certificate: Uint8Array) => {
      const trust = trustOf({
        version: 'PKI.js',
        authorities: [issuer.certificate],
        timeStampers: [],
      });
      const policy = { ...inspectionPolicy, checkDigits: false };
      const given = { evidence: {}, content: undefined, policy, moments: { at: at('11:00:00') } };
      return verifyFile(certificate, { ...given, trust: valueOrThrow(trust) }).ok;
    };
    expect([
      signedBy(by.certificate),
      await theirChain(by.certificate, issuer.certificate),
    ]).to.deep.equal([true, true]);
    for (const index of flips) {
      const changed = flipped(by.certificate, by.certificate.length - 1 - 11 * index);
      expect(signedBy(changed), `flip ${index}`).to.equal(false);
      expect(await theirChain(changed, issuer.certificate), `flip ${index}`).to.equal(false);
    }
  });
});
