/**
 * Takes purged bytes out of the files: LevelDB keeps what was deleted until it compacts.
 */
import { synced, type Level } from './level.ts';
import { privateBytes } from './store-keys.ts';

/** `ClassicLevel` compacts; a store in memory has nothing to. */
type Compactable = Level & {
  compactRange(start: Uint8Array, end: Uint8Array, options: object): Promise<void>;
};

/** Quiet time before a compaction: many purges in a row take one. */
const quietMs = 500;

export class Erasure {
  readonly #level: Level;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(level: Level) {
    this.#level = level;
  }

  /** Compacts soon; calls within the quiet time are one. */
  schedule(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      void this.finish();
    }, quietMs);
    // What is left to erase is erased at closing; it need not hold the process up.
    this.#timer.unref();
  }

  /** Compacts now if a compaction waits, and resolves when nothing is left in the files. */
  async finish(): Promise<void> {
    if (this.#timer === undefined) return this.#running;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => compact(this.#level));
    return this.#running;
  }
}

/**
 * Compacts all private data. A compaction merges a file only with files on other levels, so bytes
 * that were written and deleted within one file would stay: the two marks, written anew each time,
 * make a file that spans them all and has to be merged with every other.
 */
async function compact(level: Level): Promise<void> {
  if (!isCompactable(level)) return;
  const { first, last } = privateBytes;
  const mark = Buffer.from(new Date().toISOString());
  const options = { keyEncoding: 'view' };
  // The first pass moves what is in memory into files, the second merges it under the marks.
  for (let pass = 0; pass < 2; pass += 1) {
    await level.batch(
      [first, last].map((key) => ({ type: 'put', key, value: mark })),
      synced,
    );
    await level.compactRange(first, last, options);
  }
}

function isCompactable(level: Level): level is Compactable {
  return 'compactRange' in level;
}
