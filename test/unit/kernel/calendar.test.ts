import { expect } from 'chai';
import fc from 'fast-check';
import {
  addWorkingDays,
  calendarYearSchema,
  isWorkingDay,
  workingDayFrom,
  workingDaysBetween,
  type CalendarYear,
} from '../../../chaincode/kernel/calendar.ts';
import { calendarOfKazakhstan as calendar } from '../../../chaincode/kernel/calendar-of-kazakhstan.ts';
import {
  dateOfDayNumber,
  dayNumberOf,
  knownDate,
  plusDays,
  weekdayOf,
  type CivilDate,
} from '../../../chaincode/kernel/civil-date.ts';
import { parsed } from '../../../chaincode/kernel/from-zod.ts';
import { accepted, refused, valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import { refuse } from '../../../chaincode/kernel/refusals.ts';

const firstDay = dayNumberOf(knownDate('2024-01-01'));
const lastDay = dayNumberOf(knownDate('2027-12-31'));
/** Any day from which a walk of 60 working days either way stays within the calendar. */
const someDay = fc
  .integer({ min: firstDay + 120, max: lastDay - 120 })
  .map((dayNumber) => dateOfDayNumber(dayNumber));
const someCount = fc.integer({ min: 1, max: 60 });

function added(date: CivilDate, workingDays: number): CivilDate {
  return valueOrThrow(addWorkingDays(calendar, date, workingDays));
}

/** The weekdays off and the weekend days worked of a year, as `D.M` in a line. */
function particularsOf(year: number): string {
  const days: string[] = [];
  for (let number = firstDay; number <= lastDay; number += 1) {
    const date = dateOfDayNumber(number);
    const weekend = weekdayOf(date) > 5;
    const worked = valueOrThrow(isWorkingDay(calendar, date));
    if (!date.startsWith(String(year)) || worked !== weekend) continue;
    days.push(`${weekend ? '+' : ''}${Number(date.slice(8))}.${Number(date.slice(5, 7))}`);
  }
  return days.join(' ');
}

describe('the calendar of Kazakhstan', () => {
  it('has the days off that the sources print', () => {
    expect(particularsOf(2024)).to.equal(
      '1.1 2.1 8.3 21.3 22.3 25.3 1.5 +4.5 7.5 8.5 9.5 8.7 30.8 25.10 16.12',
    );
    expect(particularsOf(2025)).to.equal(
      '1.1 2.1 3.1 +5.1 7.1 10.3 21.3 24.3 25.3 1.5 7.5 9.5 6.6 7.7 1.9 27.10 16.12',
    );
    expect(particularsOf(2026)).to.equal(
      '1.1 2.1 7.1 9.3 23.3 24.3 25.3 1.5 7.5 11.5 27.5 6.7 26.10 16.12',
    );
    expect(particularsOf(2027)).to.equal(
      '1.1 4.1 7.1 8.3 15.3 22.3 23.3 24.3 3.5 7.5 10.5 6.7 25.10 16.12',
    );
  });

  it('shifts what the rule shifts, and nothing else', () => {
    for (const year of calendar.years) {
      const taken = new Set(year.holidays.map(({ date }) => date));
      const expected = year.holidays
        .filter(({ date, name }) => weekdayOf(date) > 5 && !isReligious(name))
        .map(({ date }) => {
          let dayOff = plusDays(date, 1);
          while (weekdayOf(dayOff) > 5 || taken.has(dayOff)) dayOff = plusDays(dayOff, 1);
          taken.add(dayOff);
          return { dayOff, holiday: date };
        });
      expect(year.shifted, String(year.year)).to.deep.equal(expected);
    }
  });

  it('is a record that its own schema accepts, with source and certainty', () => {
    for (const year of calendar.years) {
      expect(parsed(calendarYearSchema, year)).to.deep.equal(accepted(year));
    }
    expect(calendar.years.at(-1)?.certainty).to.equal('ASSUMED');
  });

  it('refuses a year that it does not know, also when a term walks into it', () => {
    const missing = refused(
      refuse('CALENDAR_YEAR_MISSING', { norm: 'RG-5', params: { year: '2028' } }),
    );
    expect(isWorkingDay(calendar, knownDate('2028-01-03'))).to.deep.equal(missing);
    expect(addWorkingDays(calendar, knownDate('2027-12-31'), 1)).to.deep.equal(missing);
    expect(addWorkingDays(calendar, knownDate('2024-01-03'), -1).ok).to.equal(false);
  });

  it('refuses a walk without bound rather than looping', () => {
    expect(addWorkingDays(calendar, knownDate('2024-01-03'), 10_000)).to.deep.equal(
      refused(refuse('TERM_TOO_LONG', { norm: 'RG-5' })),
    );
  });
});

describe('working days', () => {
  it('are counted over weekends, holidays and moved days', () => {
    // A Friday before a weekend, of which the Saturday is worked in May 2024.
    expect(added(knownDate('2024-05-03'), 1)).to.equal('2024-05-04');
    expect(added(knownDate('2024-05-04'), 2)).to.equal('2024-05-10');
    expect(added(knownDate('2025-01-01'), 1)).to.equal('2025-01-05');
    expect(added(knownDate('2026-03-20'), 1)).to.equal('2026-03-26');
    expect(added(knownDate('2026-03-26'), -1)).to.equal('2026-03-20');
    expect(valueOrThrow(workingDayFrom(calendar, knownDate('2026-03-21')))).to.equal('2026-03-26');
  });

  it('end on a working day, and so many of them are counted back', () => {
    fc.assert(
      fc.property(someDay, someCount, (date, count) => {
        const end = added(date, count);
        expect(valueOrThrow(isWorkingDay(calendar, end))).to.equal(true);
        expect(valueOrThrow(workingDaysBetween(calendar, date, end))).to.equal(count);
      }),
    );
  });

  it('keep their order', () => {
    fc.assert(
      fc.property(someDay, someCount, (date, count) => {
        expect(added(date, count) < added(date, count + 1)).to.equal(true);
        expect(added(date, count) <= added(plusDays(date, 1), count)).to.equal(true);
      }),
    );
  });

  it('lead back to a working day from which they were counted', () => {
    fc.assert(
      fc.property(someDay, someCount, (date, count) => {
        const start = valueOrThrow(workingDayFrom(calendar, date));
        expect(added(added(start, count), -count)).to.equal(start);
      }),
    );
  });
});

describe('a calendar year that someone proposes', () => {
  const good: CalendarYear = {
    year: 2028,
    holidays: [{ date: knownDate('2028-01-01'), name: 'NEW_YEAR' }],
    shifted: [{ dayOff: knownDate('2028-01-03'), holiday: knownDate('2028-01-01') }],
    moved: [{ dayOff: knownDate('2028-05-08'), workedOn: knownDate('2028-05-06') }],
    source: 'a test',
    certainty: 'ASSUMED',
  };
  const ofAnotherYear = knownDate('2029-05-07');
  const cases: readonly [string, Partial<CalendarYear>, string][] = [
    [
      'a shift into another year',
      { shifted: [{ dayOff: ofAnotherYear, holiday: knownDate('2028-01-01') }] },
      'CALENDAR_DAY_OF_ANOTHER_YEAR /shifted/0',
    ],
    [
      'a move within another year',
      { moved: [{ dayOff: ofAnotherYear, workedOn: knownDate('2029-05-05') }] },
      'CALENDAR_DAY_OF_ANOTHER_YEAR /moved/0',
    ],
    [
      'a holiday of another year',
      { holidays: [...good.holidays, { date: knownDate('2027-05-01'), name: 'UNITY_DAY' }] },
      'CALENDAR_DAY_OF_ANOTHER_YEAR /holidays/1',
    ],
    ['a shift for no holiday', { holidays: [] }, 'CALENDAR_SHIFT_WITHOUT_HOLIDAY /shifted/0'],
    [
      'work moved to a weekday',
      { moved: [{ dayOff: knownDate('2028-05-08'), workedOn: knownDate('2028-05-09') }] },
      'CALENDAR_MOVE_NOT_WEEKEND /moved/0',
    ],
    [
      'a day off twice',
      { moved: [{ dayOff: knownDate('2028-01-03'), workedOn: knownDate('2028-01-08') }] },
      'CALENDAR_DAY_TWICE ',
    ],
    [
      'a weekend as a moved day off',
      { moved: [{ dayOff: knownDate('2028-05-07'), workedOn: knownDate('2028-05-06') }] },
      'CALENDAR_DAY_TWICE ',
    ],
  ];

  it('is accepted when it holds together', () => {
    expect(parsed(calendarYearSchema, good).ok).to.equal(true);
  });

  for (const [what, change, expected] of cases) {
    it(`is refused with ${what}`, () => {
      const outcome = parsed(calendarYearSchema, { ...good, ...change });
      const found = outcome.ok ? [] : outcome.refusals.map(({ code, field }) => `${code} ${field}`);
      expect(found).to.deep.equal([expected]);
    });
  }
});

function isReligious(name: string): boolean {
  return name === 'KURBAN_AIT' || name === 'ORTHODOX_CHRISTMAS';
}
