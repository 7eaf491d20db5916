import { noBytes, sha256, sortedEntries } from './bytes.ts';
import { encodePrivateChanges, type PrivateWrites } from './private-write-set.ts';
import type {
  ChaincodeSet,
  CollectionSet,
  Metadata,
  RangeRead,
  ReadWriteSet,
} from './read-write-set.ts';
import type { CollectionName } from './store-keys.ts';
import type { Version } from './version.ts';

/** What one chaincode did in the public state. */
type PublicPart = {
  readonly reads: Map<string, Version | undefined>;
  readonly writes: Map<string, Uint8Array | undefined>;
  readonly metadata: Map<string, Metadata>;
  readonly ranges: RangeRead[];
  readonly collections: Map<string, PrivatePart>;
};

/** What one chaincode did in a collection, with the keys in clear. */
type PrivatePart = {
  readonly reads: Map<string, Version | undefined>;
  readonly writes: Map<string, { readonly value: Uint8Array | undefined; readonly purge: boolean }>;
  readonly metadata: Map<string, Metadata>;
};

/** A recorded transaction: what all may see, and what only members may. */
export type Recording = {
  readonly set: ReadWriteSet;
  readonly privateWrites: readonly PrivateWrites[];
};

/**
 * Notes what a simulation reads and writes. The last write of a key counts, as on Fabric, and
 * everything comes out in the order of UTF-8 bytes, so that all organisations get the same bytes.
 */
export class ReadWriteRecorder {
  readonly #parts = new Map<string, PublicPart>();

  read(chaincode: string, key: string, version: Version | undefined): void {
    this.#part(chaincode).reads.set(key, version);
  }

  /** An empty value deletes. */
  write(chaincode: string, key: string, value: Uint8Array): void {
    this.#part(chaincode).writes.set(key, value.length === 0 ? undefined : value);
  }

  writeMetadata(chaincode: string, key: string, metadata: Metadata): void {
    this.#part(chaincode).metadata.set(key, metadata);
  }

  /** Two queries over the same range are one, as on Fabric. */
  range(chaincode: string, range: RangeRead): void {
    const { ranges } = this.#part(chaincode);
    const known = ranges.some(
      (other) =>
        other.start === range.start &&
        other.end === range.end &&
        other.exhausted === range.exhausted,
    );
    if (!known) ranges.push(range);
  }

  privateRead(at: CollectionName, key: string, version: Version | undefined): void {
    this.#collection(at).reads.set(key, version);
  }

  privateWrite(at: CollectionName, key: string, value: Uint8Array, purge = false): void {
    const written = value.length === 0 ? undefined : value;
    this.#collection(at).writes.set(key, { value: written, purge });
  }

  privateMetadata(at: CollectionName, key: string, metadata: Metadata): void {
    this.#collection(at).metadata.set(key, metadata);
  }

  finish(): Recording {
    const privateWrites: PrivateWrites[] = [];
    const set = sortedEntries(this.#parts).map(([chaincode, part]): ChaincodeSet => ({
      chaincode,
      reads: sortedEntries(part.reads).map(([key, version]) => ({ key, version })),
      ranges: part.ranges,
      writes: sortedEntries(part.writes).map(([key, value]) => ({ key, value })),
      metadataWrites: sortedEntries(part.metadata).map(([key, metadata]) => ({ key, metadata })),
      collections: sortedEntries(part.collections).map(([collection, own]) => {
        const bytes = privateBytesOf(own);
        if (bytes !== undefined) privateWrites.push({ chaincode, collection, bytes });
        return hashed(collection, own, bytes);
      }),
    }));
    return { set, privateWrites };
  }

  #part(chaincode: string): PublicPart {
    const known = this.#parts.get(chaincode);
    if (known !== undefined) return known;
    const part: PublicPart = {
      reads: new Map(),
      writes: new Map(),
      metadata: new Map(),
      ranges: [],
      collections: new Map(),
    };
    this.#parts.set(chaincode, part);
    return part;
  }

  #collection({ chaincode, collection }: CollectionName): PrivatePart {
    const { collections } = this.#part(chaincode);
    const known = collections.get(collection);
    if (known !== undefined) return known;
    const part: PrivatePart = { reads: new Map(), writes: new Map(), metadata: new Map() };
    collections.set(collection, part);
    return part;
  }
}

function privateBytesOf(part: PrivatePart): Uint8Array | undefined {
  if (part.writes.size === 0 && part.metadata.size === 0) return undefined;
  return encodePrivateChanges({
    writes: sortedEntries(part.writes).map(([key, { value }]) => ({ key, value })),
    touched: sortedEntries(part.metadata).map(([key]) => key),
  });
}

function hashed(
  collection: string,
  part: PrivatePart,
  bytes: Uint8Array | undefined,
): CollectionSet {
  return {
    collection,
    reads: sortedEntries(part.reads).map(([key, version]) => ({ keyHash: hashOf(key), version })),
    writes: sortedEntries(part.writes).map(([key, { value, purge }]) => ({
      keyHash: hashOf(key),
      valueHash: value && sha256(value),
      purge,
    })),
    metadataWrites: sortedEntries(part.metadata).map(([key, metadata]) => ({
      key: hashOf(key),
      metadata,
    })),
    privateHash: bytes === undefined ? noBytes : sha256(bytes),
  };
}

function hashOf(key: string): Buffer {
  return sha256(Buffer.from(key));
}
