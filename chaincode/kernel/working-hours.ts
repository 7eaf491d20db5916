import { localTimeOf } from './almaty.ts';
import { addWorkingDays, isWorkingDay, type WorkingCalendar } from './calendar.ts';
import type { CivilDate } from './civil-date.ts';
import { msPerMinute, type Instant } from './instant.ts';
import { accepted, type Outcome } from './outcome.ts';

/** The hours of a body on its working days, in minutes from midnight in Almaty. */
export type WorkingHours = { readonly fromMinute: number; readonly untilMinute: number };

/**
 * The hours of the provider of the permit (`DA-3`; 001 and 003 annex 1 8)): Monday to Friday, 9:00
 * to 18:30. The lunch break of 13:00 to 14:30 is no end of working time, so it is left out. A
 * weekend day to which work was moved is a working day of the same hours: our reading.
 */
export const permitProviderHours: WorkingHours = {
  fromMinute: 9 * 60,
  untilMinute: 18 * 60 + 30,
};

/**
 * The day on which what came in at an instant is received (001 cl. 5): the same day until working
 * time ends, its last moment with it and the hours before it begins too; else the next working day.
 */
export function receptionDay(
  calendar: WorkingCalendar,
  hours: WorkingHours,
  cameIn: Instant,
): Outcome<CivilDate> {
  const { date, msOfDay } = localTimeOf(cameIn);
  const worked = isWorkingDay(calendar, date);
  if (!worked.ok) return worked;
  const inTime = worked.value && msOfDay <= hours.untilMinute * msPerMinute;
  return inTime ? accepted(date) : addWorkingDays(calendar, date, 1);
}
