/** Who belongs to a channel: its organisations, their members, and the nodes that order. */
import { msp } from '@hyperledger/fabric-protos';
import type { Identity, Msp } from '../../identity/msp.ts';
import type { Signer } from '../../identity/signer.ts';
import { keyOf } from './bytes.ts';

/** An organisation of the channel, as its configuration names it. */
export type Member = {
  readonly mspId: string;
  readonly msp: Pick<Msp, 'identify'>;
  readonly rootCertificatesPem: readonly string[];
  readonly tlsRootCertificatesPem: readonly string[];
  /** Signs the organisation's endorsements. */
  readonly peer: Signer;
  /** Where other organisations reach its peer; clients never need it. */
  readonly anchorPeer?: { readonly host: string; readonly port: number };
};

/** A node of the ordering service: it signs blocks, and the genesis block names it. */
export type Consenter = {
  readonly signer: Signer;
  readonly host: string;
  readonly port: number;
  readonly tlsCertificatePem: string;
};

/** An identity whose organisation is not of the channel, or whose bytes are none. */
export class UnknownMemberError extends Error {
  override readonly name = 'UnknownMemberError';
}

/** Bytes of identities that are kept parsed; the oldest go first. */
const knownMax = 2000;

/** Recognises the members of a channel. */
export class Members {
  readonly #members: ReadonlyMap<string, Member>;
  readonly #known = new Map<string, { member: Member; idBytes: Uint8Array }>();

  constructor(members: readonly Member[]) {
    this.#members = new Map(members.map((member) => [member.mspId, member]));
  }

  get mspIds(): readonly string[] {
    return [...this.#members.keys()];
  }

  member(mspId: string): Member | undefined {
    return this.#members.get(mspId);
  }

  /** The organisation that a serialized identity names; throws where the channel has none such. */
  organisationOf(serialized: Uint8Array): Member {
    return this.#parse(serialized).member;
  }

  /** Recognises `msp.SerializedIdentity` bytes; `at` refuses a certificate that has run out. */
  identify(serialized: Uint8Array, at?: Date): Identity {
    const { member, idBytes } = this.#parse(serialized);
    return member.msp.identify(idBytes, at);
  }

  #parse(serialized: Uint8Array): { member: Member; idBytes: Uint8Array } {
    const key = keyOf(serialized);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const identity = deserialized(serialized);
    const member = this.#members.get(identity.getMspid());
    if (member === undefined) {
      throw new UnknownMemberError(
        `expected MSP ID ${this.mspIds.join(', ')}, received ${identity.getMspid()}`,
      );
    }
    const parsed = { member, idBytes: identity.getIdBytes_asU8() };
    const oldest = this.#known.keys().next();
    if (this.#known.size >= knownMax && oldest.done !== true) this.#known.delete(oldest.value);
    this.#known.set(key, parsed);
    return parsed;
  }
}

function deserialized(bytes: Uint8Array): msp.SerializedIdentity {
  try {
    return msp.SerializedIdentity.deserializeBinary(bytes);
  } catch (error) {
    throw new UnknownMemberError(`could not deserialize a SerializedIdentity: ${String(error)}`);
  }
}
