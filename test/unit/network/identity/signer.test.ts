import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { verifyLowS } from '../../../../network/identity/ecdsa.ts';
import { serializedIdentity, signerOf } from '../../../../network/identity/signer.ts';

describe('signer', () => {
  const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const publicKey = createPublicKey(keyPem);
  const signer = signerOf('AlphaMSP', 'PEM', keyPem);

  it('always signs with the lower s, and the signature verifies', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const message = Buffer.from(`message ${turn}`);
      expect(verifyLowS(publicKey, message, signer.sign(message))).to.equal(true);
    }
  });

  it('refuses the other half of the signatures, though they are mathematically good', () => {
    const key = createPrivateKey(keyPem);
    const message = Buffer.from('message');
    const accepted = Array.from({ length: 200 }, () => sign('sha256', message, key)).filter(
      (signature) => verifyLowS(publicKey, message, signature),
    );
    expect(accepted.length).to.be.within(50, 150);
  });

  it('refuses a changed message and what is no signature', () => {
    const message = Buffer.from('message');
    const signature = signer.sign(message);
    expect(verifyLowS(publicKey, Buffer.from('massage'), signature)).to.equal(false);
    for (const broken of [Buffer.alloc(0), signature.subarray(1), Buffer.from('30020000', 'hex')]) {
      expect(verifyLowS(publicKey, message, broken)).to.equal(false);
    }
  });

  it('names itself as Fabric does', () => {
    const identity = msp.SerializedIdentity.deserializeBinary(serializedIdentity(signer));
    expect(identity.getMspid()).to.equal('AlphaMSP');
    expect(Buffer.from(identity.getIdBytes_asU8()).toString()).to.equal('PEM');
  });
});
