/**
 * The private side of a commit: what members of collections keep, what has to go.
 *
 * Each organisation's data lies apart from the others' in the store, as if each had its own peer.
 */
import { noBytes, sameBytes, sha256, utf8 } from './bytes.ts';
import type { BlockBatch } from './block-batch.ts';
import type { ChaincodeRegistry } from './chaincode-registry.ts';
import type { Collection } from './collections.ts';
import type { LedgerState } from './ledger-state.ts';
import {
  decodePrivateChanges,
  withoutKeys,
  type PrivateChanges,
  type PrivateWrites,
} from './private-write-set.ts';
import type { CollectionSet } from './read-write-set.ts';
import type { StateUpdates } from './state-updates.ts';
import {
  expiryKey,
  expiryRange,
  parseExpiryKey,
  parseHeightAtEnd,
  privateHashKey,
  privateStateKey,
  privateWritesByKeyKey,
  privateWritesByKeyRange,
  privateWritesKey,
  purgeMarkerKey,
  type CollectionName,
} from './store-keys.ts';
import { transientOf } from './transient-store.ts';
import type { EndorsedTransaction } from './transaction.ts';
import { sameVersion, versionBytes, type Version } from './version.ts';
import { decodeVersioned, encodeVersioned } from './versioned-value.ts';

/** Length of SHA-256. */
const hashLength = 32;

/** What a private commit works on. */
export type PrivateCommitContext = {
  readonly registry: ChaincodeRegistry;
  readonly state: LedgerState;
  readonly updates: StateUpdates;
  readonly batch: BlockBatch;
};

export class PrivateCommit {
  readonly #context: PrivateCommitContext;
  /** Keys whose metadata alone a transaction wrote, with their collections. */
  readonly #touched: { readonly at: CollectionName; readonly key: string }[] = [];
  #erased = false;

  constructor(context: PrivateCommitContext) {
    this.#context = context;
  }

  /** Whether private bytes were taken out, which the files still hold until they are compacted. */
  get erased(): boolean {
    return this.#erased;
  }

  /** Keeps what a valid transaction wrote into collections. */
  async add(transaction: EndorsedTransaction, height: Version): Promise<void> {
    const parts = transaction.set.flatMap(({ chaincode, collections }) =>
      collections.map((part) => ({ at: { chaincode, collection: part.collection }, part })),
    );
    if (!parts.some(({ part }) => part.privateHash.length > 0)) return;
    const held = await transientOf(this.#context.batch, transaction.txId);
    for (const { at, part } of parts) {
      const collection = this.#context.registry.collection(at.chaincode, at.collection);
      if (collection === undefined) continue;
      this.#keep(at, collection, matching(held, at, part), height);
      this.#schedule(at, part, collection, height);
      for (const { keyHash, purge } of part.writes) {
        if (purge) await this.#purge(at, collection, keyHash, height);
      }
    }
  }

  /** Ends the block: metadata-only versions, and what this block lets expire. */
  async finish(block: number): Promise<void> {
    for (const { at, key } of this.#touched) this.#followHash(at, key);
    for (const { key, value } of await this.#context.batch.rows(expiryRange(block))) {
      await this.#expire(parseExpiryKey(key), value);
      this.#context.batch.delete(key);
    }
  }

  /** Without the data itself nothing is kept: reads fail then, as the public hash says. */
  #keep(
    at: CollectionName,
    collection: Collection,
    bytes: Uint8Array | undefined,
    height: Version,
  ): void {
    if (bytes === undefined) return;
    const changes = decodePrivateChanges(bytes);
    for (const mspId of collection.members) this.#keepFor(mspId, at, bytes, changes, height);
    for (const key of changes.touched) this.#touched.push({ at, key });
  }

  #keepFor(
    mspId: string,
    at: CollectionName,
    bytes: Uint8Array,
    { writes }: PrivateChanges,
    height: Version,
  ): void {
    const { batch } = this.#context;
    batch.put(privateWritesKey(mspId, at, height), bytes);
    for (const { key, value } of writes) {
      const keyHash = sha256(Buffer.from(key));
      batch.put(privateWritesByKeyKey(mspId, at, keyHash, height), Buffer.from(key));
      const stateKey = privateStateKey(mspId, at, key);
      if (value === undefined) batch.delete(stateKey);
      else batch.put(stateKey, encodeVersioned({ version: height, metadata: noBytes, value }));
    }
  }

  #schedule(
    at: CollectionName,
    part: CollectionSet,
    { blockToLive }: Collection,
    height: Version,
  ): void {
    if (blockToLive === 0 || part.writes.length === 0) return;
    const hashes = Buffer.concat(part.writes.map(({ keyHash }) => keyHash));
    this.#context.batch.put(expiryKey(height.block + blockToLive + 1, at, height), hashes);
  }

  /** Takes a key out of everything that organisations hold, and leaves a mark that it was there. */
  async #purge(
    at: CollectionName,
    { members }: Collection,
    keyHash: Uint8Array,
    height: Version,
  ): Promise<void> {
    this.#erased = true;
    const { batch } = this.#context;
    batch.put(purgeMarkerKey(at, keyHash), versionBytes(height));
    for (const mspId of members) {
      const rows = await batch.rows(privateWritesByKeyRange(mspId, at, keyHash));
      for (const row of rows) {
        const key = utf8(row.value);
        this.#trim(mspId, at, key, parseHeightAtEnd(row.key));
        batch.delete(row.key);
        batch.delete(privateStateKey(mspId, at, key));
      }
    }
  }

  #trim(mspId: string, at: CollectionName, purged: string, height: Version): void {
    const place = privateWritesKey(mspId, at, height);
    const bytes = this.#context.batch.get(place);
    if (bytes === undefined) return;
    const left = withoutKeys(bytes, (key) => key === purged);
    if (left.length === 0) this.#context.batch.delete(place);
    else this.#context.batch.put(place, left);
  }

  /** A change of metadata gives the hash a new version, which the value has to follow. */
  #followHash(at: CollectionName, key: string): void {
    const { batch, updates, registry } = this.#context;
    const hash = updates.hash(at, sha256(Buffer.from(key)));
    if (hash?.value === undefined) return;
    for (const mspId of registry.collection(at.chaincode, at.collection)?.members ?? []) {
      const place = privateStateKey(mspId, at, key);
      const record = batch.get(place);
      if (record === undefined) continue;
      const { value, version } = decodeVersioned(record);
      const current = sameBytes(sha256(value), hash.value);
      if (current && !sameVersion(version, hash.version)) {
        batch.put(place, encodeVersioned({ version: hash.version, metadata: noBytes, value }));
      }
    }
  }

  async #expire(
    { height, ...at }: ReturnType<typeof parseExpiryKey>,
    hashes: Uint8Array,
  ): Promise<void> {
    this.#erased = true;
    const { batch, registry } = this.#context;
    const members = registry.collection(at.chaincode, at.collection)?.members ?? [];
    for (let from = 0; from < hashes.length; from += hashLength) {
      const keyHash = hashes.subarray(from, from + hashLength);
      this.#expireHash(at, keyHash, height);
      for (const mspId of members) await this.#expireValue(mspId, at, keyHash, height);
    }
    for (const mspId of members) batch.delete(privateWritesKey(mspId, at, height));
  }

  /** A hash that was written again since then lives on. */
  #expireHash(at: CollectionName, keyHash: Uint8Array, height: Version): void {
    const { batch, state, updates } = this.#context;
    const sinceWritten = updates.hash(at, keyHash) !== undefined;
    const stated = state.hash(at, keyHash);
    if (!sinceWritten && stated?.version.block === height.block) {
      batch.delete(privateHashKey(at, keyHash));
    }
  }

  async #expireValue(
    mspId: string,
    at: CollectionName,
    keyHash: Uint8Array,
    height: Version,
  ): Promise<void> {
    const { batch } = this.#context;
    const index = privateWritesByKeyKey(mspId, at, keyHash, height);
    const name = batch.get(index);
    if (name === undefined) return;
    batch.delete(index);
    const place = privateStateKey(mspId, at, utf8(name));
    const record = batch.get(place);
    if (record && decodeVersioned(record).version.block === height.block) batch.delete(place);
  }
}

/** The private writes that the public hash stands for, if anyone kept them. */
function matching(
  held: readonly PrivateWrites[],
  at: CollectionName,
  part: CollectionSet,
): Uint8Array | undefined {
  return held.find(
    ({ chaincode, collection, bytes }) =>
      chaincode === at.chaincode &&
      collection === at.collection &&
      sameBytes(sha256(bytes), part.privateHash),
  )?.bytes;
}
