/** Everything that a block changes in the store, as one batch. */
import type { common } from '@hyperledger/fabric-protos';
import { headerHash, numberOf, setCommitHash, setFilter } from './block.ts';
import { BlockBatch } from './block-batch.ts';
import type { ValidatedBlock } from './block-validation.ts';
import { bytesOfKey } from './bytes.ts';
import type { ChaincodeRegistry } from './chaincode-registry.ts';
import { nextCommitHash } from './commit-hash.ts';
import { encodeModification } from './history-record.ts';
import type { LedgerState } from './ledger-state.ts';
import { PrivateCommit } from './private-commit.ts';
import type { StateUpdates } from './state-updates.ts';
import {
  blockByHashKey,
  blockKey,
  commitHashKey,
  heightKey,
  historyKey,
  privateHashKey,
  stateKey,
  transactionKey,
} from './store-keys.ts';
import { forgetTransient, sweepTransient } from './transient-store.ts';
import { ValidationCode, type EndorsedTransaction, type ParsedEnvelope } from './transaction.ts';
import { encodePlace } from './transaction-place.ts';
import { encodeVersioned } from './versioned-value.ts';

/** What a commit works on. */
export type CommitContext = {
  readonly state: LedgerState;
  readonly registry: ChaincodeRegistry;
  readonly commitHash: Uint8Array;
};

/** A block that is ready to be written. */
export type PreparedCommit = {
  readonly batch: BlockBatch;
  readonly hash: Uint8Array;
  readonly commitHash: Uint8Array;
  /** Whether private bytes were taken out and the files want compacting. */
  readonly erased: boolean;
};

/** Completes the block's metadata and gathers all that its commit writes. */
export async function prepareCommit(
  block: common.Block,
  envelopes: readonly ParsedEnvelope[],
  { codes, updates }: ValidatedBlock,
  { state, registry, commitHash }: CommitContext,
): Promise<PreparedCommit> {
  const number = numberOf(block);
  // The genesis block has none, as on Fabric.
  const nextHash = number === 0 ? commitHash : nextCommitHash(commitHash, codes, updates);
  setFilter(block, codes);
  if (number > 0) setCommitHash(block, nextHash);
  const batch = new BlockBatch(state.reader);
  const hash = headerHash(block);
  putBlock(batch, block, hash, nextHash);
  putTransactions(batch, number, envelopes, codes);
  putState(batch, updates);
  const privateCommit = new PrivateCommit({ registry, state, updates, batch });
  for (const [index, envelope] of envelopes.entries()) {
    if (envelope.kind !== 'endorsed' || codes[index] !== ValidationCode.VALID) continue;
    putHistory(batch, number, index, envelope);
    await privateCommit.add(envelope, { block: number, tx: index });
  }
  await privateCommit.finish(number);
  await forget(batch, number, envelopes);
  return { batch, hash, commitHash: nextHash, erased: privateCommit.erased };
}

function putBlock(
  batch: BlockBatch,
  block: common.Block,
  hash: Uint8Array,
  commitHash: Uint8Array,
): void {
  const height = Buffer.allocUnsafe(8);
  height.writeBigUInt64BE(BigInt(numberOf(block) + 1));
  batch.put(blockKey(numberOf(block)), block.serializeBinary());
  batch.put(blockByHashKey(hash), blockKey(numberOf(block)));
  batch.put(heightKey, height);
  batch.put(commitHashKey, commitHash);
}

/** The first transaction of an id keeps its place for ever, valid or not. */
function putTransactions(
  batch: BlockBatch,
  block: number,
  envelopes: readonly ParsedEnvelope[],
  codes: readonly ValidationCode[],
): void {
  for (const [index, { txId }] of envelopes.entries()) {
    const key = transactionKey(txId);
    if (txId === '' || batch.get(key) !== undefined) continue;
    const code = codes[index] ?? ValidationCode.NOT_VALIDATED;
    batch.put(key, encodePlace({ block, index, code }));
  }
}

function putState(batch: BlockBatch, updates: StateUpdates): void {
  for (const [chaincode, { keys, collections }] of updates.byChaincode) {
    for (const [key, { value, version, metadata }] of keys) {
      const place = stateKey(chaincode, key);
      if (value === undefined) batch.delete(place);
      else batch.put(place, encodeVersioned({ value, version, metadata }));
    }
    for (const [collection, hashes] of collections) {
      for (const [key, { value, version, metadata }] of hashes) {
        const place = privateHashKey({ chaincode, collection }, bytesOfKey(key));
        if (value === undefined) batch.delete(place);
        else batch.put(place, encodeVersioned({ value, version, metadata }));
      }
    }
  }
}

function putHistory(
  batch: BlockBatch,
  block: number,
  tx: number,
  { set, txId, timestamp }: EndorsedTransaction,
): void {
  for (const { chaincode, writes } of set) {
    for (const { key, value } of writes) {
      const place = historyKey(chaincode, key, { block, tx });
      batch.put(place, encodeModification(txId, timestamp, value));
    }
  }
}

async function forget(
  batch: BlockBatch,
  number: number,
  envelopes: readonly ParsedEnvelope[],
): Promise<void> {
  for (const envelope of envelopes) {
    const mayHold = envelope.kind === 'endorsed' && envelope.set.some(hasPrivateWrites);
    if (mayHold) await forgetTransient(batch, envelope.txId);
  }
  await sweepTransient(batch, number);
}

function hasPrivateWrites({ collections }: EndorsedTransaction['set'][number]): boolean {
  return collections.some(({ privateHash }) => privateHash.length > 0);
}
