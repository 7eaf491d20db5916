/**
 * Reads LevelDB's files as they lie, without a database: every entry that a table or a log still
 * holds, those too that were overwritten or deleted since. Both LevelDB and Fabric's goleveldb write
 * this format.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uncompressed } from './snappy.ts';
import { lengthPrefixedAt, varintAt } from './varint.ts';

/** An entry of a file; a deletion has no value. */
export type Entry = { readonly key: Buffer; readonly value: Buffer | undefined };

const footerBytes = 48;
const magic = 0xdb4775248b80fb57n;
const trailerBytes = 5;
const logBlockBytes = 32_768;
const logHeaderBytes = 7;
const batchHeaderBytes = 12;

/** Every entry of a table (`.ldb`, `.sst`). */
export function* entriesOfTable(file: Buffer): Generator<Entry> {
  const footer = file.subarray(file.length - footerBytes);
  if (footer.readBigUInt64LE(footerBytes - 8) !== magic) throw new Error('no LevelDB table');
  const metaindex = handleAt(footer, 0);
  const index = handleAt(footer, metaindex.next);
  for (const { value } of entriesOfBlock(blockOf(file, index))) {
    for (const { key, value: held } of entriesOfBlock(blockOf(file, handleAt(value, 0)))) {
      // The last eight bytes of a key are its sequence and whether it is a deletion.
      const kind = key.readUInt8(key.length - 8);
      yield { key: key.subarray(0, -8), value: kind === 0 ? undefined : held };
    }
  }
}

type Handle = { readonly offset: number; readonly size: number; readonly next: number };

function handleAt(bytes: Buffer, at: number): Handle {
  const offset = varintAt(bytes, at);
  const size = varintAt(bytes, offset.next);
  return { offset: offset.value, size: size.value, next: size.next };
}

function blockOf(file: Buffer, { offset, size }: Handle): Buffer {
  const stored = file.subarray(offset, offset + size);
  const kind = file.readUInt8(offset + size);
  if (kind > 1 || offset + size + trailerBytes > file.length) throw new Error('no LevelDB block');
  return kind === 1 ? uncompressed(stored) : stored;
}

/** Keys are given by how much they share with the one before. */
function* entriesOfBlock(block: Buffer): Generator<{ key: Buffer; value: Buffer }> {
  const restarts = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 * (restarts + 1);
  let key = Buffer.alloc(0);
  for (let at = 0; at < end;) {
    const shared = varintAt(block, at);
    const unshared = varintAt(block, shared.next);
    const length = varintAt(block, unshared.next);
    const from = length.next;
    const rest = block.subarray(from, from + unshared.value);
    key = Buffer.concat([key.subarray(0, shared.value), rest]);
    at = from + unshared.value + length.value;
    yield { key, value: block.subarray(from + unshared.value, at) };
  }
}

/** Every entry of a log (`.log`), as far as its records are whole: the last one may be cut short. */
export function* entriesOfLog(file: Buffer): Generator<Entry> {
  for (const batch of batchesOfLog(file)) {
    if (batch.length < batchHeaderBytes) continue;
    const count = batch.readUInt32LE(8);
    let at = batchHeaderBytes;
    for (let each = 0; each < count; each += 1) {
      const isPut = batch.readUInt8(at) === 1;
      const key = lengthPrefixedAt(batch, at + 1);
      const value = isPut ? lengthPrefixedAt(batch, key.next) : undefined;
      at = value?.next ?? key.next;
      yield { key: key.value, value: value?.value };
    }
  }
}

/** Records that go over the end of a block of 32 KiB come in parts. */
function* batchesOfLog(file: Buffer): Generator<Buffer> {
  let parts: Buffer[] = [];
  for (let at = 0; at + logHeaderBytes <= file.length;) {
    const left = logBlockBytes - (at % logBlockBytes);
    if (left < logHeaderBytes) {
      at += left;
      continue;
    }
    const length = file.readUInt16LE(at + 4);
    const kind = file.readUInt8(at + 6);
    // Whole, first, middle, last; a place that was set aside and not written is none of them.
    if (kind < 1 || kind > 4) return;
    const from = at + logHeaderBytes;
    if (kind === 1 || kind === 2) parts = [];
    parts.push(file.subarray(from, from + length));
    if (kind === 1 || kind === 4) yield Buffer.concat(parts);
    at = from + length;
  }
}

/** What a folder of files holds: the entries of LevelDB's files, and the bytes of all but tables. */
export async function* bytesIn(folder: string): AsyncGenerator<{ at: string; bytes: Buffer }> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((each) => each.isFile())) {
    const path = join(file.parentPath, file.name);
    const bytes = await readFile(path);
    const at = path.slice(folder.length + 1);
    const isLog = /^\d+\.log$/.test(file.name);
    const isTable = /^\d+\.(?:ldb|sst)$/.test(file.name);
    if (!isTable) yield { at, bytes };
    for (const { key, value } of isTable
      ? entriesOfTable(bytes)
      : isLog
        ? entriesOfLog(bytes)
        : []) {
      yield { at, bytes: Buffer.concat([key, Buffer.from([0]), value ?? Buffer.alloc(0)]) };
    }
  }
}
