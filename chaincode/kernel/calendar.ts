import { z } from 'zod';
import { certaintySchema } from './certainty.ts';
import {
  civilDateSchema,
  dateOfDayNumber,
  dayNumberOf,
  partsOf,
  weekdayOf,
  type CivilDate,
} from './civil-date.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusals.ts';

/** Public holidays of Kazakhstan, by name; which of them a year has, its own data says. */
export const holidayNames = [
  'NEW_YEAR',
  'ORTHODOX_CHRISTMAS',
  'WOMENS_DAY',
  'CONSTITUTION_DAY',
  'NAURYZ',
  'UNITY_DAY',
  'DEFENDERS_DAY',
  'VICTORY_DAY',
  'KURBAN_AIT',
  'CAPITAL_DAY',
  'REPUBLIC_DAY',
  'INDEPENDENCE_DAY',
] as const;

/**
 * The working days of one year, for a week of five days (`RG-5`): Monday to Friday but for the days
 * listed here. The same record lies on the ledger, with where its facts come from.
 */
export const calendarYearSchema = z
  .strictObject({
    year: z.int().min(2000).max(2199),
    /** Every holiday, those that fall on a weekend too: the shifts are checked against them. */
    holidays: z
      .array(z.strictObject({ date: civilDateSchema, name: z.enum(holidayNames) }))
      .max(40),
    /** Working days that became days off because a holiday fell on a weekend. */
    shifted: z.array(z.strictObject({ dayOff: civilDateSchema, holiday: civilDateSchema })).max(40),
    /** Days off that the Government moved, each with the weekend day that is worked instead. */
    moved: z.array(z.strictObject({ dayOff: civilDateSchema, workedOn: civilDateSchema })).max(40),
    source: z.string().min(1).max(1000),
    certainty: certaintySchema,
  })
  .superRefine((year, context) => {
    for (const refusal of faultsOf(year)) {
      context.addIssue({ code: 'custom', params: { refusal } });
    }
  });
export type CalendarYear = z.infer<typeof calendarYearSchema>;

/** The working calendar that a rule reckons with: the years that it knows, and no others. */
export type WorkingCalendar = { readonly years: readonly CalendarYear[] };

/** Most days that one reckoning walks over: no term of the orders comes near. */
const walkDaysMax = 1000;

/** Whether work is done on a day; refused for a year that the calendar does not know. */
export function isWorkingDay(calendar: WorkingCalendar, date: CivilDate): Outcome<boolean> {
  const number = partsOf(date).year;
  const year = calendar.years.find((each) => each.year === number);
  if (year === undefined) {
    const params = { year: String(number) };
    return refused(refuse('CALENDAR_YEAR_MISSING', { norm: 'RG-5', params }));
  }
  return accepted(isWorked(year, date));
}

/**
 * The working day that is so many working days after a date, which does not count itself; before it
 * if the count is negative. None away is the date itself, worked or not.
 */
export function addWorkingDays(
  calendar: WorkingCalendar,
  date: CivilDate,
  workingDays: number,
): Outcome<CivilDate> {
  if (!Number.isSafeInteger(workingDays)) throw new Error(`not a count of days: ${workingDays}`);
  const step = Math.sign(workingDays);
  let left = Math.abs(workingDays);
  let dayNumber = dayNumberOf(date);
  for (let walked = 0; left > 0; walked += 1) {
    if (walked === walkDaysMax) return refused(refuse('TERM_TOO_LONG', { norm: 'RG-5' }));
    dayNumber += step;
    const worked = isWorkingDay(calendar, dateOfDayNumber(dayNumber));
    if (!worked.ok) return worked;
    if (worked.value) left -= 1;
  }
  return accepted(dateOfDayNumber(dayNumber));
}

/** The date itself if it is worked, or the next working day. */
export function workingDayFrom(calendar: WorkingCalendar, date: CivilDate): Outcome<CivilDate> {
  const worked = isWorkingDay(calendar, date);
  if (!worked.ok) return worked;
  return worked.value ? accepted(date) : addWorkingDays(calendar, date, 1);
}

/** How many working days there are after one date, up to another and with it. */
export function workingDaysBetween(
  calendar: WorkingCalendar,
  after: CivilDate,
  until: CivilDate,
): Outcome<number> {
  let count = 0;
  const last = dayNumberOf(until);
  const first = dayNumberOf(after) + 1;
  if (last - first >= walkDaysMax) return refused(refuse('TERM_TOO_LONG', { norm: 'RG-5' }));
  for (let dayNumber = first; dayNumber <= last; dayNumber += 1) {
    const worked = isWorkingDay(calendar, dateOfDayNumber(dayNumber));
    if (!worked.ok) return worked;
    if (worked.value) count += 1;
  }
  return accepted(count);
}

function isWorked(year: CalendarYear, date: CivilDate): boolean {
  if (year.moved.some(({ workedOn }) => workedOn === date)) return true;
  const off =
    year.holidays.some((holiday) => holiday.date === date) ||
    year.shifted.some(({ dayOff }) => dayOff === date) ||
    year.moved.some(({ dayOff }) => dayOff === date);
  return !off && !isWeekend(date);
}

function isWeekend(date: CivilDate): boolean {
  return weekdayOf(date) > 5;
}

/** What a year's data cannot say: it would be reckoned with for years before anyone noticed. */
function faultsOf(year: CalendarYear): Refusal[] {
  const held = year.holidays.map(({ date }) => date);
  const isOfYear = (date: CivilDate): boolean => partsOf(date).year === year.year;
  return [
    ...faultsIn('holidays', year.holidays, ({ date }) =>
      isOfYear(date) ? undefined : 'CALENDAR_DAY_OF_ANOTHER_YEAR',
    ),
    ...faultsIn('shifted', year.shifted, ({ dayOff, holiday }) => {
      if (!isOfYear(dayOff)) return 'CALENDAR_DAY_OF_ANOTHER_YEAR';
      const follows = held.includes(holiday) && isWeekend(holiday) && dayOff > holiday;
      return follows ? undefined : 'CALENDAR_SHIFT_WITHOUT_HOLIDAY';
    }),
    ...faultsIn('moved', year.moved, ({ dayOff, workedOn }) => {
      // A move from one year to the next stands in the data of both.
      if (!isOfYear(dayOff) && !isOfYear(workedOn)) return 'CALENDAR_DAY_OF_ANOTHER_YEAR';
      const isGiven = isWeekend(workedOn) && !held.includes(workedOn);
      return isGiven ? undefined : 'CALENDAR_MOVE_NOT_WEEKEND';
    }),
    ...repeatedDaysOff(year),
  ];
}

type CalendarFault =
  'CALENDAR_DAY_OF_ANOTHER_YEAR' | 'CALENDAR_SHIFT_WITHOUT_HOLIDAY' | 'CALENDAR_MOVE_NOT_WEEKEND';

function faultsIn<Item>(
  list: string,
  items: readonly Item[],
  faultOf: (item: Item) => CalendarFault | undefined,
): Refusal[] {
  return items.flatMap((item, index) => {
    const code = faultOf(item);
    return code === undefined ? [] : [refuse(code, { field: `/${list}/${index}`, norm: 'RG-5' })];
  });
}

/** Days that are off twice over: by two entries, or by an entry and by being on a weekend. */
function repeatedDaysOff({ holidays, shifted, moved }: CalendarYear): Refusal[] {
  const made = [...shifted, ...moved].map(({ dayOff }) => dayOff);
  const days = [...holidays.map(({ date }) => date), ...made];
  return [...new Set(days)]
    .filter(
      (date) =>
        days.indexOf(date) !== days.lastIndexOf(date) || (isWeekend(date) && made.includes(date)),
    )
    .map((date) => refuse('CALENDAR_DAY_TWICE', { norm: 'RG-5', params: { date } }));
}
