import { LedgerState } from './ledger-state.ts';
import type { Level, LevelSnapshot } from './level.ts';
import { StoreReader } from './store-reader.ts';

/** One committed state over which several organisations can simulate the same proposal. */
export interface Snapshot {
  /** The number of blocks that it holds. */
  readonly height: bigint;
  close(): Promise<void>;
}

/** A snapshot of the store: commits go on beside it, and nothing waits for anything. */
export class ChannelSnapshot implements Snapshot {
  readonly height: bigint;
  readonly #snapshot: LevelSnapshot;
  readonly #state: LedgerState;

  constructor(level: Level) {
    this.#snapshot = level.snapshot();
    this.#state = new LedgerState(new StoreReader(level, this.#snapshot));
    this.height = BigInt(this.#state.height());
  }

  /** The state behind a snapshot that a channel gave out. */
  static stateOf(snapshot: Snapshot | undefined): LedgerState {
    if (snapshot instanceof ChannelSnapshot) return snapshot.#state;
    throw new Error('this snapshot is of another ledger');
  }

  close(): Promise<void> {
    return this.#snapshot.close();
  }
}
