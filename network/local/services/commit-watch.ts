/** Tells who waits for a transaction where it ended: at once, or when its block is committed. */
import type { CommittedBlock, CommittedTransaction } from '../engine/channel.ts';

/** The part of a channel that knows where transactions ended. */
export interface CommitSource {
  transaction(txId: string): Promise<CommittedTransaction | undefined>;
  onBlock(listener: (committed: CommittedBlock) => void): () => void;
}

type Waiter = (committed: CommittedTransaction) => void;

/** One listener of the ledger for everyone who waits. */
export class CommitWatch {
  readonly #source: CommitSource;
  readonly #waiting = new Map<string, Set<Waiter>>();
  readonly #stop: () => void;

  constructor(source: CommitSource) {
    this.#source = source;
    this.#stop = source.onBlock(({ transactions }) => {
      for (const committed of transactions) this.#tell(committed);
    });
  }

  /** Resolves when the transaction is in a block, or with nothing when the signal aborts. */
  async status(txId: string, signal: AbortSignal): Promise<CommittedTransaction | undefined> {
    // Listening begins before looking, so that a commit between the two is not missed.
    let forget = () => {};
    const told = new Promise<CommittedTransaction | undefined>((resolve) => {
      forget = this.#await(txId, resolve);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
      if (signal.aborted) return undefined;
      return (await this.#source.transaction(txId)) ?? (await told);
    } finally {
      forget();
    }
  }

  /** Stops listening; those who wait are let go by their own signals. */
  close(): void {
    this.#stop();
  }

  #await(txId: string, waiter: Waiter): () => void {
    const waiters = this.#waiting.get(txId) ?? new Set();
    this.#waiting.set(txId, waiters);
    waiters.add(waiter);
    return () => {
      waiters.delete(waiter);
      if (waiters.size === 0) this.#waiting.delete(txId);
    };
  }

  #tell(committed: CommittedTransaction): void {
    for (const waiter of this.#waiting.get(committed.txId) ?? []) waiter(committed);
  }
}
