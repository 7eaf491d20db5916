import type { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { ClassicLevel } from 'classic-level';
import type { MemoryLevel } from 'memory-level';
import type { ChaincodeRunner } from './chaincode-runner.ts';
import type { Consenter, Identity, Member } from './membership.ts';

/** Where a channel keeps everything: `ClassicLevel` on disk, `MemoryLevel` in unit tests. */
export type Level = ClassicLevel<Uint8Array, Uint8Array> | MemoryLevel<Uint8Array, Uint8Array>;

/** A chaincode on the channel: what a lifecycle definition states, and who runs it. */
export type ChaincodeDefinition = {
  readonly name: string;
  readonly version: string;
  /** `MAJORITY Endorsement` and the like, or Fabric's policy language; the majority unless told. */
  readonly endorsementPolicy?: string;
  /** The content of Fabric's collections file. */
  readonly collections?: readonly CollectionDefinition[];
  /** The program that simulates for an organisation; `undefined` where it has none installed. */
  readonly runner: (mspId: string) => ChaincodeRunner | undefined;
};

/** One entry of Fabric's collections file, with the same names. */
export type CollectionDefinition = {
  readonly name: string;
  readonly policy: string;
  readonly requiredPeerCount?: number;
  readonly maxPeerCount?: number;
  readonly blockToLive?: number;
  readonly memberOnlyRead?: boolean;
  readonly memberOnlyWrite?: boolean;
  readonly endorsementPolicy?: {
    readonly signaturePolicy?: string;
    readonly channelConfigPolicy?: string;
  };
};

/** One committed state over which several organisations can simulate the same proposal. */
export interface Snapshot {
  readonly height: bigint;
  close(): Promise<void>;
}

/** The outcome of a proposal at one organisation's peer. */
export type Endorsement = {
  readonly mspId: string;
  /**
   * As the peer would send it. A chaincode's refusal (status 400 and more) or a failed simulation
   * (status 500) carries no endorsement, as on Fabric.
   */
  readonly response: peer.ProposalResponse;
  /** Absent where the simulation failed. */
  readonly results?: SimulationResults;
};

/** What a simulation would change, beside the bytes that go into the response. */
export type SimulationResults = {
  /** `rwset.TxReadWriteSet`, exactly as in the response's payload. */
  readonly publicBytes: Uint8Array;
  /** `rwset.TxPvtReadWriteSet`; absent where nothing private was written. */
  readonly privateBytes?: Uint8Array;
  /** Collections that were written or read, by chaincode. */
  readonly collections: readonly CollectionUse[];
  /** Policies of written keys, as they stood when the simulation ran. */
  readonly keyPolicies: readonly KeyPolicyUse[];
  /** Chaincodes with a public write, or none at all (the called one then). */
  readonly namespaces: readonly string[];
};

/** A collection that a simulation touched. */
export type CollectionUse = {
  readonly chaincode: string;
  readonly collection: string;
  readonly read: boolean;
  readonly written: boolean;
};

/** A key-level policy that a written key carries. */
export type KeyPolicyUse = {
  readonly chaincode: string;
  readonly collection?: string;
  readonly key: string;
  readonly policy: Uint8Array;
};

/** A policy that the endorsements of a transaction must satisfy. */
export type Requirement = {
  /** What the policy belongs to, in words: `chaincode kepil`, `collection kepil/deposits`. */
  readonly subject: string;
  /** Would one endorsement by a peer of each of these organisations do? */
  satisfiedBy(mspIds: Iterable<string>): boolean;
};

/** Where a transaction ended. */
export type CommittedTransaction = {
  readonly txId: string;
  readonly code: peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];
  readonly blockNumber: bigint;
  readonly index: number;
};

/** A block that has just become part of the ledger. */
export type CommittedBlock = {
  readonly number: bigint;
  readonly block: common.Block;
  /** Of the endorsed transactions, in block order; `txId` is empty where it was unreadable. */
  readonly transactions: readonly CommittedTransaction[];
};

/** A difference between two organisations' answers to one proposal. */
export type Difference = {
  readonly mspIds: readonly [string, string];
  /** Both write sets, decoded to words, one change a line. */
  readonly text: string;
};

/** What opens a channel. */
export type ChannelOptions = {
  readonly name: string;
  readonly level: Level;
  readonly members: readonly Member[];
  readonly consenters: readonly Consenter[];
  /** The network's time; the system's unless told. */
  readonly clock?: () => Date;
  readonly batching?: {
    /** How long the first envelope of a block waits for others. */
    readonly intervalMs?: number;
    readonly maxCount?: number;
  };
};

const unbuilt = (): never => {
  throw new Error('the engine does not do this yet');
};

/**
 * A channel's ledger with its peers and orderers in one: one public ledger for all organisations,
 * and each organisation's private data apart.
 */
export class Channel {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** Opens the ledger and finishes what a crash left; an empty store gets its genesis block. */
  static open(options: ChannelOptions): Promise<Channel> {
    return Promise.resolve(new Channel(options.name));
  }

  /** Adds a chaincode, or replaces its definition from the next proposal and block on. */
  defineChaincode(_definition: ChaincodeDefinition): void {
    unbuilt();
  }

  chaincode(_name: string): ChaincodeDefinition | undefined {
    return unbuilt();
  }

  /** MSP ids of the organisations that hold a collection; `undefined` where there is none such. */
  collectionMembers(_chaincode: string, _collection: string): readonly string[] | undefined {
    return unbuilt();
  }

  /**
   * Recognises `msp.SerializedIdentity` bytes as a member of the channel, or throws; `at` refuses
   * a certificate that has run out by then.
   */
  identify(_serializedIdentity: Uint8Array, _at?: Date): Identity {
    return unbuilt();
  }

  /** Fixes the present state, for several organisations to simulate over the same height. */
  snapshot(): Snapshot {
    return unbuilt();
  }

  /**
   * Does what a peer of the organisation does with a proposal: checks, simulates, endorses.
   *
   * Rejects with a `ProposalError` where a peer ends the call with an error (a bad signature or
   * header, a stranger, a known transaction id); all else is in the response.
   */
  processProposal(
    _mspId: string,
    _proposal: peer.SignedProposal,
    _at?: Snapshot,
  ): Promise<Endorsement> {
    return unbuilt();
  }

  /** Every policy that a transaction with these results must satisfy. */
  requirements(_results: SimulationResults): readonly Requirement[] {
    return unbuilt();
  }

  /** Where the endorsements of one proposal differ; none where all agree. */
  compare(_endorsements: readonly Endorsement[]): Difference | undefined {
    return unbuilt();
  }

  /**
   * Resolves when the orderers have taken the envelope, which is then never lost; rejects with an
   * `OrderError`. Taking is not committing: see `transaction`.
   */
  order(_envelope: common.Envelope): Promise<void> {
    return unbuilt();
  }

  /** The number that the next block will get. */
  height(): bigint {
    return unbuilt();
  }

  block(_number: bigint): Promise<common.Block | undefined> {
    return unbuilt();
  }

  /** Where the first transaction of this id ended; `undefined` until it is in a block. */
  transaction(_txId: string): Promise<CommittedTransaction | undefined> {
    return unbuilt();
  }

  /** Private write sets of a block that an organisation holds, by the transaction's index. */
  privateDataOf(
    _mspId: string,
    _blockNumber: bigint,
  ): Promise<ReadonlyMap<number, ledger.rwset.TxPvtReadWriteSet>> {
    return unbuilt();
  }

  /** Calls back after each commit, in order; gives the function that ends it. */
  onBlock(_listener: (committed: CommittedBlock) => void): () => void {
    return unbuilt();
  }

  /** Lets the calls and the block in work end, then closes the store. */
  close(): Promise<void> {
    return unbuilt();
  }
}
