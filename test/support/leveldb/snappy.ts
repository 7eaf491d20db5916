/** Snappy's block format, as LevelDB compresses the blocks of its tables. */
import { varintAt } from './varint.ts';

/** The bytes that a compressed block stands for. */
export function uncompressed(block: Buffer): Buffer {
  const { value: length, next } = varintAt(block, 0);
  const out = Buffer.alloc(length);
  let at = next;
  let filled = 0;
  while (at < block.length) {
    const { literal, copy, after } = elementAt(block, at);
    if (literal !== undefined) filled += literal.copy(out, filled);
    // A copy may reach into what it writes itself: byte by byte.
    for (let each = 0; copy !== undefined && each < copy.length; each += 1) {
      out[filled] = out[filled - copy.offset] as number;
      filled += 1;
    }
    at = after;
  }
  if (filled !== length) throw new Error('a compressed block is cut short');
  return out;
}

type Element = {
  readonly literal?: Buffer;
  readonly copy?: { readonly length: number; readonly offset: number };
  readonly after: number;
};

/** One element by its tag: a literal, or a copy with an offset of one, two or four bytes. */
function elementAt(block: Buffer, at: number): Element {
  const tag = block.readUInt8(at);
  const kind = tag & 3;
  const size = tag >> 2;
  if (kind === 0) {
    const extra = size < 60 ? 0 : size - 59;
    const length = (extra === 0 ? size : block.readUIntLE(at + 1, extra)) + 1;
    const from = at + 1 + extra;
    return { literal: block.subarray(from, from + length), after: from + length };
  }
  if (kind === 1) {
    const offset = ((tag >> 5) << 8) | block.readUInt8(at + 1);
    return { copy: { length: (size & 7) + 4, offset }, after: at + 2 };
  }
  const width = kind === 2 ? 2 : 4;
  const offset = block.readUIntLE(at + 1, width);
  return { copy: { length: size + 1, offset }, after: at + 1 + width };
}
