import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { utf8Of } from '../../../../chaincode/kernel/bytes.ts';
import { parseCertificate } from '../../../../chaincode/kernel/eds/certificate.ts';
import { inspectionPolicy } from '../../../../chaincode/kernel/eds/policy.ts';
import { verifyRsa } from '../../../../chaincode/kernel/eds/rsa.ts';
import { sha1 } from '../../../../chaincode/kernel/eds/sha1.ts';
import { trustOf } from '../../../../chaincode/kernel/eds/trust.ts';
import { verify as verifySignature } from '../../../../chaincode/kernel/eds/verify.ts';
import { valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import { issueTo } from '../../../../gateway/stands/eds/authority.ts';
import { algorithm } from '../../../../gateway/stands/eds/der-writer.ts';
import { rsaSigningKey, type SigningKey } from '../../../../gateway/stands/eds/keys.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { signMessage } from '../../../../gateway/stands/eds/signed-messages.ts';
import { at, authority, codesOf, document, signedAt } from '../../../support/eds-scene.ts';

/** What others compute must come out the same here; they are asked in tests alone. */
describe('against the platform’s own cryptography', () => {
  let key: SigningKey;

  before(() => {
    key = rsaSigningKey('oracle');
  });

  it('SHA-1 gives the same digests', () => {
    for (let length = 0; length <= 200; length += 1) {
      const data = new Uint8Array(length).fill(length);
      const expected = createHash('sha1').update(data).digest('hex');
      expect(Buffer.from(sha1(data)).toString('hex')).to.equal(expected);
    }
  });

  it('RSA accepts and refuses the same signatures', () => {
    const publicKey = createPublicKey({ key: Buffer.from(key.info), format: 'der', type: 'spki' });
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    const number = (text: string) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);
    const ours = { modulus: number(n), exponent: number(e) };
    const message = utf8Of('message');
    const digest = new Uint8Array(createHash('sha256').update(message).digest());
    const signature = key.sign(message);
    fc.assert(
      fc.property(fc.nat(255), fc.nat(8), (place, bit) => {
        const changed = Uint8Array.from(signature, (octet, index) =>
          index === place ? octet ^ ((1 << bit) & 0xff) : octet,
        );
        const expected = verify('sha256', message, publicKey, changed);
        expect(verifyRsa(ours, 'sha256', digest, changed)).to.equal(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('RSA refuses keys that are too small or too large, and numbers out of range', () => {
    const digest = new Uint8Array(32);
    for (const bits of [512n, 1024n, 8192n]) {
      const modulus = (1n << bits) - 159n;
      const signature = new Uint8Array(Number(bits) / 8);
      expect(verifyRsa({ modulus, exponent: 65_537n }, 'sha256', digest, signature)).to.equal(
        false,
      );
    }
    const modulus = (1n << 2048n) - 159n;
    const tooLarge = new Uint8Array(256).fill(0xff);
    expect(verifyRsa({ modulus, exponent: 65_537n }, 'sha256', digest, tooLarge)).to.equal(false);
  });

  it('a certificate says the same', () => {
    const { issuer } = authority('rsa');
    const holder = issueTo(people.alphaHead, issuer, key);
    const ours = valueOrThrow(parseCertificate(holder.certificate));
    const theirs = new X509Certificate(holder.certificate);
    expect(ours.serial).to.equal(theirs.serialNumber.toLowerCase());
    expect(ours.sha256).to.equal(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
    expect([ours.notBefore, ours.notAfter]).to.deep.equal(
      [theirs.validFrom, theirs.validTo].map((text) => new Date(text).toISOString()),
    );
    expect(theirs.verify(new X509Certificate(issuer.certificate).publicKey)).to.equal(true);
    expect(theirs.subject).to.include(`OU=BIN${people.alphaHead.bin}`);
  });
});

describe('signatures of archives', () => {
  it('by SHA-1 are refused unless the policy is for archives', () => {
    const modern = rsaSigningKey('archive');
    const privateKey = createPrivateKey({
      key: Buffer.from(modern.pkcs8),
      format: 'der',
      type: 'pkcs8',
    });
    const old: SigningKey = {
      ...modern,
      signatureAlgorithm: algorithm('1.2.840.113549.1.1.5'),
      digestAlgorithm: algorithm('1.3.14.3.2.26'),
      digest: sha1,
      sign: (message) => new Uint8Array(sign('sha1', message, privateKey)),
    };
    const { issuer } = authority('rsa');
    const holder = { ...issueTo(people.coOwner, issuer, modern), key: old };
    const signature = signMessage({
      content: document,
      signers: [{ holder, signingTime: signedAt }],
    });
    const trust = valueOrThrow(
      trustOf({ version: 'archive', authorities: [issuer.certificate], timeStampers: [] }),
    );
    const judged = (sha1Too: boolean) => {
      const algorithms = { ...inspectionPolicy.algorithms, sha1: sha1Too };
      const policy = { ...inspectionPolicy, algorithms };
      return codesOf(
        verifySignature({ signature }, undefined, trust, policy, { at: at('11:00:00') }),
      );
    };
    expect([judged(false), judged(true)]).to.deep.equal([['ALG_OUTDATED'], []]);
  });
});
