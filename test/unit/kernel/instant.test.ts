import { expect } from 'chai';
import fc from 'fast-check';
import {
  endOfDay,
  localDateOf,
  localTimeOf,
  startOfDay,
} from '../../../chaincode/kernel/almaty.ts';
import { dateOfDayNumber, knownDate } from '../../../chaincode/kernel/civil-date.ts';
import {
  instantOfMs,
  instantOfSeconds,
  knownInstant,
  msOf,
  parseInstant,
  plusMs,
} from '../../../chaincode/kernel/instant.ts';

describe('instants', () => {
  it('are written as the platform writes them', () => {
    const ms = fc.integer({ min: -5_000_000_000_000, max: 7_000_000_000_000 });
    fc.assert(
      fc.property(ms, (value) => {
        const instant = instantOfMs(value);
        expect(instant).to.equal(new Date(value).toISOString());
        expect(msOf(instant)).to.equal(value);
        expect(parseInstant(instant).ok).to.equal(true);
      }),
    );
  });

  it('come from Fabric without what is finer than a millisecond', () => {
    expect(instantOfSeconds(1_795_000_000, 999_999_999)).to.match(/\.999Z$/);
    expect(plusMs(knownInstant('2026-12-31T23:59:59.999Z'), 1)).to.equal(
      '2027-01-01T00:00:00.000Z',
    );
  });

  it('are refused in any other form', () => {
    const others = [
      '2026-11-20T09:30:00Z',
      '2026-11-20T09:30:00.000+05:00',
      '2026-11-20 09:30:00.000Z',
      '2026-11-20T24:00:00.000Z',
      '2026-11-20T09:60:00.000Z',
      '2026-06-30T23:59:60.000Z',
      '2026-02-30T00:00:00.000Z',
      '2026-11-20T09:30:00.000z',
    ];
    for (const text of others) expect(parseInstant(text).ok, text).to.equal(false);
  });
});

describe('the zone of Almaty', () => {
  it('is UTC+6 until the last of February 2024 and UTC+5 from then on', () => {
    expect(localDateOf(knownInstant('2023-06-30T17:59:59.999Z'))).to.equal('2023-06-30');
    expect(localDateOf(knownInstant('2023-06-30T18:00:00.000Z'))).to.equal('2023-07-01');
    expect(localDateOf(knownInstant('2026-06-30T18:59:59.999Z'))).to.equal('2026-06-30');
    expect(localDateOf(knownInstant('2026-06-30T19:00:00.000Z'))).to.equal('2026-07-01');
    const back = localTimeOf(knownInstant('2024-02-29T18:00:00.000Z'));
    expect(back).to.deep.equal({ date: '2024-02-29', msOfDay: 23 * 3_600_000 });
  });

  it('gave the day of the change 25 hours', () => {
    const date = knownDate('2024-02-29');
    expect(startOfDay(date)).to.equal('2024-02-28T18:00:00.000Z');
    expect(endOfDay(date)).to.equal('2024-02-29T18:59:59.999Z');
  });

  it('agrees with the platform about the day of any instant', () => {
    const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Almaty', dateStyle: 'short' });
    // From 2005 on; older tables of the platform may not know the change of 2024, so only around it.
    const ms = fc.integer({ min: 1_104_537_600_000, max: 1_709_200_000_000 });
    fc.assert(
      fc.property(ms, (value) => {
        expect(localDateOf(instantOfMs(value))).to.equal(days.format(new Date(value)));
      }),
    );
  });

  it('has every day begin where the one before ended', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12_784, max: 80_000 }), (dayNumber) => {
        const date = dateOfDayNumber(dayNumber);
        expect(localDateOf(startOfDay(date))).to.equal(date);
        expect(localDateOf(endOfDay(date))).to.equal(date);
        expect(plusMs(endOfDay(date), 1)).to.equal(startOfDay(dateOfDayNumber(dayNumber + 1)));
      }),
    );
  });
});
