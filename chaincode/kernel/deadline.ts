import { z } from 'zod';
import { endOfDay, localDateOf } from './almaty.ts';
import { addWorkingDays, workingDayFrom, type WorkingCalendar } from './calendar.ts';
import { civilDateOf, partsOf, plusDays, type CivilDate } from './civil-date.ts';
import type { Instant } from './instant.ts';
import { accepted, andThen, type Outcome } from './outcome.ts';

/** What becomes of a term whose last day is a day off. */
const lastDayOffSchema = z.enum(['STAYS', 'NEXT_WORKING_DAY']);
type LastDayOff = z.infer<typeof lastDayOffSchema>;

/**
 * A term as an order states it, a parameter of its regime: so many days *after* the day of an event,
 * which does not count itself («не позднее одного рабочего дня, следующего за днём…», 000 alg. 14).
 *
 * For calendar days the texts do not say what happens when the last one is a day off, so the term
 * says it; the civil rule, by which it passes to the next working day, is our reading.
 */
export const termSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('WORKING_DAYS'), count: z.int().min(0).max(366) }),
  z.strictObject({
    unit: z.literal('CALENDAR_DAYS'),
    count: z.int().min(0).max(3660),
    lastDayOff: lastDayOffSchema,
  }),
]);
export type Term = z.infer<typeof termSchema>;

/**
 * A day of the month by which something is owed: «до 10 числа» (004 cl. 4), «до 15 числа» (cl. 6-1).
 *
 * The texts do not say whether the day itself counts (`RG-5`), so the regime does. Our reading is
 * `COUNTS`: lateness is marked against the sender, and a doubt about a duty is read in favour of the
 * one who bears it. Who wants to be safe under both readings warns by `DOES_NOT_COUNT`.
 */
export const dayOfMonthSchema = z.strictObject({
  dayOfMonth: z.int().min(2).max(28),
  theDayItself: z.enum(['COUNTS', 'DOES_NOT_COUNT']),
  lastDayOff: lastDayOffSchema,
});
export type DayOfMonth = z.infer<typeof dayOfMonthSchema>;

/** When something is due: the last day, and its last instant in Almaty; later is late. */
export type Due = { readonly lastDay: CivilDate; readonly until: Instant };

/** When a term runs out that began with an event. */
export function dueAfter(calendar: WorkingCalendar, event: Instant, term: Term): Outcome<Due> {
  return dueAfterDay(calendar, localDateOf(event), term);
}

/** When a term runs out that began with an event on a day. */
export function dueAfterDay(calendar: WorkingCalendar, day: CivilDate, term: Term): Outcome<Due> {
  const lastDay =
    term.unit === 'WORKING_DAYS'
      ? addWorkingDays(calendar, day, term.count)
      : settled(calendar, plusDays(day, term.count), term.lastDayOff);
  return andThen(lastDay, dueOn);
}

/** When something is due that is owed by a day of the month in which `month` lies. */
export function dueByDayOfMonth(
  calendar: WorkingCalendar,
  month: CivilDate,
  rule: DayOfMonth,
): Outcome<Due> {
  const { year, month: number } = partsOf(month);
  const day = rule.theDayItself === 'COUNTS' ? rule.dayOfMonth : rule.dayOfMonth - 1;
  const named = civilDateOf(year, number, day);
  const lastDay = andThen(named, (date) => settled(calendar, date, rule.lastDayOff));
  return andThen(lastDay, dueOn);
}

/** Whether something done at an instant came after it was due. */
export function isLate(due: Due, doneAt: Instant): boolean {
  return doneAt > due.until;
}

function settled(
  calendar: WorkingCalendar,
  date: CivilDate,
  lastDayOff: LastDayOff,
): Outcome<CivilDate> {
  return lastDayOff === 'STAYS' ? accepted(date) : workingDayFrom(calendar, date);
}

function dueOn(lastDay: CivilDate): Outcome<Due> {
  return accepted({ lastDay, until: endOfDay(lastDay) });
}
