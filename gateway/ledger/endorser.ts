/** One peer's endorser service, past its gateway: for answers that the peer signs itself. */
import type { Client } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { clientTo, type PeerAddress } from './connection.ts';

/** Longest wait for a peer's answer. */
const answerMs = 15_000;

/** A peer that answers proposals one by one. */
export class Endorser {
  readonly #client: Client;

  constructor(address: PeerAddress) {
    this.#client = clientTo(address);
  }

  /** The peer's answer to a signed proposal; rejects where it gives none. */
  answer(proposal: peer.SignedProposal): Promise<peer.ProposalResponse> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        '/protos.Endorser/ProcessProposal',
        (message: peer.SignedProposal) => Buffer.from(message.serializeBinary()),
        (bytes: Buffer) => peer.ProposalResponse.deserializeBinary(bytes),
        proposal,
        { deadline: Date.now() + answerMs },
        (error, response) => {
          if (response === undefined) reject(error ?? new Error('the peer gave no answer'));
          else resolve(response);
        },
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}
