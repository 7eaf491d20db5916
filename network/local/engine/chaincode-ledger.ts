import type { peer } from '@hyperledger/fabric-protos';
import type { Identity } from '../../identity/msp.ts';
import type { Chaincode } from './chaincode-registry.ts';
import type { ChaincodeOutcome } from './chaincode-runner.ts';
import { type Collection, implicitPrefix } from './collections.ts';
import { decodeModification } from './history-record.ts';
import type {
  KeyModification,
  KeyValue,
  LedgerAccess,
  PagedRows,
  Rows,
  StateKey,
} from './ledger-access.ts';
import type { Metadata } from './read-write-set.ts';
import type { Simulator } from './simulator.ts';
import type { CollectionName } from './store-keys.ts';

/** Who runs which chaincode in which simulation. */
export type ChaincodeLedgerContext = {
  readonly channel: string;
  readonly chaincode: Chaincode;
  readonly creator: Identity;
  readonly simulator: Simulator;
  readonly invoke: (chaincode: string, input: peer.ChaincodeInput) => Promise<ChaincodeOutcome>;
};

/**
 * A chaincode's door to a simulation: its own names only, and of private data what its caller may.
 */
export class ChaincodeLedger implements LedgerAccess {
  readonly #context: ChaincodeLedgerContext;
  readonly #name: string;
  readonly #simulator: Simulator;

  constructor(context: ChaincodeLedgerContext) {
    this.#context = context;
    this.#name = context.chaincode.definition.name;
    this.#simulator = context.simulator;
  }

  get({ collection, key }: StateKey): Uint8Array | undefined {
    return collection === ''
      ? this.#simulator.get(this.#name, key)
      : this.#simulator.getPrivate(this.#readable(collection), key);
  }

  put({ collection, key }: StateKey, value: Uint8Array): void {
    if (collection === '') this.#simulator.put(this.#name, key, value);
    else this.#simulator.putPrivate(this.#writable(collection), key, value);
  }

  delete(at: StateKey): void {
    this.put(at, new Uint8Array());
  }

  purge({ collection, key }: StateKey): void {
    if (collection === '') throw new Error('only applicable for private data');
    this.#simulator.purgePrivate(this.#writable(collection), key);
  }

  /** Needs no right to read: the hash is in everybody's blocks. */
  privateHash({ collection, key }: StateKey): Uint8Array | undefined {
    return this.#simulator.getPrivateHash(this.#defined(collection), key);
  }

  metadata({ collection, key }: StateKey): Metadata {
    return collection === ''
      ? this.#simulator.metadata(this.#name, key)
      : this.#simulator.privateMetadata(this.#readable(collection), key);
  }

  putMetadata({ collection, key }: StateKey, metadata: Metadata): void {
    if (collection === '') this.#simulator.putMetadata(this.#name, key, metadata);
    else this.#simulator.putPrivateMetadata(this.#writable(collection), key, metadata);
  }

  range(collection: string, startKey: string, endKey: string): Rows<KeyValue> {
    return collection === ''
      ? this.#simulator.range(this.#name, startKey, endKey)
      : this.#simulator.privateRange(this.#readable(collection), startKey, endKey);
  }

  page(startKey: string, endKey: string, pageSize: number): PagedRows {
    return this.#simulator.page(this.#name, startKey, endKey, pageSize);
  }

  /** LevelDB answers no rich query. */
  query(collection: string, paginated: boolean): Rows<KeyValue> {
    if (collection !== '') this.#readable(collection);
    throw new Error(
      paginated && collection === ''
        ? 'ExecuteQueryWithMetadata not supported for leveldb'
        : 'ExecuteQuery not supported for leveldb',
    );
  }

  history(key: string): Rows<KeyModification> {
    const rows = this.#simulator.state.history(this.#name, key);
    return {
      next: async () => {
        const row = await rows.next();
        return row && decodeModification(row.value);
      },
      close: () => rows.close(),
    };
  }

  invoke(chaincode: string, input: peer.ChaincodeInput): Promise<ChaincodeOutcome> {
    return this.#context.invoke(chaincode, input);
  }

  #readable(collection: string): CollectionName {
    const found = this.#granted(collection);
    if (found.memberOnlyRead && !this.#isMember(found)) throw this.#denied('read', collection);
    return this.#defined(collection);
  }

  #writable(collection: string): CollectionName {
    const found = this.#granted(collection);
    if (found.memberOnlyWrite && !this.#isMember(found)) throw this.#denied('write', collection);
    return this.#defined(collection);
  }

  #granted(collection: string): Collection {
    const found = this.#context.chaincode.collections.get(collection);
    if (found !== undefined) return found;
    // Fabric grants any name of this form, and looks for the collection afterwards.
    if (collection.startsWith(implicitPrefix)) this.#defined(collection);
    const path = `${this.#context.channel}/${this.#name}/${collection}`;
    throw new Error(`collection ${path} could not be found`);
  }

  #defined(collection: string): CollectionName {
    if (!this.#context.chaincode.collections.has(collection)) {
      throw new Error(
        `collection [${collection}] not defined in the collection config ` +
          `for chaincode [${this.#name}]`,
      );
    }
    return { chaincode: this.#name, collection };
  }

  #isMember(collection: Collection): boolean {
    return collection.access.admits([this.#context.creator]);
  }

  #denied(right: 'read' | 'write', collection: string): Error {
    return new Error(
      `tx creator does not have ${right} access permission on privatedata ` +
        `in chaincodeName:${this.#name} collectionName: ${collection}`,
    );
  }
}
