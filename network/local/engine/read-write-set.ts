/** What a transaction read and would write: Fabric's read-write set, to and from its protobuf. */
import { ledger } from '@hyperledger/fabric-protos';
import { keyReadMessage, versionMessage, type KeyRead, type MerkleSummary } from './range-reads.ts';
import type { Version } from './version.ts';

const { rwset } = ledger;
const { kvrwset } = rwset;

/** All of it, by chaincode in the order of their names. */
export type ReadWriteSet = readonly ChaincodeSet[];

export type ChaincodeSet = {
  readonly chaincode: string;
  readonly reads: readonly KeyRead[];
  readonly ranges: readonly RangeRead[];
  readonly writes: readonly KeyWrite[];
  readonly metadataWrites: readonly MetadataWrite<string>[];
  readonly collections: readonly CollectionSet[];
};

/** What a transaction did in a collection, by hashes alone. */
export type CollectionSet = {
  readonly collection: string;
  readonly reads: readonly HashRead[];
  readonly writes: readonly HashWrite[];
  readonly metadataWrites: readonly MetadataWrite<Uint8Array>[];
  /** SHA-256 of the private write set; empty where nothing was written. */
  readonly privateHash: Uint8Array;
};

/** A write; no value is a deletion. */
export type KeyWrite = { readonly key: string; readonly value: Uint8Array | undefined };

export type HashRead = { readonly keyHash: Uint8Array; readonly version: Version | undefined };

export type HashWrite = {
  readonly keyHash: Uint8Array;
  /** None is a deletion. */
  readonly valueHash: Uint8Array | undefined;
  readonly purge: boolean;
};

/** What is to stand beside a key, by name; an empty map removes all. */
export type Metadata = ReadonlyMap<string, Uint8Array>;

export type MetadataWrite<Key> = { readonly key: Key; readonly metadata: Metadata };

/** A range query, as far as its rows were read. */
export type RangeRead = {
  readonly start: string;
  /** The end that was asked for, or the last key seen where the query was not read to its end. */
  readonly end: string;
  readonly exhausted: boolean;
  readonly reads: readonly KeyRead[];
  /** Stands for the reads where they are many. */
  readonly summary?: MerkleSummary;
};

export function encodeReadWriteSet(set: ReadWriteSet): Uint8Array {
  const message = new rwset.TxReadWriteSet();
  message.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
  for (const part of set) {
    const ns = message.addNsRwset();
    ns.setNamespace(part.chaincode);
    ns.setRwset(publicPart(part));
    ns.setCollectionHashedRwsetList(part.collections.map(collectionMessage));
  }
  return message.serializeBinary();
}

function publicPart(part: ChaincodeSet): Uint8Array {
  const message = new kvrwset.KVRWSet();
  message.setReadsList(part.reads.map(keyReadMessage));
  message.setRangeQueriesInfoList(part.ranges.map(rangeMessage));
  message.setWritesList(part.writes.map(keyWriteMessage));
  message.setMetadataWritesList(
    part.metadataWrites.map(({ key, metadata }) => metadataWriteMessage(key, metadata)),
  );
  return message.serializeBinary();
}

/** A write as it stands in a public or a private write set. */
export function keyWriteMessage({ key, value }: KeyWrite): ledger.rwset.kvrwset.KVWrite {
  const message = new kvrwset.KVWrite();
  message.setKey(key);
  if (value === undefined) message.setIsDelete(true);
  else message.setValue(value);
  return message;
}

export function metadataWriteMessage(
  key: string,
  metadata: Metadata,
): ledger.rwset.kvrwset.KVMetadataWrite {
  const message = new kvrwset.KVMetadataWrite();
  message.setKey(key);
  message.setEntriesList(metadataEntries(metadata));
  return message;
}

function metadataEntries(metadata: Metadata): ledger.rwset.kvrwset.KVMetadataEntry[] {
  return [...metadata].map(([name, value]) => {
    const entry = new kvrwset.KVMetadataEntry();
    entry.setName(name);
    entry.setValue(value);
    return entry;
  });
}

function rangeMessage(range: RangeRead): ledger.rwset.kvrwset.RangeQueryInfo {
  const message = new kvrwset.RangeQueryInfo();
  message.setStartKey(range.start);
  message.setEndKey(range.end);
  message.setItrExhausted(range.exhausted);
  if (range.summary !== undefined) {
    const summary = new kvrwset.QueryReadsMerkleSummary();
    summary.setMaxDegree(range.summary.maxDegree);
    summary.setMaxLevel(range.summary.maxLevel);
    summary.setMaxLevelHashesList([...range.summary.hashes]);
    message.setReadsMerkleHashes(summary);
  } else if (range.reads.length > 0) {
    const reads = new kvrwset.QueryReads();
    reads.setKvReadsList(range.reads.map(keyReadMessage));
    message.setRawReads(reads);
  }
  return message;
}

function collectionMessage(part: CollectionSet): ledger.rwset.CollectionHashedReadWriteSet {
  const hashed = new kvrwset.HashedRWSet();
  hashed.setHashedReadsList(part.reads.map(hashReadMessage));
  hashed.setHashedWritesList(part.writes.map(hashWriteMessage));
  hashed.setMetadataWritesList(
    part.metadataWrites.map(({ key, metadata }) => {
      const message = new kvrwset.KVMetadataWriteHash();
      message.setKeyHash(key);
      message.setEntriesList(metadataEntries(metadata));
      return message;
    }),
  );
  const message = new rwset.CollectionHashedReadWriteSet();
  message.setCollectionName(part.collection);
  message.setHashedRwset(hashed.serializeBinary());
  message.setPvtRwsetHash(part.privateHash);
  return message;
}

function hashReadMessage({ keyHash, version }: HashRead): ledger.rwset.kvrwset.KVReadHash {
  const message = new kvrwset.KVReadHash();
  message.setKeyHash(keyHash);
  if (version !== undefined) message.setVersion(versionMessage(version));
  return message;
}

function hashWriteMessage(write: HashWrite): ledger.rwset.kvrwset.KVWriteHash {
  const message = new kvrwset.KVWriteHash();
  message.setKeyHash(write.keyHash);
  if (write.valueHash === undefined) message.setIsDelete(true);
  else message.setValueHash(write.valueHash);
  if (write.purge) message.setIsPurge(true);
  return message;
}

/** Reads a set back; throws where the bytes are none. */
export function decodeReadWriteSet(bytes: Uint8Array): ReadWriteSet {
  const message = rwset.TxReadWriteSet.deserializeBinary(bytes);
  return message.getNsRwsetList().map((ns) => {
    const part = kvrwset.KVRWSet.deserializeBinary(ns.getRwset_asU8());
    return {
      chaincode: ns.getNamespace(),
      reads: part.getReadsList().map(keyReadOf),
      ranges: part.getRangeQueriesInfoList().map(rangeOf),
      writes: part.getWritesList().map(keyWriteOf),
      metadataWrites: part.getMetadataWritesList().map((write) => ({
        key: write.getKey(),
        metadata: metadataOf(write.getEntriesList()),
      })),
      collections: ns.getCollectionHashedRwsetList().map(collectionOf),
    };
  });
}

/** A write of a public or a private write set; an empty value deletes, whatever the mark says. */
export function keyWriteOf(message: ledger.rwset.kvrwset.KVWrite): KeyWrite {
  const value = message.getValue_asU8();
  const deleted = message.getIsDelete() || value.length === 0;
  return { key: message.getKey(), value: deleted ? undefined : value };
}

export function metadataOf(entries: readonly ledger.rwset.kvrwset.KVMetadataEntry[]): Metadata {
  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}

function keyReadOf(message: ledger.rwset.kvrwset.KVRead): KeyRead {
  return { key: message.getKey(), version: versionOf(message.getVersion()) };
}

function versionOf(message: ledger.rwset.kvrwset.Version | undefined): Version | undefined {
  return message && { block: message.getBlockNum(), tx: message.getTxNum() };
}

function rangeOf(message: ledger.rwset.kvrwset.RangeQueryInfo): RangeRead {
  const summary = message.getReadsMerkleHashes();
  return {
    start: message.getStartKey(),
    end: message.getEndKey(),
    exhausted: message.getItrExhausted(),
    reads: message.getRawReads()?.getKvReadsList().map(keyReadOf) ?? [],
    ...(summary && {
      summary: {
        maxDegree: summary.getMaxDegree(),
        maxLevel: summary.getMaxLevel(),
        hashes: summary.getMaxLevelHashesList_asU8(),
      },
    }),
  };
}

function collectionOf(message: ledger.rwset.CollectionHashedReadWriteSet): CollectionSet {
  const hashed = kvrwset.HashedRWSet.deserializeBinary(message.getHashedRwset_asU8());
  return {
    collection: message.getCollectionName(),
    reads: hashed.getHashedReadsList().map((read) => ({
      keyHash: read.getKeyHash_asU8(),
      version: versionOf(read.getVersion()),
    })),
    writes: hashed.getHashedWritesList().map((write) => {
      const valueHash = write.getValueHash_asU8();
      const deleted = write.getIsDelete() || valueHash.length === 0;
      return {
        keyHash: write.getKeyHash_asU8(),
        valueHash: deleted ? undefined : valueHash,
        purge: write.getIsPurge(),
      };
    }),
    metadataWrites: hashed.getMetadataWritesList().map((write) => ({
      key: write.getKeyHash_asU8(),
      metadata: metadataOf(write.getEntriesList()),
    })),
    privateHash: message.getPvtRwsetHash_asU8(),
  };
}
