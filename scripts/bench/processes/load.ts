/**
 * Puts load on a network, in a process of its own: in the network's process it would be measured
 * with it.
 *
 * Each client sends a transaction, waits until it has committed, and sends the next.
 */
import { randomBytes } from 'node:crypto';
import { connect, readInfo } from '../../network-info.ts';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';

export type LoadRequest = {
  /** The network's info file. */
  readonly info: string;
  readonly clients: number;
  readonly seconds: number;
};

/** What the clients saw while the time ran. */
export type LoadResult = {
  readonly seconds: number;
  readonly committed: number;
  /** Everything that did not end as committed, with how often. */
  readonly others: Readonly<Record<string, number>>;
  readonly latenciesMs: readonly number[];
};

/** The size of a small record. */
const valueBytes = 100;

async function run({ info: place, clients, seconds }: LoadRequest): Promise<LoadResult> {
  const info = readInfo(place);
  const connections = info.organisations.map(({ name }) =>
    connect(info, { org: name, user: 'User1' }, { chaincode: 'records' }),
  );
  const latenciesMs: number[] = [];
  const others: Record<string, number> = {};
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  const elapsed = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return { seconds: elapsed, committed: latenciesMs.length, others, latenciesMs };

  async function client(index: number): Promise<void> {
    const connection = connections[index % connections.length] as LedgerConnection;
    while (performance.now() < end) {
      const began = performance.now();
      const outcome = await connection.submit({
        contract: 'records',
        transaction: 'put',
        arguments: [JSON.stringify({ key: randomBytes(12).toString('hex'), value: newValue() })],
      });
      if (outcome.status === 'committed') latenciesMs.push(performance.now() - began);
      else others[outcome.status] = (others[outcome.status] ?? 0) + 1;
    }
  }
}

function newValue(): string {
  return randomBytes(valueBytes / 2).toString('hex');
}

process.once('message', (request: LoadRequest) => {
  run(request).then(
    (result) => process.send?.({ result }, () => process.disconnect()),
    (error: Error) => process.send?.({ error: error.stack }, () => process.disconnect()),
  );
});
