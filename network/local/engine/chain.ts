import { common } from '@hyperledger/fabric-protos';
import { envelopesOf, headerHash } from './block.ts';
import { noBytes } from './bytes.ts';
import { LedgerState } from './ledger-state.ts';
import type { Chain as QueriedChain } from './query-chaincode.ts';
import { blockByHashKey, blockKey, commitHashKey, transactionKey } from './store-keys.ts';
import type { StoreReader } from './store-reader.ts';
import { decodePlace, type TransactionPlace } from './transaction-place.ts';

/** Blocks that are kept parsed; one has some hundred kilobytes at most when many clients submit. */
const recentMax = 16;

/** The blocks that are committed, and where the next one goes on. */
export class Chain implements QueriedChain {
  readonly name: string;
  readonly #reader: StoreReader;
  /** Every event stream reads a new block, which need not be parsed for each. */
  readonly #recent = new Map<number, common.Block>();
  #height: number;
  #lastHash: Uint8Array;
  #commitHash: Uint8Array;

  constructor(name: string, reader: StoreReader) {
    this.name = name;
    this.#reader = reader;
    this.#height = new LedgerState(reader).height();
    const last = this.#height === 0 ? undefined : this.block(this.#height - 1);
    this.#lastHash = last === undefined ? noBytes : headerHash(last);
    this.#commitHash = reader.get(commitHashKey) ?? noBytes;
  }

  get height(): number {
    return this.#height;
  }

  get lastHash(): Uint8Array {
    return this.#lastHash;
  }

  get commitHash(): Uint8Array {
    return this.#commitHash;
  }

  /** Goes on after a block that is in the store now, and has it at hand for those who follow. */
  advance(block: common.Block, hash: Uint8Array, commitHash: Uint8Array): void {
    this.#recent.set(this.#height, block);
    this.#recent.delete(this.#height - recentMax);
    this.#height += 1;
    this.#lastHash = hash;
    this.#commitHash = commitHash;
  }

  info(): common.BlockchainInfo {
    const info = new common.BlockchainInfo();
    info.setHeight(this.#height);
    info.setCurrentblockhash(this.#lastHash);
    info.setPreviousblockhash(
      this.block(this.#height - 1)
        ?.getHeader()
        ?.getPreviousHash_asU8() ?? noBytes,
    );
    return info;
  }

  block(number: number): common.Block | undefined {
    return this.#recent.get(number) ?? this.#blockAt(blockKey(number));
  }

  blockByHash(hash: Uint8Array): common.Block | undefined {
    const key = this.#reader.get(blockByHashKey(hash));
    return key && this.#blockAt(key);
  }

  transactionPlace(txId: string): TransactionPlace | undefined {
    const record = this.#reader.get(transactionKey(txId));
    return record && decodePlace(record);
  }

  /** The channel and its organisations as the genesis block states them. */
  configuredOrganisations(): { readonly channel: string; readonly mspIds: readonly string[] } {
    const genesis = this.block(0);
    const [bytes = noBytes] = genesis === undefined ? [] : envelopesOf(genesis);
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
    );
    const header = payload.getHeader()?.getChannelHeader_asU8() ?? noBytes;
    const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
    const application = config?.getChannelGroup()?.getGroupsMap().get('Application');
    return {
      channel: common.ChannelHeader.deserializeBinary(header).getChannelId(),
      mspIds: [...(application?.getGroupsMap().keys() ?? [])],
    };
  }

  #blockAt(key: Uint8Array): common.Block | undefined {
    const bytes = this.#reader.get(key);
    return bytes && common.Block.deserializeBinary(bytes);
  }
}
