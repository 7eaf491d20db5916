import type { Version } from './version.ts';

/** A value in the state, with what stands beside it. */
export type VersionedValue = {
  readonly version: Version;
  /** `kvrwset.KVMetadataWrite` bytes with the entries only; empty where there are none. */
  readonly metadata: Uint8Array;
  readonly value: Uint8Array;
};

const headLength = 16;

/** How a value lies in the store: version, length of the metadata, metadata, value. */
export function encodeVersioned({ version, metadata, value }: VersionedValue): Buffer {
  const record = Buffer.allocUnsafe(headLength + metadata.length + value.length);
  record.writeBigUInt64BE(BigInt(version.block), 0);
  record.writeUInt32BE(version.tx, 8);
  record.writeUInt32BE(metadata.length, 12);
  record.set(metadata, headLength);
  record.set(value, headLength + metadata.length);
  return record;
}

export function decodeVersioned(record: Uint8Array): VersionedValue {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const valueAt = headLength + view.getUint32(12);
  return {
    version: { block: Number(view.getBigUint64(0)), tx: view.getUint32(8) },
    metadata: record.subarray(headLength, valueAt),
    value: record.subarray(valueAt),
  };
}
