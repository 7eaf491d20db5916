/** Private data of endorsed proposals, kept until their transaction is in a block. */
import type { ledger } from '@hyperledger/fabric-protos';
import type { BlockBatch } from './block-batch.ts';
import type { Level } from './level.ts';
import { decodePrivateWriteSet, type PrivateWrites } from './private-write-set.ts';
import {
  transientBelow,
  transientByHeightKey,
  transientKey,
  transientRange,
  txIdOfTransientByHeight,
} from './store-keys.ts';

/** Fabric's `transientstoreMaxBlockRetention`: proposals that never came are forgotten then. */
const retentionBlocks = 20_000;

/** How often the forgotten ones are looked for. */
const sweepEveryBlocks = 100;

/** Keeps what an organisation's peer simulated; a kill of the process does not lose it. */
export async function keepTransient(
  level: Level,
  txId: string,
  endorser: string,
  height: number,
  set: ledger.rwset.TxPvtReadWriteSet,
): Promise<void> {
  await level.batch([
    { type: 'put', key: transientKey(txId, endorser), value: set.serializeBinary() },
    { type: 'put', key: transientByHeightKey(height, txId), value: Buffer.from(endorser) },
  ]);
}

/** All that was kept for a transaction, by any endorser. */
export async function transientOf(
  batch: BlockBatch,
  txId: string,
): Promise<readonly PrivateWrites[]> {
  const rows = await batch.rows(transientRange(txId));
  return rows.flatMap(({ value }) => decodePrivateWriteSet(value));
}

/** Forgets a transaction that is in a block now, whatever its code. */
export async function forgetTransient(batch: BlockBatch, txId: string): Promise<void> {
  for (const { key } of await batch.rows(transientRange(txId))) batch.delete(key);
}

/** Forgets proposals that never became transactions. */
export async function sweepTransient(batch: BlockBatch, height: number): Promise<void> {
  if (height < retentionBlocks || height % sweepEveryBlocks !== 0) return;
  for (const { key } of await batch.rows(transientBelow(height - retentionBlocks))) {
    await forgetTransient(batch, txIdOfTransientByHeight(key));
    batch.delete(key);
  }
}
