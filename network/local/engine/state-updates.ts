/** What the valid transactions of a block change so far, on top of the committed state. */
import { bytesOfKey, keyOf, noBytes } from './bytes.ts';
import { encodeMetadata } from './key-metadata.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Metadata, ReadWriteSet } from './read-write-set.ts';
import type { CollectionName } from './store-keys.ts';
import type { Version } from './version.ts';
import type { VersionedValue } from './versioned-value.ts';

/** A changed key: its new value, or none where it was deleted. */
export type Update = {
  readonly version: Version;
  readonly value: Uint8Array | undefined;
  readonly metadata: Uint8Array;
};

/** Changes of one chaincode: public keys, and collections by the latin-1 text of the key's hash. */
export type ChaincodeUpdates = {
  readonly keys: Map<string, Update>;
  readonly collections: Map<string, Map<string, Update>>;
};

/** What one transaction does to a key, value and metadata taken together. */
type Change = {
  readonly value: { readonly to: Uint8Array | undefined } | undefined;
  readonly metadata: Metadata | undefined;
};

export class StateUpdates {
  readonly byChaincode = new Map<string, ChaincodeUpdates>();
  readonly #state: LedgerState;

  constructor(state: LedgerState) {
    this.#state = state;
  }

  key(chaincode: string, key: string): Update | undefined {
    return this.byChaincode.get(chaincode)?.keys.get(key);
  }

  hash(at: CollectionName, keyHash: Uint8Array): Update | undefined {
    const collections = this.byChaincode.get(at.chaincode)?.collections;
    return collections?.get(at.collection)?.get(keyOf(keyHash));
  }

  /** Adds what a valid transaction writes. */
  apply(set: ReadWriteSet, version: Version): void {
    for (const part of set) {
      const { chaincode } = part;
      const changes = merged(
        part.writes.map(({ key, value }) => [key, value] as const),
        part.metadataWrites.map(({ key, metadata }) => [key, metadata] as const),
      );
      const before = (key: string) => this.#latest(chaincode, key);
      this.#put(() => this.#part(chaincode).keys, changes, before, version);
      for (const own of part.collections) {
        const at = { chaincode, collection: own.collection };
        const hashed = merged(
          own.writes.map(({ keyHash, valueHash }) => [keyOf(keyHash), valueHash] as const),
          own.metadataWrites.map(({ key, metadata }) => [keyOf(key), metadata] as const),
        );
        const hashBefore = (key: string) => this.#latestHash(at, bytesOfKey(key));
        this.#put(() => this.#collection(at), hashed, hashBefore, version);
      }
    }
  }

  /** A key whose metadata alone is written keeps its value; where it has none, nothing happens. */
  #put(
    target: () => Map<string, Update>,
    changes: ReadonlyMap<string, Change>,
    before: (key: string) => VersionedValue | undefined,
    version: Version,
  ): void {
    for (const [key, { value, metadata }] of changes) {
      if (value !== undefined && value.to === undefined) {
        target().set(key, { version, value: undefined, metadata: noBytes });
        continue;
      }
      const old = value === undefined || metadata === undefined ? before(key) : undefined;
      const next = value?.to ?? old?.value;
      if (next === undefined) continue;
      const beside = metadata ? encodeMetadata(metadata) : (old?.metadata ?? noBytes);
      target().set(key, { version, value: next, metadata: beside });
    }
  }

  #latest(chaincode: string, key: string): VersionedValue | undefined {
    const update = this.key(chaincode, key);
    return update === undefined ? this.#state.value(chaincode, key) : standing(update);
  }

  #latestHash(at: CollectionName, keyHash: Uint8Array): VersionedValue | undefined {
    const update = this.hash(at, keyHash);
    return update === undefined ? this.#state.hash(at, keyHash) : standing(update);
  }

  #part(chaincode: string): ChaincodeUpdates {
    const known = this.byChaincode.get(chaincode);
    if (known !== undefined) return known;
    const part: ChaincodeUpdates = { keys: new Map(), collections: new Map() };
    this.byChaincode.set(chaincode, part);
    return part;
  }

  #collection({ chaincode, collection }: CollectionName): Map<string, Update> {
    const { collections } = this.#part(chaincode);
    const known = collections.get(collection);
    if (known !== undefined) return known;
    const part = new Map<string, Update>();
    collections.set(collection, part);
    return part;
  }
}

function standing({ version, value, metadata }: Update): VersionedValue | undefined {
  return value && { version, value, metadata };
}

function merged(
  writes: readonly (readonly [string, Uint8Array | undefined])[],
  metadataWrites: readonly (readonly [string, Metadata])[],
): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const [key, to] of writes) changes.set(key, { value: { to }, metadata: undefined });
  for (const [key, metadata] of metadataWrites) {
    changes.set(key, { value: changes.get(key)?.value, metadata });
  }
  return changes;
}
