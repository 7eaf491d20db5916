/** A number in LevelDB's and Snappy's variable length, and where the next thing begins. */
export function varintAt(
  bytes: Buffer,
  at: number,
): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; index < 10; index += 1) {
    const octet = bytes.readUInt8(at + index);
    value += (octet & 0x7f) * 2 ** (7 * index);
    if (octet < 0x80) return { value, next: at + index + 1 };
  }
  throw new Error('a number without end');
}

/** Bytes after their length, and where the next thing begins. */
export function lengthPrefixedAt(
  bytes: Buffer,
  at: number,
): { readonly value: Buffer; readonly next: number } {
  const { value: length, next } = varintAt(bytes, at);
  return { value: bytes.subarray(next, next + length), next: next + length };
}
