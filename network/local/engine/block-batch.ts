import { bytesOfKey, keyOf } from './bytes.ts';
import type { Operation } from './level.ts';
import type { KeyRange } from './store-keys.ts';
import type { Row, StoreReader } from './store-reader.ts';

/** All that one block changes in the store, readable before it is made. */
export class BlockBatch {
  readonly #reader: StoreReader;
  readonly #changes = new Map<string, Uint8Array | undefined>();

  constructor(reader: StoreReader) {
    this.#reader = reader;
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.#changes.set(keyOf(key), value);
  }

  delete(key: Uint8Array): void {
    this.#changes.set(keyOf(key), undefined);
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const name = keyOf(key);
    return this.#changes.has(name) ? this.#changes.get(name) : this.#reader.get(key);
  }

  /** The rows of a range as they will be, in no particular order. */
  async rows(range: KeyRange): Promise<readonly Row[]> {
    const from = keyOf(range.gte);
    const to = keyOf(range.lt);
    const stored = await this.#reader.all(range);
    const kept = stored.filter(({ key }) => !this.#changes.has(keyOf(key)));
    const changed = [...this.#changes].flatMap(([name, value]) =>
      value !== undefined && name >= from && name < to ? [{ key: bytesOfKey(name), value }] : [],
    );
    return [...kept, ...changed];
  }

  operations(): Operation[] {
    return [...this.#changes].map(([name, value]) => {
      const key = bytesOfKey(name);
      return value === undefined ? { type: 'del', key } : { type: 'put', key, value };
    });
  }
}
