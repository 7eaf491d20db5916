import { expect } from 'chai';
import { calendarOfKazakhstan as calendar } from '../../../chaincode/kernel/calendar-of-kazakhstan.ts';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import {
  dueAfter,
  dueAfterDay,
  dueByDayOfMonth,
  isLate,
  type Term,
} from '../../../chaincode/kernel/deadline.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import { permitProviderHours, receptionDay } from '../../../chaincode/kernel/working-hours.ts';

const oneWorkingDay: Term = { unit: 'WORKING_DAYS', count: 1 };

describe('a deadline', () => {
  it('of one working day after a Friday is the end of Monday in Almaty (000 alg. 14)', () => {
    const due = valueOrThrow(
      dueAfter(calendar, knownInstant('2026-11-20T09:30:00.000Z'), oneWorkingDay),
    );
    expect(due).to.deep.equal({ lastDay: '2026-11-23', until: '2026-11-23T18:59:59.999Z' });
    expect(isLate(due, knownInstant('2026-11-23T18:59:59.999Z'))).to.equal(false);
    expect(isLate(due, knownInstant('2026-11-23T19:00:00.000Z'))).to.equal(true);
  });

  it('begins with the day of Almaty, not of UTC', () => {
    // In Almaty it is past midnight: already Tuesday.
    const due = valueOrThrow(
      dueAfter(calendar, knownInstant('2026-11-23T19:00:00.000Z'), oneWorkingDay),
    );
    expect(due.lastDay).to.equal('2026-11-25');
  });

  it('passes over the days of Nauryz', () => {
    const due = valueOrThrow(dueAfterDay(calendar, knownDate('2026-03-20'), oneWorkingDay));
    expect(due.lastDay).to.equal('2026-03-26');
  });

  it('in calendar days ends on a day off or after it, as the term says', () => {
    const term = { unit: 'CALENDAR_DAYS', count: 10 } as const;
    const day = knownDate('2026-11-11');
    const stays = dueAfterDay(calendar, day, { ...term, lastDayOff: 'STAYS' });
    const passes = dueAfterDay(calendar, day, { ...term, lastDayOff: 'NEXT_WORKING_DAY' });
    expect(valueOrThrow(stays).lastDay).to.equal('2026-11-21');
    expect(valueOrThrow(passes).lastDay).to.equal('2026-11-23');
  });

  it('by the tenth counts the tenth or not, as the regime reads it (004 cl. 4)', () => {
    const month = knownDate('2026-10-01');
    const rule = { dayOfMonth: 10, lastDayOff: 'STAYS' } as const;
    const counts = dueByDayOfMonth(calendar, month, { ...rule, theDayItself: 'COUNTS' });
    const not = dueByDayOfMonth(calendar, month, { ...rule, theDayItself: 'DOES_NOT_COUNT' });
    expect(valueOrThrow(counts).lastDay).to.equal('2026-10-10');
    expect(valueOrThrow(not).lastDay).to.equal('2026-10-09');
  });

  it('outside the calendar is refused and not guessed', () => {
    expect(dueAfterDay(calendar, knownDate('2027-12-31'), oneWorkingDay).ok).to.equal(false);
  });
});

describe('reception within working hours (DA-3)', () => {
  const cases = [
    ['early on a working day', '2026-11-20T01:00:00.000Z', '2026-11-20'],
    ['in the lunch break', '2026-11-20T08:30:00.000Z', '2026-11-20'],
    ['as working time ends', '2026-11-20T13:30:00.000Z', '2026-11-20'],
    ['after it, on a Friday', '2026-11-20T13:30:00.001Z', '2026-11-23'],
    ['on a Saturday', '2026-11-21T06:00:00.000Z', '2026-11-23'],
    ['on a holiday', '2026-12-16T06:00:00.000Z', '2026-12-17'],
    ['on a Saturday to which work was moved', '2024-05-04T06:00:00.000Z', '2024-05-04'],
  ] as const;
  for (const [when, cameIn, day] of cases) {
    it(`${when}: ${day}`, () => {
      const outcome = receptionDay(calendar, permitProviderHours, knownInstant(cameIn));
      expect(valueOrThrow(outcome)).to.equal(day);
    });
  }
});
