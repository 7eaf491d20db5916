/** Pages of what became of a record, change by change; queries only, as the history is no state. */
import { z } from 'zod';
import { instantSchema } from '../kernel/instant.ts';
import type { Change, Reader } from './reader.ts';
import type { RecordType } from './record.ts';

/** Pages of a history go down from a revision. */
export const historyPage = {
  limit: z.int().min(1).max(100).default(20),
  before: z.int().min(2).optional(),
};

type Asked = { readonly limit: number; readonly before?: number | undefined };

/** What one change of a record was: the record after it, and the transaction that wrote it. */
export function changesOf<Record extends z.ZodType>(record: Record) {
  return z.strictObject({
    changes: z.array(
      z.strictObject({
        revision: z.int(),
        transactionId: z.string(),
        /** The transaction's time, which its client chose within fifteen minutes. */
        time: instantSchema,
        record,
      }),
    ),
    /** Ask again with this as `before`; absent where the history is at its end. */
    next: z.int().optional(),
  });
}

/** One page of a history; each change is numbered by the revision that it made. */
export async function historyOf<Data>(
  ledger: Reader,
  type: RecordType<Data>,
  parts: readonly string[],
  { limit, before = Number.MAX_SAFE_INTEGER }: Asked,
) {
  const all = await ledger.history(type, parts);
  const earlier = all.filter(({ record }) => record.revision < before);
  const changes = earlier.slice(0, limit).map(shown);
  const last = changes.at(-1)?.revision;
  return { changes, ...(earlier.length > limit && last !== undefined ? { next: last } : {}) };
}

function shown<Data>({ transactionId, time, record }: Change<Data>) {
  return { revision: record.revision, transactionId, time, record: record.data };
}
