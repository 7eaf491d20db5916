import { expect } from 'chai';
import fc from 'fast-check';
import {
  civilDateSchema,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
  knownDate,
  parseCivilDate,
  plusDays,
  plusMonths,
  weekdayOf,
} from '../../../chaincode/kernel/civil-date.ts';
import { parsed } from '../../../chaincode/kernel/from-zod.ts';
import { refused } from '../../../chaincode/kernel/outcome.ts';
import { refuse } from '../../../chaincode/kernel/refusals.ts';

const from1800to2199 = fc.integer({ min: -62_091, max: 84_005 });

describe('dates', () => {
  it('count the same days as the platform does, over all the years allowed', () => {
    for (let dayNumber = -62_091; dayNumber <= 84_005; dayNumber += 1) {
      const date = dateOfDayNumber(dayNumber);
      const theirs = new Date(dayNumber * 86_400_000);
      if (date !== theirs.toISOString().slice(0, 10)) expect.fail(`${date} on day ${dayNumber}`);
      if (dayNumberOf(date) !== dayNumber) expect.fail(`${date} has another number`);
      if (weekdayOf(date) % 7 !== theirs.getUTCDay()) expect.fail(`${date} on another weekday`);
    }
    expect(dateOfDayNumber(-62_091)).to.equal('1800-01-01');
    expect(dateOfDayNumber(84_005)).to.equal('2199-12-31');
  });

  it('are refused where they do not exist or are written otherwise', () => {
    const faults = [
      ['2026-02-29', 'DATE_NOT_IN_CALENDAR'],
      ['2100-02-29', 'DATE_NOT_IN_CALENDAR'],
      ['2026-13-01', 'DATE_NOT_IN_CALENDAR'],
      ['2026-00-10', 'DATE_NOT_IN_CALENDAR'],
      ['2026-04-31', 'DATE_NOT_IN_CALENDAR'],
      ['1799-12-31', 'DATE_OUT_OF_RANGE'],
      ['2200-01-01', 'DATE_OUT_OF_RANGE'],
      ['2026-1-01', 'DATE_FORMAT'],
      ['2026-01-01\n', 'DATE_FORMAT'],
      ['٢٠٢٦-01-01', 'DATE_FORMAT'],
      ['', 'DATE_FORMAT'],
    ] as const;
    for (const [text, code] of faults) {
      const outcome = parseCivilDate(text);
      expect(outcome.ok ? text : outcome.refusals[0].code, text).to.equal(code);
    }
    expect(parsed(civilDateSchema, '2026-02-30')).to.deep.equal(
      refused(refuse('DATE_NOT_IN_CALENDAR', { field: '' })),
    );
  });

  it('go forth and back by days', () => {
    fc.assert(
      fc.property(from1800to2199, fc.integer({ min: -4000, max: 4000 }), (dayNumber, days) => {
        const date = dateOfDayNumber(dayNumber);
        expect(plusDays(plusDays(date, days), -days)).to.equal(date);
        expect(daysBetween(date, plusDays(date, days))).to.equal(days);
      }),
    );
  });

  it('end on the last day of a month that lacks the number', () => {
    expect(plusMonths(knownDate('2024-02-29'), 36)).to.equal('2027-02-28');
    expect(plusMonths(knownDate('2026-01-31'), 1)).to.equal('2026-02-28');
    expect(plusMonths(knownDate('2026-01-31'), -2)).to.equal('2025-11-30');
    expect(plusMonths(knownDate('2026-01-15'), -13)).to.equal('2024-12-15');
    expect(plusMonths(knownDate('2026-11-20'), 12)).to.equal('2027-11-20');
  });
});
