import { dateOfDayNumber, dayNumberOf, plusDays, type CivilDate } from './civil-date.ts';
import { instantOfMs, knownInstant, msOf, msPerDay, msPerMinute, type Instant } from './instant.ts';

/**
 * The zone Asia/Almaty, in which the deadlines run (`RG-5`), as data: a peer's own table of zones
 * may be older or newer than its neighbour's.
 *
 * Source: the time-zone database, release 2024a. UTC+6 until 2024-03-01 00:00 by the clock there,
 * UTC+5 since: the clocks went back to 23:00, so 2024-02-29 had 25 hours. Before 31 October 2004
 * summer time was kept, which is left out: no calendar of ours reaches so far back.
 */
const offsets: readonly { readonly from: Instant; readonly minutes: number }[] = [
  { from: knownInstant('1970-01-01T00:00:00.000Z'), minutes: 360 },
  { from: knownInstant('2024-02-29T18:00:00.000Z'), minutes: 300 },
];

/** What the clocks of Almaty show at an instant. */
export type LocalTime = { readonly date: CivilDate; readonly msOfDay: number };

/** The day and the time of day in Almaty. */
export function localTimeOf(instant: Instant): LocalTime {
  const localMs = msOf(instant) + offsetMsAt(instant);
  const dayNumber = Math.floor(localMs / msPerDay);
  return { date: dateOfDayNumber(dayNumber), msOfDay: localMs - dayNumber * msPerDay };
}

/** The day in Almaty on which an instant falls. */
export function localDateOf(instant: Instant): CivilDate {
  return localTimeOf(instant).date;
}

/** The first instant of a day in Almaty. */
export function startOfDay(date: CivilDate): Instant {
  const localMs = dayNumberOf(date) * msPerDay;
  const starts = offsets
    .map(({ minutes }) => instantOfMs(localMs - minutes * msPerMinute))
    .filter((instant) => msOf(instant) + offsetMsAt(instant) === localMs)
    .toSorted();
  // Almaty never moved its clocks forward over midnight, so every day has a beginning.
  if (starts[0] === undefined) throw new Error(`no midnight on ${date}`);
  return starts[0];
}

/** The last instant of a day in Almaty: what is done by then is done on that day. */
export function endOfDay(date: CivilDate): Instant {
  return instantOfMs(msOf(startOfDay(plusDays(date, 1))) - 1);
}

function offsetMsAt(instant: Instant): number {
  const offset = offsets.findLast(({ from }) => from <= instant) ?? offsets[0];
  return (offset?.minutes ?? 0) * msPerMinute;
}
