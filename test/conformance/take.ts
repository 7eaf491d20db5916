import type { CloseableAsyncIterable } from '@hyperledger/fabric-gateway';

/** How long a case waits for events that were committed, or soon will be. */
const patienceMs = 20_000;

/** Takes so many items of a stream, those that are wanted, and closes it. */
export async function take<T>(
  stream: CloseableAsyncIterable<T>,
  count: number,
  wanted: (item: T) => boolean = () => true,
): Promise<readonly T[]> {
  const taken: T[] = [];
  const timer = setTimeout(() => stream.close(), patienceMs);
  try {
    for await (const item of stream) {
      if (wanted(item)) taken.push(item);
      if (taken.length === count) return taken;
    }
  } finally {
    clearTimeout(timer);
    stream.close();
  }
  throw new Error(`only ${taken.length} of ${count} came: ${JSON.stringify(taken, bigint)}`);
}

const bigint = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;
