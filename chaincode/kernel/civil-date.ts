import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, valueOrThrow, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * A day of the Gregorian calendar, `YYYY-MM-DD`: what the law counts in. It has no zone and no time.
 *
 * Reckoned in whole numbers: the platform's `Date` reads some texts as local time and mends days
 * that do not exist. Two dates compare as texts.
 */
export type CivilDate = Brand<string, 'CivilDate'>;

/** Days that a record may name; wide enough for any person's birth, narrow enough to show a slip. */
const firstYear = 1800;
const lastYear = 2199;

/** Reads a date: refused where it is written otherwise, does not exist or is far from our time. */
export function parseCivilDate(text: string): Outcome<CivilDate> {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (found === null) return refused(refuse('DATE_FORMAT'));
  return civilDateOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

/** The date of a year, a month from 1 to 12 and a day. */
export function civilDateOf(year: number, month: number, day: number): Outcome<CivilDate> {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return refused(refuse('DATE_NOT_IN_CALENDAR'));
  }
  if (year < firstYear || year > lastYear) {
    const params = { first: String(firstYear), last: String(lastYear) };
    return refused(refuse('DATE_OUT_OF_RANGE', { params }));
  }
  return accepted(written({ year, month, day }));
}

/** A date that stands in our own sources; a malformed one is our mistake and throws. */
export function knownDate(text: string): CivilDate {
  return valueOrThrow(parseCivilDate(text));
}

export const civilDateSchema = schemaOf(parseCivilDate, {
  description: 'A date, YYYY-MM-DD.',
  examples: ['2026-11-20'],
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  maxLength: 10,
});

/** A date's numbers; the month from 1 to 12. */
export type DateParts = { readonly year: number; readonly month: number; readonly day: number };

export function partsOf(date: CivilDate): DateParts {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** Days from 1970-01-01, which is 0; the inverse of `dateOfDayNumber`. */
export function dayNumberOf(date: CivilDate): number {
  const { year, month, day } = partsOf(date);
  // The year begins in March here, so that the leap day is its last and months need no table.
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  return marchYear * 365 + leapDaysUntil(marchYear) + dayOfYear - daysBefore1970;
}

/** The date of a count of days from 1970-01-01. */
export function dateOfDayNumber(dayNumber: number): CivilDate {
  if (!Number.isSafeInteger(dayNumber)) throw new Error(`not a count of days: ${dayNumber}`);
  const days = dayNumber + daysBefore1970;
  // The guess is at most one year off, in either direction, over the years that are allowed.
  let marchYear = Math.floor((days * 400) / daysIn400Years);
  while (marchYear * 365 + leapDaysUntil(marchYear) > days) marchYear -= 1;
  while ((marchYear + 1) * 365 + leapDaysUntil(marchYear + 1) <= days) marchYear += 1;
  const dayOfYear = days - (marchYear * 365 + leapDaysUntil(marchYear));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return written({ year: month > 2 ? marchYear : marchYear + 1, month, day });
}

/** The date so many days later, or earlier if the count is negative. */
export function plusDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

/** The days from one date to another; negative if the other is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

/**
 * The date of the same number so many months later; the month's last day where it has no such day,
 * as terms in months and years end (a permit of three years from 29 February ends on 28 February).
 */
export function plusMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date);
  const count = year * 12 + (month - 1) + months;
  const there = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return written({ ...there, day: Math.min(day, daysInMonth(there.year, there.month)) });
}

/** The day of the week, from 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: CivilDate): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumberOf(date) + 3) % 7) + 7) % 7) + 1;
}

const daysIn400Years = 146_097;

/** Days from the first of March of year 0 to 1970-01-01. */
const daysBefore1970 = 719_468;

/** Leap days before the first of March of a year, counted from that of year 0. */
function leapDaysUntil(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Reckoning may pass the years that a record may name, but never leaves four digits. */
function written({ year, month, day }: DateParts): CivilDate {
  if (year < 1 || year > 9999) throw new Error(`the year ${year} is not written in four digits`);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}` as CivilDate;
}

/** A whole number with zeros before it. */
export function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
