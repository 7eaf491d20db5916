/** A member of an organisation who signs: proposals, endorsements, blocks. */
import { createPrivateKey } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { signLowS } from './ecdsa.ts';

/** An identity with its private key. */
export type Signer = {
  readonly mspId: string;
  readonly certificatePem: string;
  /** ECDSA over P-256 with SHA-256, DER, the lower `s`. */
  sign(message: Uint8Array): Buffer;
};

/** Makes a signer of a certificate and its PKCS #8 key. */
export function signerOf(mspId: string, certificatePem: string, privateKeyPem: string): Signer {
  const key = createPrivateKey(privateKeyPem);
  return { mspId, certificatePem, sign: (message) => signLowS(key, message) };
}

/** The bytes by which Fabric names an identity in headers and endorsements. */
export function serializedIdentity(signer: {
  readonly mspId: string;
  readonly certificatePem: string;
}): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(signer.mspId);
  identity.setIdBytes(Buffer.from(signer.certificatePem));
  return identity.serializeBinary();
}
