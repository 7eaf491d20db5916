/** What became of a record, change by change. */
import { accepted, refused } from '../../kernel/outcome.ts';
import { query } from '../../ledger/contract.ts';
import type { Change, Reader } from '../../ledger/reader.ts';
import type { RecordType } from '../../ledger/record.ts';
import { applicationType } from '../application.ts';
import { encumbranceType } from '../encumbrance.ts';
import { applicationOn, encumbranceOn } from '../store.ts';
import { refuse } from '../refusals.ts';
import { applicationHistory, pledgeHistory } from './operations.ts';

export const remembering = [
  query(applicationHistory, async (ledger, { application, ...asked }) => {
    const found = await applicationOn(ledger, application);
    if (!found.ok) return found;
    return accepted(await historyOf(ledger, applicationType, [application], asked));
  }),

  query(pledgeHistory, async (ledger, { property, encumbrance, ...asked }) => {
    const found = await encumbranceOn(ledger, property, encumbrance);
    if (found === undefined) return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'PL-15' }));
    return accepted(await historyOf(ledger, encumbranceType, [property, encumbrance], asked));
  }),
];

type Asked = { readonly limit: number; readonly before?: number | undefined };

/** One page of a history; each change is numbered by the revision that it made. */
async function historyOf<Data>(
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
