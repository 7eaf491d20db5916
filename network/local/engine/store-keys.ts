/**
 * Where everything lies in the store.
 *
 * The first byte names the kind. Kinds that hold private bytes have neighbouring first bytes, so
 * that one range covers all that must be erasable (see `erasure.ts`).
 */
import type { Version } from './version.ts';

const kind = {
  block: 0x62,
  blockByHash: 0x68,
  history: 0x79,
  meta: 0x6d,
  pending: 0x71,
  purgeMarker: 0x67,
  privateHash: 0x6b,
  state: 0x73,
  transaction: 0x74,
  privateFirst: 0xf0,
  privateState: 0xf1,
  privateWrites: 0xf2,
  privateWritesByKey: 0xf3,
  transient: 0xf4,
  transientByHeight: 0xf5,
  expiry: 0xf6,
  privateLast: 0xf7,
} as const;

/** Names a collection of a chaincode. */
export type CollectionName = { readonly chaincode: string; readonly collection: string };

/** A half-open range of the store. */
export type KeyRange = { readonly gte: Uint8Array; readonly lt: Uint8Array };

export const heightKey = key(kind.meta, 'height');
export const commitHashKey = key(kind.meta, 'commit hash');

export const blockKey = (number: number): Buffer => key(kind.block, u64(number));
export const blockByHashKey = (hash: Uint8Array): Buffer => key(kind.blockByHash, hash);
export const transactionKey = (txId: string): Buffer => key(kind.transaction, txId);

export const pendingKey = (sequence: number): Buffer => key(kind.pending, u64(sequence));
export const pendingRange: KeyRange = rangeOf(key(kind.pending));

export const stateKey = (chaincode: string, name: string): Buffer =>
  key(kind.state, chaincode, separator, name);

/** An empty end is the end of the chaincode's keys. */
export function stateRange(chaincode: string, start: string, end: string): KeyRange {
  return textRange(key(kind.state, chaincode), start, end);
}

/** Newest first, as the later heights get the smaller keys. */
export function historyKey(chaincode: string, name: string, at: Version): Buffer {
  return key(
    historyPrefix(chaincode, name),
    u64(Number.MAX_SAFE_INTEGER - at.block),
    u32(0xffffffff - at.tx),
  );
}

export const historyRange = (chaincode: string, name: string): KeyRange =>
  rangeOf(historyPrefix(chaincode, name));

/** The name's length stands before it, because a composite key may go on after another's end. */
function historyPrefix(chaincode: string, name: string): Buffer {
  return key(kind.history, chaincode, separator, u32(Buffer.byteLength(name)), name);
}

export const privateHashKey = (at: CollectionName, keyHash: Uint8Array): Buffer =>
  key(kind.privateHash, ...collection(at), keyHash);

export const purgeMarkerKey = (at: CollectionName, keyHash: Uint8Array): Buffer =>
  key(kind.purgeMarker, ...collection(at), keyHash);

export const privateStateKey = (mspId: string, at: CollectionName, name: string): Buffer =>
  key(kind.privateState, mspId, separator, ...collection(at), name);

export function privateStateRange(
  mspId: string,
  at: CollectionName,
  start: string,
  end: string,
): KeyRange {
  const prefix = key(kind.privateState, mspId, separator, at.chaincode, separator, at.collection);
  return textRange(prefix, start, end);
}

export const privateWritesKey = (mspId: string, at: CollectionName, height: Version): Buffer =>
  key(kind.privateWrites, mspId, separator, ...place(height), ...collection(at));

export const privateWritesOfBlock = (mspId: string, block: number): KeyRange =>
  rangeOf(key(kind.privateWrites, mspId, separator, u64(block)));

/** What a key of `privateWritesOfBlock` names. */
export function parsePrivateWritesKey(
  stored: Uint8Array,
  mspId: string,
): CollectionName & { readonly tx: number } {
  const buffer = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const at = 1 + Buffer.byteLength(mspId) + 1 + 8;
  const [chaincode = '', name = ''] = buffer.toString('utf8', at + 4).split('\0');
  return { tx: buffer.readUInt32BE(at), chaincode, collection: name };
}

export const privateWritesByKeyKey = (
  mspId: string,
  at: CollectionName,
  keyHash: Uint8Array,
  height: Version,
): Buffer =>
  key(kind.privateWritesByKey, mspId, separator, ...collection(at), keyHash, ...place(height));

export const privateWritesByKeyRange = (
  mspId: string,
  at: CollectionName,
  keyHash: Uint8Array,
): KeyRange => rangeOf(key(kind.privateWritesByKey, mspId, separator, ...collection(at), keyHash));

/** The height that stands at the end of a key of `privateWritesByKeyRange`. */
export function parseHeightAtEnd(stored: Uint8Array): Version {
  const buffer = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const at = buffer.length - 12;
  return { block: Number(buffer.readBigUInt64BE(at)), tx: buffer.readUInt32BE(at + 8) };
}

export const transientKey = (txId: string, endorser: string): Buffer =>
  key(kind.transient, txId, separator, endorser);

export const transientRange = (txId: string): KeyRange =>
  rangeOf(key(kind.transient, txId, separator));

export const transientByHeightKey = (height: number, txId: string): Buffer =>
  key(kind.transientByHeight, u64(height), txId);

/** Transient data of proposals that were endorsed below a height. */
export const transientBelow = (height: number): KeyRange => ({
  gte: key(kind.transientByHeight),
  lt: key(kind.transientByHeight, u64(height)),
});

export const txIdOfTransientByHeight = (stored: Uint8Array): string =>
  Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('utf8', 9);

export const expiryKey = (expiringAt: number, at: CollectionName, height: Version): Buffer =>
  key(kind.expiry, u64(expiringAt), ...place(height), ...collection(at));

export const expiryRange = (expiringAt: number): KeyRange =>
  rangeOf(key(kind.expiry, u64(expiringAt)));

/** What a key of `expiryRange` names. */
export function parseExpiryKey(stored: Uint8Array): CollectionName & { readonly height: Version } {
  const buffer = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const [chaincode = '', name = ''] = buffer.toString('utf8', 21).split('\0');
  const height = { block: Number(buffer.readBigUInt64BE(9)), tx: buffer.readUInt32BE(17) };
  return { height, chaincode, collection: name };
}

/** All that holds private bytes, and two keys that enclose it. */
export const privateBytes = {
  first: key(kind.privateFirst),
  last: key(kind.privateLast),
} as const;

/** The part of a stored key that follows the range's common beginning. */
export function textAfter(prefixLength: number, stored: Uint8Array): string {
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString(
    'utf8',
    prefixLength,
  );
}

const separator = Buffer.from([0]);

function key(first: number | Buffer, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const start = typeof first === 'number' ? Buffer.from([first]) : first;
  return Buffer.concat([
    start,
    ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
  ]);
}

function collection(at: CollectionName): readonly (string | Uint8Array)[] {
  return [at.chaincode, Buffer.from([0]), at.collection, Buffer.from([0])];
}

function place(height: Version): readonly Uint8Array[] {
  return [u64(height.block), u32(height.tx)];
}

function textRange(prefix: Buffer, start: string, end: string): KeyRange {
  const gte = key(prefix, Buffer.from([0]), start);
  const lt = end === '' ? key(prefix, Buffer.from([1])) : key(prefix, Buffer.from([0]), end);
  return { gte, lt };
}

function rangeOf(prefix: Buffer): KeyRange {
  const lt = Buffer.from(prefix);
  for (let at = lt.length - 1; at >= 0; at -= 1) {
    const byte = lt[at] ?? 0;
    if (byte < 0xff) {
      lt[at] = byte + 1;
      return { gte: prefix, lt: lt.subarray(0, at + 1) };
    }
  }
  throw new Error('a range of the store has a kind, which is never 0xff');
}

function u64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
