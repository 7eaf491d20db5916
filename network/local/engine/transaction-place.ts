import type { ValidationCode } from './transaction.ts';

/** Where a transaction stands in the chain, and what became of it. */
export type TransactionPlace = {
  readonly block: number;
  readonly index: number;
  readonly code: ValidationCode;
};

export function encodePlace({ block, index, code }: TransactionPlace): Buffer {
  const record = Buffer.allocUnsafe(13);
  record.writeBigUInt64BE(BigInt(block), 0);
  record.writeUInt32BE(index, 8);
  record.writeUInt8(code, 12);
  return record;
}

export function decodePlace(record: Uint8Array): TransactionPlace {
  const buffer = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  return {
    block: Number(buffer.readBigUInt64BE(0)),
    index: buffer.readUInt32BE(8),
    code: buffer.readUInt8(12) as ValidationCode,
  };
}
