import {
  heightKey,
  historyRange,
  privateHashKey,
  privateStateKey,
  privateStateRange,
  stateKey,
  stateRange,
  textAfter,
  type CollectionName,
} from './store-keys.ts';
import type { StoreReader } from './store-reader.ts';
import { decodeVersioned, type VersionedValue } from './versioned-value.ts';

/** A key with its value, its version and what stands beside it. */
export type VersionedRow = VersionedValue & { readonly key: string };

/** Rows of a range of the state, read one by one. */
export interface VersionedCursor {
  next(): Promise<VersionedRow | undefined>;
  close(): Promise<void>;
}

/** The committed state, public and private, at one moment. */
export class LedgerState {
  readonly reader: StoreReader;

  constructor(reader: StoreReader) {
    this.reader = reader;
  }

  /** The number that the next block has at this moment. */
  height(): number {
    const height = this.reader.get(heightKey);
    return height === undefined ? 0 : Number(Buffer.from(height).readBigUInt64BE());
  }

  value(chaincode: string, key: string): VersionedValue | undefined {
    return this.#versioned(stateKey(chaincode, key));
  }

  /** The hash of a private value, which all organisations hold. */
  hash(at: CollectionName, keyHash: Uint8Array): VersionedValue | undefined {
    return this.#versioned(privateHashKey(at, keyHash));
  }

  /** A private value, where the organisation holds it. */
  privateValue(mspId: string, at: CollectionName, key: string): VersionedValue | undefined {
    return this.#versioned(privateStateKey(mspId, at, key));
  }

  values(chaincode: string, start: string, end: string): VersionedCursor {
    const range = stateRange(chaincode, start, end);
    return this.#rows(range, stateKey(chaincode, '').length);
  }

  privateValues(mspId: string, at: CollectionName, start: string, end: string): VersionedCursor {
    const range = privateStateRange(mspId, at, start, end);
    return this.#rows(range, privateStateKey(mspId, at, '').length);
  }

  history(chaincode: string, key: string): ReturnType<StoreReader['range']> {
    return this.reader.range(historyRange(chaincode, key));
  }

  #versioned(key: Uint8Array): VersionedValue | undefined {
    const record = this.reader.get(key);
    return record === undefined ? undefined : decodeVersioned(record);
  }

  #rows(range: Parameters<StoreReader['range']>[0], prefixLength: number): VersionedCursor {
    const rows = this.reader.range(range);
    return {
      next: async () => {
        const row = await rows.next();
        if (row === undefined) return undefined;
        return { key: textAfter(prefixLength, row.key), ...decodeVersioned(row.value) };
      },
      close: () => rows.close(),
    };
  }
}
