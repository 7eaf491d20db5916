import type { Level, LevelSnapshot } from './level.ts';
import type { KeyRange } from './store-keys.ts';

/** A row of the store. */
export type Row = { readonly key: Uint8Array; readonly value: Uint8Array };

/** Rows of a range, read one by one. */
export interface RowCursor {
  next(): Promise<Row | undefined>;
  close(): Promise<void>;
}

/** How many rows one step into the store brings. */
const rowsAtOnce = 100;

/** Reads the store as it is, or as it was at a snapshot. */
export class StoreReader {
  readonly #level: Level;
  readonly #snapshot: LevelSnapshot | undefined;

  constructor(level: Level, snapshot?: LevelSnapshot) {
    this.#level = level;
    this.#snapshot = snapshot;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    // The store has its blocks in memory or the system's cache: waiting would cost more than this.
    return this.#level.getSync(key, this.#options());
  }

  range(range: KeyRange): RowCursor {
    const iterator = this.#level.iterator<Uint8Array, Uint8Array>({ ...range, ...this.#options() });
    let rows: [Uint8Array, Uint8Array][] = [];
    let at = 0;
    let ended = false;
    return {
      next: async () => {
        if (at === rows.length && !ended) {
          rows = await iterator.nextv(rowsAtOnce);
          at = 0;
          ended = rows.length === 0;
        }
        const row = rows[at];
        if (row === undefined) return undefined;
        at += 1;
        return { key: row[0], value: row[1] };
      },
      close: () => iterator.close(),
    };
  }

  async all(range: KeyRange): Promise<readonly Row[]> {
    const options = { ...range, ...this.#options() };
    const rows = await this.#level.iterator<Uint8Array, Uint8Array>(options).all();
    return rows.map(([key, value]) => ({ key, value }));
  }

  #options(): { snapshot?: LevelSnapshot } {
    return this.#snapshot === undefined ? {} : { snapshot: this.#snapshot };
  }
}
