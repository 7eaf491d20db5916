/** The chain of commit hashes, by which peers that committed the same can be told apart from others. */
import { bytesOfKey, sha256, sortedEntries } from './bytes.ts';
import type { StateUpdates, Update } from './state-updates.ts';
import type { ValidationCode } from './transaction.ts';
import { bytesField, varint, varintField } from './varint.ts';
import { versionBytes } from './version.ts';

/** Links a block's outcome to the hash of the block before, exactly as a peer does. */
export function nextCommitHash(
  previous: Uint8Array,
  codes: readonly ValidationCode[],
  updates: StateUpdates,
): Buffer {
  return sha256(varint(codes.length), Uint8Array.from(codes), updateBytes(updates), previous);
}

/** Fabric's `txmgr.Updates`: sorted, a namespace or collection named at its first entry only. */
function updateBytes(updates: StateUpdates): Buffer {
  const writes: Buffer[] = [];
  for (const [chaincode, { keys, collections }] of sortedEntries(updates.byChaincode)) {
    const first = { namespace: chaincode, collection: '' };
    for (const [key, update] of sortedEntries(keys)) {
      writes.push(write(first, Buffer.from(key), update));
    }
    for (const [collection, hashes] of sortedEntries(collections)) {
      first.collection = collection;
      for (const [key, update] of sortedByBytes(hashes)) {
        writes.push(write(first, bytesOfKey(key), update));
      }
    }
  }
  return Buffer.concat(writes.map((each) => bytesField(1, each)));
}

/** Writes one entry, and clears the names that it has stated. */
function write(
  names: { namespace: string; collection: string },
  key: Uint8Array,
  { value, version }: Update,
): Buffer {
  const entry = Buffer.concat([
    bytesField(1, Buffer.from(names.namespace)),
    bytesField(2, Buffer.from(names.collection)),
    bytesField(3, key),
    varintField(4, value === undefined ? 1 : 0),
    bytesField(5, value ?? new Uint8Array()),
    bytesField(6, versionBytes(version)),
  ]);
  names.namespace = '';
  names.collection = '';
  return entry;
}

/** Latin-1 texts of bytes order as the bytes do. */
function sortedByBytes<Value>(map: ReadonlyMap<string, Value>): readonly [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
