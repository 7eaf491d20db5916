/** Whether what a transaction read is still so when its turn comes: MVCC and phantoms. */
import { compareUtf8, sameBytes } from './bytes.ts';
import type { LedgerState, VersionedCursor } from './ledger-state.ts';
import { RangeReads, type KeyRead } from './range-reads.ts';
import type { ChaincodeSet, RangeRead, ReadWriteSet } from './read-write-set.ts';
import type { StateUpdates } from './state-updates.ts';
import { ValidationCode } from './transaction.ts';
import { sameVersion } from './version.ts';

/** The code that a transaction gets from its reads; chaincode by chaincode, as Fabric goes. */
export async function readConflict(
  set: ReadWriteSet,
  state: LedgerState,
  updates: StateUpdates,
): Promise<ValidationCode> {
  for (const part of set) {
    if (staleRead(part, state, updates)) return ValidationCode.MVCC_READ_CONFLICT;
    for (const range of part.ranges) {
      if (!(await sameRows(part.chaincode, range, state, updates))) {
        return ValidationCode.PHANTOM_READ_CONFLICT;
      }
    }
    if (staleHash(part, state, updates)) return ValidationCode.MVCC_READ_CONFLICT;
  }
  return ValidationCode.VALID;
}

function staleRead(part: ChaincodeSet, state: LedgerState, updates: StateUpdates): boolean {
  return part.reads.some(
    ({ key, version }) =>
      updates.key(part.chaincode, key) !== undefined ||
      !sameVersion(state.value(part.chaincode, key)?.version, version),
  );
}

function staleHash(part: ChaincodeSet, state: LedgerState, updates: StateUpdates): boolean {
  return part.collections.some(({ collection, reads }) => {
    const at = { chaincode: part.chaincode, collection };
    return reads.some(
      ({ keyHash, version }) =>
        updates.hash(at, keyHash) !== undefined ||
        !sameVersion(state.hash(at, keyHash)?.version, version),
    );
  });
}

/** Reads the range anew, over the state and the block's earlier changes. */
async function sameRows(
  chaincode: string,
  range: RangeRead,
  state: LedgerState,
  updates: StateUpdates,
): Promise<boolean> {
  // A range that was not read to its end holds its last key; the next possible key ends it here.
  const end = range.exhausted ? range.end : `${range.end}\0`;
  const cursor = state.values(chaincode, range.start, end);
  try {
    const rows = rowsNow(cursor, changesWithin(chaincode, range.start, end, updates));
    return range.summary === undefined
      ? await sameReads(range.reads, rows)
      : await sameSummary(range.summary, rows);
  } finally {
    await cursor.close();
  }
}

/** A key's version after the block's earlier changes; none where they delete it. */
type Changed = KeyRead;

function changesWithin(
  chaincode: string,
  start: string,
  end: string,
  updates: StateUpdates,
): readonly Changed[] {
  const keys = updates.byChaincode.get(chaincode)?.keys;
  return [...(keys ?? [])]
    .filter(([key]) => compareUtf8(key, start) >= 0 && (end === '' || compareUtf8(key, end) < 0))
    .map(([key, { value, version }]) => ({ key, version: value && version }))
    .sort((a, b) => compareUtf8(a.key, b.key));
}

/** Merges two orders into one; a change hides the committed row of its key. */
async function* rowsNow(
  cursor: VersionedCursor,
  changes: readonly Changed[],
): AsyncGenerator<KeyRead> {
  let row = await cursor.next();
  for (const change of changes) {
    while (row !== undefined && compareUtf8(row.key, change.key) < 0) {
      yield row;
      row = await cursor.next();
    }
    if (row?.key === change.key) row = await cursor.next();
    if (change.version !== undefined) yield change;
  }
  for (; row !== undefined; row = await cursor.next()) yield row;
}

async function sameReads(
  reads: readonly KeyRead[],
  rows: AsyncGenerator<KeyRead>,
): Promise<boolean> {
  let at = 0;
  for await (const row of rows) {
    const read = reads[at];
    if (read?.key !== row.key || !sameVersion(read.version, row.version)) return false;
    at += 1;
  }
  return at === reads.length;
}

async function sameSummary(
  summary: NonNullable<RangeRead['summary']>,
  rows: AsyncGenerator<KeyRead>,
): Promise<boolean> {
  const gathered = new RangeReads(summary.maxDegree);
  for await (const { key, version } of rows) gathered.add({ key, version });
  const now = gathered.finish();
  return (
    'summary' in now &&
    now.summary.maxLevel === summary.maxLevel &&
    now.summary.hashes.length === summary.hashes.length &&
    now.summary.hashes.every((hash, at) => sameBytes(hash, summary.hashes[at] ?? Buffer.alloc(0)))
  );
}
