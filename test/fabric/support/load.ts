/** A load of marks, and the account of what became of each. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';
import type { SubmitOutcome } from '../../../gateway/ledger/outcome.ts';

/** What became of the marks of a load. */
export type Account = {
  /** Names whose submission was acknowledged, refused, or left unknown. */
  readonly committed: readonly string[];
  readonly refused: readonly string[];
  readonly unknown: readonly string[];
  /** The longest time between two acknowledgements, and when it began. */
  readonly longestGapMs: number;
  /** Why marks were refused: for the reader of a failed test. */
  readonly reasons: readonly string[];
};

/** How fast a load goes: at a steady rate whatever comes back, or each mark after the last. */
export type Pace = { readonly perSecond: number } | 'one at a time';

/** A load that runs until it is stopped. */
export type Load = {
  /** Waits until so many marks that are submitted from now on are acknowledged. */
  untilServed(count: number, timeoutMs: number): Promise<void>;
  stop(): Promise<Account>;
};

/** Submits marks over the connections in turn, whatever becomes of them. */
export function startLoad(
  connections: readonly LedgerConnection[],
  prefix: string,
  pace: Pace,
): Load {
  const books = new Books();
  const pending = new Set<Promise<void>>();
  const stopping = new AbortController();
  let submitted = 0;

  const submit = (): Promise<void> => {
    const index = submitted;
    submitted += 1;
    const connection = connections[index % connections.length];
    if (connection === undefined) throw new Error('a load needs a connection');
    const name = `${prefix}-${String(index).padStart(6, '0')}`;
    const mark = connection
      .submit({ transaction: 'mark', arguments: [name] })
      .then((outcome) => {
        books.enter(index, name, outcome);
      })
      .finally(() => pending.delete(mark));
    pending.add(mark);
    return mark;
  };
  const run = async (): Promise<void> => {
    const startedMs = Date.now();
    while (!stopping.signal.aborted) {
      const mark = submit();
      if (pace === 'one at a time') await mark;
      else await sleep(Math.max(0, startedMs + (submitted * 1000) / pace.perSecond - Date.now()));
    }
  };
  const running = run();
  return {
    untilServed: async (count, timeoutMs) => {
      const from = submitted;
      for (const deadline = Date.now() + timeoutMs; books.committedSince(from) < count;) {
        if (Date.now() > deadline) throw new Error(`no service for ${timeoutMs / 1000} s`);
        await sleep(50);
      }
    },
    stop: async () => {
      // A service that did not come back has no acknowledgement to end its gap.
      books.closeGap();
      stopping.abort();
      await running;
      await Promise.all(pending);
      return books.account();
    },
  };
}

/** Who was told what, and for how long nobody was told anything good. */
class Books {
  readonly #committed: { readonly index: number; readonly name: string }[] = [];
  readonly #refused: string[] = [];
  readonly #unknown: string[] = [];
  readonly #reasons: string[] = [];
  #lastMs = Date.now();
  #longestGapMs = 0;

  enter(index: number, name: string, outcome: SubmitOutcome): void {
    if (outcome.status === 'committed') {
      this.#committed.push({ index, name });
      this.closeGap();
      return;
    }
    (outcome.status === 'refused' ? this.#refused : this.#unknown).push(name);
    this.#reasons.push(JSON.stringify(outcome));
  }

  committedSince(from: number): number {
    return this.#committed.filter(({ index }) => index >= from).length;
  }

  closeGap(): void {
    this.#longestGapMs = Math.max(this.#longestGapMs, Date.now() - this.#lastMs);
    this.#lastMs = Date.now();
  }

  account(): Account {
    return {
      committed: this.#committed.map(({ name }) => name),
      refused: this.#refused,
      unknown: this.#unknown,
      longestGapMs: this.#longestGapMs,
      reasons: this.#reasons,
    };
  }
}

/** A peer that did not itself acknowledge a mark may take so long to have it too. */
const catchUpMs = 10_000;

/** Faults in the account by what the ledger holds: empty when nothing was lost or doubled. */
export async function faultsIn(
  account: Account,
  reader: LedgerConnection,
  prefix: string,
): Promise<readonly string[]> {
  for (const deadline = Date.now() + catchUpMs; ;) {
    const faults = await faultsNow(account, reader, prefix);
    if (faults.length === 0 || Date.now() > deadline) return faults;
    await sleep(500);
  }
}

async function faultsNow(
  { committed, refused, unknown }: Account,
  reader: LedgerConnection,
  prefix: string,
): Promise<readonly string[]> {
  const answer = await reader.evaluate({ transaction: 'counts', arguments: [prefix] });
  if (answer.status !== 'answered') throw new Error(`no counts: ${JSON.stringify(answer)}`);
  const counts = JSON.parse(answer.result) as Readonly<Record<string, number>>;
  return [
    ...committed.filter((name) => counts[name] === undefined).map((name) => `${name} was lost`),
    ...Object.entries(counts)
      .filter(([, count]) => count > 1)
      .map(([name, count]) => `${name} took effect ${count} times`),
    ...refused
      .filter((name) => counts[name] !== undefined)
      .map((name) => `${name} was refused and took effect`),
    ...Object.keys(counts)
      .filter((name) => !committed.includes(name) && !unknown.includes(name))
      .map((name) => `${name} took effect and nobody was told`),
  ];
}
