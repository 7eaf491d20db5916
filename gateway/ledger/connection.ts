/**
 * One organisation's connection to its own peer: long-lived, shared by all its calls.
 *
 * The command, the tests, the bench and the gateway all go through it; nothing else names Fabric's
 * client library.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import {
  type ChaincodeEvent,
  type CloseableAsyncIterable,
  type Commit,
  connect,
  type Gateway,
  hash,
  type Network,
  type Proposal,
  StatusCode,
} from '@hyperledger/fabric-gateway';
import { type common, gateway as protos, msp, peer } from '@hyperledger/fabric-protos';
import { proposalAt } from './clock-shift.ts';
import { faultOf } from './fault.ts';
import { type EvaluateOutcome, reasonOf, type SubmitOutcome } from './outcome.ts';
import {
  resume,
  type SignedEnvelope,
  type SubmissionOptions,
  type SubmissionSteps,
  submitOnce,
  type Validated,
} from './submit.ts';

/** Who signs: `signerOf()` of the network's identities makes one. */
export type Signer = {
  readonly mspId: string;
  readonly certificatePem: string;
  /** An ECDSA P-256 signature over SHA-256 of the message, in DER, low S. */
  sign(message: Uint8Array): Uint8Array;
};

/** Where a peer is reached, and what its TLS certificate must say. */
export type PeerAddress = {
  /** `localhost:7051`. */
  readonly endpoint: string;
  /** The name in the certificate, where it is not that of the endpoint. */
  readonly hostAlias?: string;
  readonly tlsRootPem: string;
};

export type ConnectionOptions = {
  readonly peer: PeerAddress;
  readonly signer: Signer;
  readonly channel: string;
  readonly chaincode: string;
  readonly deadlines?: Partial<Deadlines>;
  /** By how much the network's clock is ahead of this machine's. */
  readonly clockOffsetMs?: number;
};

/**
 * How long each call may take. `submit` is longer than a change of the orderers' leader, or every
 * transaction during one would end as unknown.
 */
export type Deadlines = {
  readonly evaluateMs: number;
  readonly endorseMs: number;
  readonly submitMs: number;
  /** For a transaction that the orderers hold. */
  readonly statusMs: number;
  /** For one that perhaps nobody holds. */
  readonly doubtfulStatusMs: number;
};

const defaultDeadlines: Deadlines = {
  evaluateMs: 10_000,
  endorseMs: 15_000,
  submitMs: 15_000,
  statusMs: 30_000,
  doubtfulStatusMs: 5000,
};

/** One transaction, as it goes over the wire: one text as argument, private data beside it. */
export type Call = {
  /** Name of the contract; absent for a chaincode that has none. */
  readonly contract?: string;
  readonly transaction: string;
  readonly arguments: readonly string[];
  readonly transient?: Readonly<Record<string, string>>;
  /** Organisations that must endorse; absent where discovery finds them. */
  readonly endorsers?: readonly string[] | undefined;
};

/** Largest message accepted, as Fabric's own limit: a block comes as one message. */
const messageBytesMax = 100 * 1024 * 1024;
const evaluationsMax = 3;
const evaluatePauseMs = 100;

/** Fabric's names of the validation codes. */
const validationNames = new Map(Object.entries(StatusCode).map(([name, code]) => [code, name]));

/** A channel of gRPC to a peer. */
export function clientTo({ endpoint, hostAlias, tlsRootPem }: PeerAddress): Client {
  return new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootPem)), {
    ...(hostAlias && { 'grpc.ssl_target_name_override': hostAlias }),
    'grpc.max_receive_message_length': messageBytesMax,
    'grpc.max_send_message_length': messageBytesMax,
  });
}

export class LedgerConnection {
  readonly mspId: string;
  readonly #options: ConnectionOptions;
  readonly #deadlines: Deadlines;
  readonly #client: Client;
  readonly #gateway: Gateway;
  readonly #network: Network;

  constructor(options: ConnectionOptions) {
    const { peer: node, signer } = options;
    this.mspId = signer.mspId;
    this.#options = options;
    this.#deadlines = { ...defaultDeadlines, ...options.deadlines };
    this.#client = clientTo(node);
    this.#gateway = connect({
      client: this.#client,
      identity: { mspId: signer.mspId, credentials: Buffer.from(signer.certificatePem) },
      // The signer hashes by itself: Node signs much faster than it does over a given digest.
      hash: hash.none,
      signer: (message) => Promise.resolve(signer.sign(message)),
    });
    this.#network = this.#gateway.getNetwork(options.channel);
  }

  /** Asks one peer of the own organisation; nothing is ordered, so that asking again is safe. */
  async evaluate(call: Call): Promise<EvaluateOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const deadline = Date.now() + this.#deadlines.evaluateMs;
        const result = await this.#propose(call).evaluate({ deadline });
        return { status: 'answered', result: textOf(result) };
      } catch (error) {
        const reason = reasonOf({ stage: 'endorse', fault: faultOf(error) });
        if (reason.kind !== 'unavailable' || attempt >= evaluationsMax) {
          return { status: 'refused', reason };
        }
        await sleep(evaluatePauseMs * attempt);
      }
    }
  }

  /** Has a transaction endorsed, ordered and committed, or says surely or honestly why not. */
  submit(call: Call, options: SubmissionOptions = {}): Promise<SubmitOutcome> {
    return submitOnce(this.#stepsOf(call), options);
  }

  /** Finds out what became of an envelope that was stored before it was sent, and goes on from there. */
  resume(
    call: Call,
    envelope: SignedEnvelope,
    options: SubmissionOptions = {},
  ): Promise<SubmitOutcome> {
    return resume(this.#stepsOf(call), envelope, options);
  }

  /** What validation said of a transaction; waits for it to commit until the deadline. */
  async statusOf(transactionId: string, timeoutMs: number): Promise<Validated> {
    const commit = this.#commitOf(transactionId);
    const { code, blockNumber } = await commit.getStatus({ deadline: Date.now() + timeoutMs });
    return { validation: validationNames.get(code) ?? String(code), blockNumber };
  }

  /** A query, signed but not sent: peers that are asked one by one all answer the same one. */
  signedProposal(call: Call): peer.SignedProposal {
    const proposed = protos.ProposedTransaction.deserializeBinary(this.#propose(call).getBytes());
    const signed = proposed.getProposal() ?? new peer.SignedProposal();
    signed.setSignature(this.#options.signer.sign(signed.getProposalBytes_asU8()));
    return signed;
  }

  /** The chaincode's events from a block on; ends with an error when the connection breaks. */
  openEvents(startBlock: bigint): Promise<CloseableAsyncIterable<ChaincodeEvent>> {
    return this.#network.getChaincodeEvents(this.#options.chaincode, { startBlock });
  }

  /** Whole blocks from a number on, in Fabric's own form. */
  openBlocks(startBlock: bigint): Promise<CloseableAsyncIterable<common.Block>> {
    return this.#network.getBlockEvents({ startBlock });
  }

  /** Ends the connection and every stream over it. */
  close(): void {
    this.#gateway.close();
    this.#client.close();
  }

  #propose(call: Call): Proposal {
    const { chaincode, clockOffsetMs = 0 } = this.#options;
    const contract = this.#network.getContract(chaincode, call.contract);
    const proposal = contract.newProposal(call.transaction, {
      arguments: [...call.arguments],
      ...(call.transient && { transientData: { ...call.transient } }),
      ...(call.endorsers && { endorsingOrganizations: [...call.endorsers] }),
    });
    if (clockOffsetMs === 0) return proposal;
    return proposalAt(this.#gateway, proposal, new Date(Date.now() + clockOffsetMs));
  }

  #stepsOf(call: Call): SubmissionSteps {
    return {
      propose: () => {
        const proposal = this.#propose(call);
        const transactionId = proposal.getTransactionId();
        return { transactionId, endorse: () => this.#endorse(proposal) };
      },
      submit: async ({ bytes, signature }) => {
        const transaction = this.#gateway.newSignedTransaction(bytes, signature);
        await transaction.submit({ deadline: Date.now() + this.#deadlines.submitMs });
      },
      status: (transactionId, patience) => {
        const { statusMs, doubtfulStatusMs } = this.#deadlines;
        return this.statusOf(transactionId, patience === 'long' ? statusMs : doubtfulStatusMs);
      },
    };
  }

  /** Signs what was endorsed at once, so that it can be stored before it is sent. */
  async #endorse(proposal: Proposal): Promise<SignedEnvelope> {
    const deadline = Date.now() + this.#deadlines.endorseMs;
    const transaction = await proposal.endorse({ deadline });
    return {
      transactionId: transaction.getTransactionId(),
      bytes: transaction.getBytes(),
      signature: this.#options.signer.sign(transaction.getDigest()),
      result: textOf(transaction.getResult()),
    };
  }

  /** The Fabric client makes such a request only for a transaction that it has just sent itself. */
  #commitOf(transactionId: string): Commit {
    const { signer, channel } = this.#options;
    const identity = new msp.SerializedIdentity();
    identity.setMspid(signer.mspId);
    identity.setIdBytes(Buffer.from(signer.certificatePem));
    const request = new protos.CommitStatusRequest();
    request.setChannelId(channel);
    request.setTransactionId(transactionId);
    request.setIdentity(identity.serializeBinary());
    const signed = new protos.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    return this.#gateway.newCommit(signed.serializeBinary());
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
