/** Heads are named and dismissed; nothing of it is overwritten (OR-1). */
import { accepted, andThen, refused } from '../../kernel/outcome.ts';
import { command, query } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import { refuse } from '../refusals.ts';
import { endHead, heads, nameHead } from './operations.ts';
import * as rules from './rules.ts';
import { type Head, headType } from './schema.ts';
import { asKeeper, enterHead, listed, sealedHead } from './store.ts';

export const headHandlers = [
  command(nameHead, async (ledger, head) => {
    const { bin, person } = head;
    const named = andThen(await asKeeper(ledger, bin), () => rules.named(head));
    if (!named.ok) return named;
    // By its seal: a head that was taken away would come back without the end of the term.
    if (await ledger.wasSealed(headType, [bin, person], registrarMsp)) {
      return refused(refuse('HEAD_NAMED_ALREADY', { norm: 'OR-1', field: '/person' }));
    }
    await enterHead(ledger, named.value);
    ledger.emit({ name: 'HeadNamed', bin, person });
    return named;
  }),

  command(endHead, async (ledger, { bin, person, until, dismissal }) => {
    const keeper = await asKeeper(ledger, bin);
    if (!keeper.ok) return keeper;
    const found = await sealedHead(ledger, bin, person);
    const ended = andThen(listed(found), (head) => rules.ended(head, { until, dismissal }));
    if (!ended.ok) return ended;
    await ledger.putSealed(headType, ended.value, registrarMsp);
    ledger.emit({ name: 'HeadEnded', bin, person });
    return ended;
  }),

  query(heads, async (ledger, { bin, limit, cursor }) => {
    const page = await ledger.page(headType, [bin], { limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    const sealed: Head[] = [];
    for (const { data } of items) {
      // As in every list, what does not bear the seal is left out: it lets nobody sign either.
      if (await ledger.isSealed(headType, data, registrarMsp)) sealed.push(data);
    }
    return accepted({ heads: sealed, ...(next === undefined ? {} : { next }) });
  }),
];
