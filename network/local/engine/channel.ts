import type { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { Identity } from '../../identity/msp.ts';
import { newBlock } from './block.ts';
import { signBlock } from './block-signing.ts';
import { prepareCommit } from './block-commit.ts';
import { validateBlock, type ValidatedBlock } from './block-validation.ts';
import { noBytes } from './bytes.ts';
import { Chain } from './chain.ts';
import { ChaincodeRegistry, type ChaincodeDefinition } from './chaincode-registry.ts';
import { ChannelPolicies } from './channel-policies.ts';
import { ChannelSnapshot, type Snapshot } from './channel-snapshot.ts';
import { differenceOf, type Difference } from './comparison.ts';
import { rulesOf } from './endorsement-rules.ts';
import { Endorser, type Endorsement } from './endorser.ts';
import { Erasure } from './erasure.ts';
import { genesisBlock } from './genesis-block.ts';
import { LedgerState } from './ledger-state.ts';
import { synced, type Level } from './level.ts';
import { Members, type Consenter, type Member } from './membership.ts';
import { OrderingService, type Pending } from './ordering-service.ts';
import { satisfiedByPeers } from './policy.ts';
import { privateWriteSet } from './private-write-set.ts';
import type { SimulationResults } from './simulation-results.ts';
import { StateUpdates } from './state-updates.ts';
import { parsePrivateWritesKey, pendingKey, privateWritesOfBlock } from './store-keys.ts';
import { StoreReader } from './store-reader.ts';
import { ValidationCode, type ParsedEnvelope } from './transaction.ts';
import { keepTransient } from './transient-store.ts';

export type { ChaincodeDefinition } from './chaincode-registry.ts';
export type { Snapshot } from './channel-snapshot.ts';
export type { CollectionDefinition } from './collections.ts';
export type { Difference } from './comparison.ts';
export type { Endorsement } from './endorser.ts';
export type { Level } from './level.ts';
export type { Consenter, Member } from './membership.ts';
export type { CollectionUse, SimulationResults } from './simulation-results.ts';

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
  readonly code: ValidationCode;
  readonly blockNumber: bigint;
  readonly index: number;
};

/** A block that has just become part of the ledger. */
export type CommittedBlock = {
  readonly number: bigint;
  readonly block: common.Block;
  /** In block order; `txId` is empty where it was unreadable. */
  readonly transactions: readonly CommittedTransaction[];
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
  /** Told when a block is about to be written and when it is: tests crash there. */
  readonly onStep?: (step: 'block:before-write' | 'block:after-write') => void;
};

/** Short enough for one at a time, long enough that many at once share a block. */
const defaultBatching = { intervalMs: 10, maxCount: 500 };

/** The configuration never changes after the genesis block. */
const configBlock = 0;

/**
 * A channel's ledger with its peers and orderers in one: one public ledger for all organisations,
 * and each organisation's private data apart.
 */
export class Channel {
  readonly name: string;
  readonly #options: Required<ChannelOptions>;
  readonly #members: Members;
  readonly #registry: ChaincodeRegistry;
  readonly #state: LedgerState;
  readonly #chain: Chain;
  readonly #endorser: Endorser;
  readonly #orderers: OrderingService;
  readonly #erasure: Erasure;
  readonly #policies: ChannelPolicies;
  readonly #listeners = new Set<(committed: CommittedBlock) => void>();
  readonly #atWork = new Set<Promise<unknown>>();

  private constructor(options: Required<ChannelOptions>) {
    const { name, level, members, clock } = options;
    this.name = name;
    this.#options = options;
    this.#members = new Members(members);
    this.#policies = new ChannelPolicies(this.#members.mspIds);
    this.#registry = new ChaincodeRegistry(this.#policies, this.#members.mspIds);
    this.#state = new LedgerState(new StoreReader(level));
    this.#chain = new Chain(name, this.#state.reader);
    this.#erasure = new Erasure(level);
    this.#endorser = new Endorser({
      chain: this.#chain,
      members: this.#members,
      policies: this.#policies,
      registry: this.#registry,
      clock,
      keepTransient: (txId, mspId, set) =>
        keepTransient(level, txId, mspId, this.#chain.height, set),
    });
    this.#orderers = new OrderingService({
      channel: name,
      level,
      members: this.#members,
      policies: this.#policies,
      clock,
      ...defaultBatching,
      ...options.batching,
      cut: (batch) => this.#cut(batch),
    });
  }

  /** Opens the ledger and finishes what a crash left; an empty store gets its genesis block. */
  static async open(options: ChannelOptions): Promise<Channel> {
    const complete = { clock: () => new Date(), batching: {}, onStep: () => {}, ...options };
    await options.level.open();
    const channel = new Channel(complete);
    if (channel.#chain.height === 0) await channel.#begin();
    channel.#assertOwn();
    await channel.#orderers.recover();
    return channel;
  }

  /** Adds a chaincode, or replaces its definition from the next proposal and block on. */
  defineChaincode(definition: ChaincodeDefinition): void {
    this.#registry.define(definition);
  }

  /**
   * Commits what the orderers had taken when the process ended, and starts to order. To be called
   * once the chaincodes are defined, because their policies decide what becomes of it.
   */
  start(): void {
    this.#orderers.start();
  }

  chaincode(name: string): ChaincodeDefinition | undefined {
    return this.#registry.get(name)?.definition;
  }

  /** MSP ids of the organisations that hold a collection; `undefined` where there is none such. */
  collectionMembers(chaincode: string, collection: string): readonly string[] | undefined {
    return this.#registry.collection(chaincode, collection)?.members;
  }

  /**
   * Recognises `msp.SerializedIdentity` bytes as a member of the channel, or throws; `at` refuses
   * a certificate that has run out by then.
   */
  identify(serializedIdentity: Uint8Array, at?: Date): Identity {
    return this.#members.identify(serializedIdentity, at);
  }

  /** Fixes the present state, for several organisations to simulate over the same height. */
  snapshot(): Snapshot {
    return new ChannelSnapshot(this.#options.level);
  }

  /**
   * Does what a peer of the organisation does with a proposal: checks, simulates, endorses.
   *
   * Rejects with a `ProposalError` where a peer ends the call with an error (a bad signature or
   * header, a stranger, a known transaction id); all else is in the response.
   */
  processProposal(
    mspId: string,
    proposal: peer.SignedProposal,
    at?: Snapshot,
  ): Promise<Endorsement> {
    const work = this.#process(mspId, proposal, at);
    this.#atWork.add(work);
    return work.finally(() => {
      this.#atWork.delete(work);
    });
  }

  /**
   * Every policy that Fabric's gateway plans for. A chaincode that was only read counts too, though
   * validation would not ask for it; the called one does not, if only those that it called touched
   * any state, though validation will ask for it.
   */
  requirements({ chaincode, set }: SimulationResults): readonly Requirement[] {
    const touched = set.map((part) => part.chaincode);
    const rules = (touched.length > 0 ? touched : [chaincode])
      .filter((name) => this.#registry.get(name) !== undefined)
      .flatMap((name) => rulesOf(name, set, this.#registry, this.#state));
    return rules.map(({ subject, policy }) => ({
      subject,
      satisfiedBy: (mspIds) => satisfiedByPeers(policy, mspIds),
    }));
  }

  /** Where the endorsements of one proposal differ; none where all agree. */
  compare(endorsements: readonly Endorsement[]): Difference | undefined {
    return differenceOf(endorsements);
  }

  /**
   * Resolves when the orderers have taken the envelope, which a kill of the process then does not
   * lose; rejects with an `OrderError`. Taking is not committing: see `transaction`.
   */
  order(envelope: common.Envelope): Promise<void> {
    return this.#orderers.order(envelope);
  }

  /** The number that the next block will get. */
  height(): bigint {
    return BigInt(this.#chain.height);
  }

  block(number: bigint): Promise<common.Block | undefined> {
    return Promise.resolve(this.#chain.block(Number(number)));
  }

  /** Where the first transaction of this id ended; `undefined` until it is in a block. */
  transaction(txId: string): Promise<CommittedTransaction | undefined> {
    const place = this.#chain.transactionPlace(txId);
    return Promise.resolve(
      place && { txId, code: place.code, blockNumber: BigInt(place.block), index: place.index },
    );
  }

  /** Private write sets of a block that an organisation holds, by the transaction's index. */
  async privateDataOf(
    mspId: string,
    blockNumber: bigint,
  ): Promise<ReadonlyMap<number, ledger.rwset.TxPvtReadWriteSet>> {
    const rows = await this.#state.reader.all(privateWritesOfBlock(mspId, Number(blockNumber)));
    const parts = rows.map(({ key, value }) => ({
      ...parsePrivateWritesKey(key, mspId),
      bytes: value,
    }));
    const indexes = [...new Set(parts.map(({ tx }) => tx))];
    return new Map(
      indexes.map((tx) => [tx, privateWriteSet(parts.filter((part) => part.tx === tx))]),
    );
  }

  /** The committed state, for tests and operators to look at; nothing is noted as read. */
  state(): LedgerState {
    return this.#state;
  }

  /** Calls back after each commit, in order; gives the function that ends it. */
  onBlock(listener: (committed: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes what was purged out of the files; it also happens by itself, somewhat later. */
  async erase(): Promise<void> {
    await this.#erasure.finish();
  }

  /** Lets the calls and the blocks in work end, then closes chaincodes and store. */
  async close(): Promise<void> {
    await this.#orderers.close();
    await Promise.allSettled(this.#atWork);
    await this.#registry.close();
    await this.#erasure.finish();
    await this.#options.level.close();
  }

  async #process(
    mspId: string,
    proposal: peer.SignedProposal,
    at: Snapshot | undefined,
  ): Promise<Endorsement> {
    const own = at === undefined ? new ChannelSnapshot(this.#options.level) : undefined;
    try {
      return await this.#endorser.process(mspId, proposal, ChannelSnapshot.stateOf(own ?? at));
    } finally {
      await own?.close();
    }
  }

  async #begin(): Promise<void> {
    const { name: channel, members, consenters, clock, batching } = this.#options;
    const now = clock();
    const block = genesisBlock({
      channel,
      members,
      consenters,
      now,
      batching: { ...defaultBatching, ...batching },
    });
    const config: ParsedEnvelope = { kind: 'config', channel, txId: '' };
    const updates = new StateUpdates(this.#state);
    await this.#commit(block, [config], { codes: [ValidationCode.VALID], updates }, []);
  }

  /** A store of another channel, or of one whose organisations differ, must not be gone on with. */
  #assertOwn(): void {
    const known = this.#chain.configuredOrganisations();
    const own = this.#members.mspIds;
    const same = known.channel === this.name && own.length === known.mspIds.length;
    if (same && own.every((mspId) => known.mspIds.includes(mspId))) return;
    throw new Error(
      `the store holds channel ${known.channel} of ${known.mspIds.join(', ')}, ` +
        `not ${this.name} of ${own.join(', ')}`,
    );
  }

  async #cut(batch: readonly Pending[]): Promise<void> {
    const number = this.#chain.height;
    const block = newBlock(
      number,
      this.#chain.lastHash,
      batch.map(({ bytes }) => bytes),
    );
    signBlock(block, this.#options.consenters, configBlock);
    const envelopes = batch.map(({ parsed }) => parsed);
    const validated = await validateBlock(number, envelopes, {
      channel: this.name,
      members: this.#members,
      registry: this.#registry,
      state: this.#state,
      isKnown: (txId) => this.#chain.transactionPlace(txId) !== undefined,
    });
    const committed = await this.#commit(block, envelopes, validated, batch);
    for (const listener of this.#listeners) this.#tell(listener, committed);
  }

  /** A listener that fails is its owner's bug, and no reason for the ledger to stop. */
  #tell(listener: (committed: CommittedBlock) => void, committed: CommittedBlock): void {
    try {
      listener(committed);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  async #commit(
    block: common.Block,
    envelopes: readonly ParsedEnvelope[],
    validated: ValidatedBlock,
    taken: readonly Pending[],
  ): Promise<CommittedBlock> {
    const number = this.#chain.height;
    const prepared = await prepareCommit(block, envelopes, validated, {
      state: this.#state,
      registry: this.#registry,
      commitHash: number === 0 ? noBytes : this.#chain.commitHash,
    });
    for (const { sequence } of taken) prepared.batch.delete(pendingKey(sequence));
    this.#options.onStep('block:before-write');
    await this.#options.level.batch(prepared.batch.operations(), synced);
    this.#options.onStep('block:after-write');
    this.#chain.advance(block, prepared.hash, prepared.commitHash);
    if (prepared.erased) this.#erasure.schedule();
    return {
      number: BigInt(number),
      block,
      transactions: envelopes.map(({ txId }, index) => ({
        txId,
        code: validated.codes[index] ?? ValidationCode.NOT_VALIDATED,
        blockNumber: BigInt(number),
        index,
      })),
    };
  }
}
