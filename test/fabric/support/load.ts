/** A steady load of marks, and the account of what became of each. */
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

/** A load that runs until it is stopped. */
export type Load = { stop(): Promise<Account> };

/** Submits marks at a steady rate, over the connections in turn, whatever becomes of them. */
export function startLoad(
  connections: readonly LedgerConnection[],
  prefix: string,
  perSecond: number,
): Load {
  const committed: string[] = [];
  const refused: string[] = [];
  const unknown: string[] = [];
  const reasons: string[] = [];
  const pending = new Set<Promise<void>>();
  let last = Date.now();
  let longestGapMs = 0;
  const stopping = new AbortController();

  const account = (name: string, outcome: SubmitOutcome): void => {
    if (outcome.status === 'committed') {
      committed.push(name);
      longestGapMs = Math.max(longestGapMs, Date.now() - last);
      last = Date.now();
      return;
    }
    (outcome.status === 'refused' ? refused : unknown).push(name);
    reasons.push(JSON.stringify(outcome));
  };
  const run = async (): Promise<void> => {
    const startedMs = Date.now();
    for (let index = 0; !stopping.signal.aborted; index += 1) {
      const connection = connections[index % connections.length];
      if (connection === undefined) throw new Error('a load needs a connection');
      const name = `${prefix}-${String(index).padStart(6, '0')}`;
      const mark = connection
        .submit({ transaction: 'mark', arguments: [name] })
        .then((outcome) => {
          account(name, outcome);
        })
        .finally(() => pending.delete(mark));
      pending.add(mark);
      await sleep(Math.max(0, startedMs + ((index + 1) * 1000) / perSecond - Date.now()));
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await Promise.all(pending);
      return { committed, refused, unknown, longestGapMs, reasons };
    },
  };
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
