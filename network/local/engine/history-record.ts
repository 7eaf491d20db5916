import type { KeyModification } from './ledger-access.ts';
import type { Timestamp } from './transaction.ts';

/**
 * How a change lies in the history. Fabric keeps a reference to the block instead; the value itself
 * takes more room and saves reading a block for each change.
 */
export function encodeModification(
  txId: string,
  timestamp: Timestamp,
  value: Uint8Array | undefined,
): Buffer {
  const id = Buffer.from(txId);
  const head = Buffer.allocUnsafe(15);
  head.writeUInt8(value === undefined ? 1 : 0, 0);
  head.writeBigInt64BE(BigInt(timestamp.seconds), 1);
  head.writeInt32BE(timestamp.nanos, 9);
  head.writeUInt16BE(id.length, 13);
  return Buffer.concat([head, id, value ?? Buffer.alloc(0)]);
}

export function decodeModification(record: Uint8Array): KeyModification {
  const buffer = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  const valueAt = 15 + buffer.readUInt16BE(13);
  return {
    isDelete: buffer.readUInt8(0) === 1,
    timestamp: { seconds: Number(buffer.readBigInt64BE(1)), nanos: buffer.readInt32BE(9) },
    txId: buffer.toString('utf8', 15, valueAt),
    value: buffer.subarray(valueAt),
  };
}
