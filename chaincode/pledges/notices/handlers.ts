/** Records what became of notices, each by the organisation that delivers it, and shows them. */
import { accepted, andThen, type Outcome } from '../../kernel/outcome.ts';
import { command, query } from '../../ledger/contract.ts';
import type { Page, Reader } from '../../ledger/reader.ts';
import { batchOn } from '../portfolio/batch-store.ts';
import { applicationOn } from '../store.ts';
import { type Notice, noticeType } from './notice.ts';
import { answeredBefore, stepped } from './notice-rules.ts';
import { noticesOfApplication, noticesToDeliver, recordDelivery } from './operations.ts';
import { standingNotice } from './standing.ts';

export const notifying = [
  command(recordDelivery, async (ledger, { step, at, receipt, ...id }) => {
    const found = await standingNotice(ledger, id);
    if (!found.ok) return found;
    const { mspId } = ledger.caller;
    const known = answeredBefore(found.value, { step, at, receipt });
    if (known?.deliverer === mspId) return accepted(known);
    const present = { caller: mspId, now: ledger.circumstances.time };
    const recorded = stepped(found.value, { step, at, receipt }, present);
    if (!recorded.ok) return recorded;
    const { application, decision, state, subject } = recorded.value;
    // The other organisations cannot write this seal: nobody speaks for who delivers.
    await ledger.putSealed(noticeType, recorded.value, mspId);
    ledger.emit({ name: 'NoticeDelivery', application, decision, subject, state });
    return recorded;
  }),

  query(noticesOfApplication, async (ledger, { application, ...asked }) => {
    const found = await applicationOn(ledger, application);
    if (!found.ok && !(await batchOn(ledger, application)).ok) return found;
    const page = await ledger.page(noticeType, [application], asked);
    return page.ok ? counting(ledger, page.value) : page;
  }),

  query(noticesToDeliver, async (ledger, { state, ...asked }) => {
    const { mspId } = ledger.caller;
    const values = state === undefined ? [mspId] : [mspId, state];
    const page = await ledger.pageBy(noticeType, 'undelivered', values, asked);
    if (!page.ok) return page;
    return andThen(await counting(ledger, page.value), ({ notices, ...next }) => {
      // The index is a pointer and may be forged: whose the notice is, the notice itself says.
      const own = notices.filter((each) => each.deliverer === mspId && each.state !== 'DELIVERED');
      return accepted({ notices: own, ...next });
    });
  }),
];

/** The notices of a page as they count; a record of one that does not follow is passed over. */
async function counting(
  ledger: Reader,
  { items, next }: Page<Notice>,
): Promise<Outcome<{ notices: Notice[]; next?: string }>> {
  const notices: Notice[] = [];
  for (const { data } of items) {
    const standing = await standingNotice(ledger, data);
    if (standing.ok) notices.push(standing.value);
  }
  return accepted({ notices, ...(next === undefined ? {} : { next }) });
}
