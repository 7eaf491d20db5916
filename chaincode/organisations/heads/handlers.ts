/** Heads are named and dismissed; nothing of it is overwritten (OR-1). */
import { accepted, andThen, refused } from '../../kernel/outcome.ts';
import { command, query } from '../../ledger/contract.ts';
import { refuse } from '../refusals.ts';
import { endHead, heads, nameHead } from './operations.ts';
import * as rules from './rules.ts';
import { headType } from './schema.ts';
import { asKeeper } from './store.ts';

export const headHandlers = [
  command(nameHead, async (ledger, head) => {
    const { bin, person } = head;
    const named = andThen(await asKeeper(ledger, bin), () => rules.named(head));
    if (!named.ok) return named;
    if ((await ledger.find(headType, [bin, person])) !== undefined) {
      return refused(refuse('HEAD_NAMED_ALREADY', { norm: 'OR-1', field: '/person' }));
    }
    await ledger.put(headType, named.value);
    ledger.emit({ name: 'HeadNamed', bin, person });
    return named;
  }),

  command(endHead, async (ledger, { bin, person, until, dismissal }) => {
    const keeper = await asKeeper(ledger, bin);
    if (!keeper.ok) return keeper;
    const found = await ledger.find(headType, [bin, person]);
    if (found === undefined) return refused(refuse('HEAD_UNKNOWN', { norm: 'OR-1' }));
    const ended = rules.ended(found.data, { until, dismissal });
    if (!ended.ok) return ended;
    await ledger.put(headType, ended.value);
    ledger.emit({ name: 'HeadEnded', bin, person });
    return ended;
  }),

  query(heads, async (ledger, { bin, limit, cursor }) => {
    const page = await ledger.page(headType, [bin], { limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    return accepted({
      heads: items.map(({ data }) => data),
      ...(next === undefined ? {} : { next }),
    });
  }),
];
