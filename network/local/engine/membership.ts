/** What the engine asks of identities: who signed, and signing in an organisation's name. */

export type Signer = {
  readonly mspId: string;
  readonly certificatePem: string;
  sign(message: Uint8Array): Buffer;
};

export type Identity = {
  readonly mspId: string;
  readonly certificatePem: string;
  readonly role: 'client' | 'peer' | 'admin' | 'orderer';
  readonly notAfter: Date;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
};

/** An organisation of the channel, as its configuration names it. */
export type Member = {
  readonly mspId: string;
  readonly msp: { identify(idBytes: Uint8Array, at?: Date): Identity };
  readonly rootCertificatesPem: readonly string[];
  readonly tlsRootCertificatesPem: readonly string[];
  /** Signs the organisation's endorsements. */
  readonly peer: Signer;
};

/** A node of the ordering service: it signs blocks, and the genesis block names it. */
export type Consenter = {
  readonly signer: Signer;
  readonly host: string;
  readonly port: number;
  readonly tlsCertificatePem: string;
};
