/** Legal regimes: which order rules what, on which days, and what its terms are. */
import { calendarOfKazakhstan } from '../kernel/calendar-of-kazakhstan.ts';
import { dueAfter } from '../kernel/deadline.ts';
import { accepted, refused } from '../kernel/outcome.ts';
import { command, contractOf, query } from '../ledger/contract.ts';
import { memberOf } from '../roster/rules.ts';
import { membersOn } from '../roster/store.ts';
import { foundingEditions } from './founding.ts';
import { calendar, due, editions, found, history, inForce } from './operations.ts';
import { refuse } from './refusals.ts';
import { editionInForce, lastDayOf, standingOn } from './rules.ts';
import { editionType } from './schema.ts';
import { calendarOn, calendarType, editionsOn } from './store.ts';

export const RegimesContract = contractOf('regimes', [
  command(found, async (ledger) => {
    const founder = memberOf(await membersOn(ledger), ledger.caller.mspId);
    if (!founder.ok) return founder;
    if ((await editionsOn(ledger)).length > 0) return refused(refuse('REGIMES_FOUNDED_ALREADY'));
    for (const edition of foundingEditions) {
      await ledger.put(editionType, { ...edition, extensions: [] });
    }
    for (const year of calendarOfKazakhstan.years) await ledger.put(calendarType, year);
    const names = foundingEditions.map(({ edition }) => edition);
    ledger.emit({ name: 'RegimesFounded', editions: names });
    return accepted({
      editions: names,
      years: calendarOfKazakhstan.years.map(({ year }) => year),
    });
  }),

  query(inForce, async (ledger, { procedure, on }) =>
    editionInForce(await editionsOn(ledger, procedure), procedure, on),
  ),

  query(editions, async (ledger, { procedure, on }) => {
    const all = await editionsOn(ledger, procedure);
    return accepted({
      editions: all.map((edition) => ({
        edition,
        standing: standingOn(edition, on),
        lastDay: lastDayOf(edition),
      })),
    });
  }),

  query(history, async (ledger, { procedure, edition }) => {
    const changes = await ledger.history(editionType, [procedure, edition]);
    return accepted({
      changes: changes.map(({ transactionId, time, record }) => ({
        transactionId,
        time,
        revision: record.revision,
        edition: record.data,
      })),
    });
  }),

  query(calendar, async (ledger) => accepted({ years: [...(await calendarOn(ledger)).years] })),

  query(due, async (ledger, { event, term }) => dueAfter(await calendarOn(ledger), event, term)),
]);
