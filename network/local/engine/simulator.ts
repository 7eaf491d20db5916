import { sha256 } from './bytes.ts';
import { decodeMetadata } from './key-metadata.ts';
import type { KeyValue, PagedRows, Rows } from './ledger-access.ts';
import type { LedgerState, VersionedCursor } from './ledger-state.ts';
import { RangeReads } from './range-reads.ts';
import { ReadWriteRecorder, type Recording } from './read-write-recorder.ts';
import type { Metadata, RangeRead } from './read-write-set.ts';
import type { CollectionName } from './store-keys.ts';
import { sameVersion, versionText } from './version.ts';

/** A query over public keys that is being read. */
type OpenRange = { readonly chaincode: string; read(): RangeRead; close(): Promise<void> };

/** What a simulation wrote, and what stood beside the written keys. */
export type WrittenKey = {
  readonly chaincode: string;
  /** Empty for a public key. */
  readonly collection: string;
  readonly key: string;
  readonly metadata: Metadata;
};

/**
 * One simulation at one organisation: reads committed state only, notes all, changes nothing.
 *
 * The rules and the wording (`unsuppored` is Fabric's) are those of a peer with LevelDB state.
 */
export class Simulator {
  readonly state: LedgerState;
  readonly mspId: string;
  readonly #txId: string;
  readonly #recorder = new ReadWriteRecorder();
  readonly #ranges: OpenRange[] = [];
  readonly #cursors: VersionedCursor[] = [];
  readonly #written = new Map<string, WrittenKey>();
  readonly #privateReads = new Map<string, CollectionName>();
  #wrote = false;
  #queriedPrivate = false;
  #paginated = false;

  constructor(state: LedgerState, mspId: string, txId: string) {
    this.state = state;
    this.mspId = mspId;
    this.#txId = txId;
  }

  get(chaincode: string, key: string): Uint8Array | undefined {
    return this.#read(chaincode, key)?.value;
  }

  metadata(chaincode: string, key: string): Metadata {
    return decodeMetadata(this.#read(chaincode, key)?.metadata);
  }

  put(chaincode: string, key: string, value: Uint8Array): void {
    this.#assertMayWrite();
    this.#recorder.write(chaincode, key, value);
    this.#noteWritten(chaincode, '', key, this.state.value(chaincode, key)?.metadata);
  }

  putMetadata(chaincode: string, key: string, metadata: Metadata): void {
    this.#assertMayWrite();
    this.#recorder.writeMetadata(chaincode, key, metadata);
    this.#noteWritten(chaincode, '', key, this.state.value(chaincode, key)?.metadata);
  }

  range(chaincode: string, start: string, end: string): Rows<KeyValue> {
    return this.#open(chaincode, start, end, 0);
  }

  page(chaincode: string, start: string, end: string, pageSize: number): PagedRows {
    if (this.#wrote) {
      throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
    }
    this.#paginated = true;
    return this.#open(chaincode, start, end, pageSize);
  }

  /** A private value; fails where the public hash says that another or none should be here. */
  getPrivate(at: CollectionName, key: string): Uint8Array | undefined {
    const held = this.state.privateValue(this.mspId, at, key);
    const stated = this.state.hash(at, sha256(Buffer.from(key)));
    if (!sameVersion(held?.version, stated?.version)) {
      throw new Error(
        'private data matching public hash version is not available. ' +
          `Public hash version = ${versionText(stated?.version)}, ` +
          `Private data version = ${versionText(held?.version)}`,
      );
    }
    this.#recorder.privateRead(at, key, held?.version);
    this.#privateReads.set(`${at.chaincode}\0${at.collection}`, at);
    return held?.value;
  }

  getPrivateHash(at: CollectionName, key: string): Uint8Array | undefined {
    return this.#readHash(at, key)?.value;
  }

  privateMetadata(at: CollectionName, key: string): Metadata {
    return decodeMetadata(this.#readHash(at, key)?.metadata);
  }

  putPrivate(at: CollectionName, key: string, value: Uint8Array): void {
    this.#assertMayWrite();
    this.#recorder.privateWrite(at, key, value);
    this.#notePrivateWritten(at, key);
  }

  purgePrivate(at: CollectionName, key: string): void {
    this.#assertMayWrite();
    this.#recorder.privateWrite(at, key, new Uint8Array(), true);
    this.#notePrivateWritten(at, key);
  }

  putPrivateMetadata(at: CollectionName, key: string, metadata: Metadata): void {
    this.#assertMayWrite();
    this.#recorder.privateMetadata(at, key, metadata);
    this.#notePrivateWritten(at, key);
  }

  /** Rows that this organisation holds: a silent subset where it lacks some, as on Fabric. */
  privateRange(at: CollectionName, start: string, end: string): Rows<KeyValue> {
    if (this.#wrote) {
      throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction');
    }
    this.#queriedPrivate = true;
    const cursor = this.state.privateValues(this.mspId, at, start, end);
    this.#cursors.push(cursor);
    return cursor;
  }

  /** Collections whose private values were read. */
  get privateReads(): readonly CollectionName[] {
    return [...this.#privateReads.values()];
  }

  get written(): readonly WrittenKey[] {
    return [...this.#written.values()];
  }

  async finish(): Promise<Recording> {
    for (const range of this.#ranges) this.#recorder.range(range.chaincode, range.read());
    await this.close();
    return this.#recorder.finish();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#ranges, ...this.#cursors].map((open) => open.close()));
  }

  #read(chaincode: string, key: string): ReturnType<LedgerState['value']> {
    const found = this.state.value(chaincode, key);
    this.#recorder.read(chaincode, key, found?.version);
    return found;
  }

  #readHash(at: CollectionName, key: string): ReturnType<LedgerState['hash']> {
    const found = this.state.hash(at, sha256(Buffer.from(key)));
    this.#recorder.privateRead(at, key, found?.version);
    return found;
  }

  #open(chaincode: string, start: string, end: string, limit: number): PagedRows {
    const cursor = this.state.values(chaincode, start, end);
    const reads = new RangeReads();
    let seen = { end: '', exhausted: false };
    let count = 0;
    const next = async (): Promise<KeyValue | undefined> => {
      const row = limit > 0 && count >= limit ? undefined : await cursor.next();
      if (row === undefined) {
        seen = { end, exhausted: true };
        return undefined;
      }
      count += 1;
      reads.add({ key: row.key, version: row.version });
      seen = { end: row.key, exhausted: false };
      return row;
    };
    const read = (): RangeRead => ({ start, ...seen, reads: [], ...reads.finish() });
    this.#ranges.push({ chaincode, read, close: () => cursor.close() });
    return {
      next,
      close: () => cursor.close(),
      bookmark: async () => (await cursor.next())?.key ?? '',
    };
  }

  #noteWritten(
    chaincode: string,
    collection: string,
    key: string,
    metadata: Uint8Array | undefined,
  ): void {
    const at = `${chaincode}\0${collection}\0${key}`;
    this.#written.set(at, { chaincode, collection, key, metadata: decodeMetadata(metadata) });
  }

  #notePrivateWritten(at: CollectionName, key: string): void {
    const stated = this.state.hash(at, sha256(Buffer.from(key)));
    this.#noteWritten(at.chaincode, at.collection, key, stated?.metadata);
  }

  #assertMayWrite(): void {
    if (this.#queriedPrivate) {
      throw this.#unsupported(
        'Transaction has already performed queries on pvt data. Writes are not allowed',
      );
    }
    if (this.#paginated) {
      throw this.#unsupported(
        'Transaction has already performed a paginated query. Writes are not allowed',
      );
    }
    this.#wrote = true;
  }

  #unsupported(why: string): Error {
    return new Error(`txid [${this.#txId}]: unsuppored transaction. ${why}`);
  }
}
