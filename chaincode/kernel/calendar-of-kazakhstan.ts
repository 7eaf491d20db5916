import type { CalendarYear, WorkingCalendar } from './calendar.ts';
import type { Certainty } from './certainty.ts';
import { knownDate } from './civil-date.ts';

/** What differs from year to year; days are `MM-DD`, pairs as the ledger's record names them. */
type Particulars = {
  readonly kurbanAit: string;
  /** 30 August until 2025, 15 March from 2027 on; none in 2026. */
  readonly constitution?: string;
  readonly shifted: readonly string[];
  readonly moved: readonly string[];
  readonly source: string;
  readonly certainty: Certainty;
};

/** The holidays that fall on the same days in each of these years. */
const yearly: readonly (readonly [string, CalendarYear['holidays'][number]['name']])[] = [
  ['01-01', 'NEW_YEAR'],
  ['01-02', 'NEW_YEAR'],
  ['01-07', 'ORTHODOX_CHRISTMAS'],
  ['03-08', 'WOMENS_DAY'],
  ['03-21', 'NAURYZ'],
  ['03-22', 'NAURYZ'],
  ['03-23', 'NAURYZ'],
  ['05-01', 'UNITY_DAY'],
  ['05-07', 'DEFENDERS_DAY'],
  ['05-09', 'VICTORY_DAY'],
  ['07-06', 'CAPITAL_DAY'],
  ['10-25', 'REPUBLIC_DAY'],
  ['12-16', 'INDEPENDENCE_DAY'],
];

function yearOf(year: number, particulars: Particulars): CalendarYear {
  const { kurbanAit, constitution, shifted, moved, source, certainty } = particulars;
  const on = (day: string) => knownDate(`${year}-${day}`);
  const holidays = [
    ...yearly,
    [kurbanAit, 'KURBAN_AIT'] as const,
    ...(constitution === undefined ? [] : [[constitution, 'CONSTITUTION_DAY'] as const]),
  ];
  return {
    year,
    holidays: holidays
      .map(([day, name]) => ({ date: on(day), name }))
      .toSorted((one, other) => (one.date < other.date ? -1 : 1)),
    shifted: shifted.map((pair) => ({ dayOff: on(pair.slice(0, 5)), holiday: on(pair.slice(6)) })),
    moved: moved.map((pair) => ({ dayOff: on(pair.slice(0, 5)), workedOn: on(pair.slice(6)) })),
    source,
    certainty,
  };
}

/**
 * The calendar of Kazakhstan from 2024 to 2027: the data with which the ledger is founded.
 *
 * The rule: a public holiday on a weekend makes the next working day a day off; 7 January and the
 * first day of Kurban Ait are days off without a shift; the Government may move days by an order.
 * The years are written out and not computed: a year's orders are facts, and a library that computed
 * them was wrong for May 2024, January 2025, Nauryz of 2026 and 2027 and August 2026.
 */
export const calendarOfKazakhstan: WorkingCalendar = {
  years: [
    yearOf(2024, {
      kurbanAit: '06-16',
      constitution: '08-30',
      shifted: ['03-25 03-23', '07-08 07-06'],
      moved: ['05-08 05-04'],
      source: 'Production calendar of Kazakhstan for 2024; the Government moved 8 May to 4 May.',
      certainty: 'CONFIRMED',
    }),
    yearOf(2025, {
      kurbanAit: '06-06',
      constitution: '08-30',
      shifted: [
        '03-10 03-08',
        '03-24 03-22',
        '03-25 03-23',
        '07-07 07-06',
        '09-01 08-30',
        '10-27 10-25',
      ],
      moved: ['01-03 01-05'],
      source:
        'Production calendar of Kazakhstan for 2025 (pobipb.kz); 3 January was moved to 5 January.',
      certainty: 'CONFIRMED',
    }),
    yearOf(2026, {
      kurbanAit: '05-27',
      shifted: ['03-09 03-08', '03-24 03-21', '03-25 03-22', '05-11 05-09', '10-26 10-25'],
      moved: [],
      source:
        'Production calendar of Kazakhstan for 2026 and a notice of taspanews of 18.03.2026: 16 March and 31 August are worked.',
      certainty: 'PARTLY',
    }),
    yearOf(2027, {
      kurbanAit: '05-16',
      constitution: '03-15',
      shifted: ['01-04 01-02', '03-24 03-21', '05-03 05-01', '05-10 05-09'],
      moved: [],
      source:
        'Computed by the rule of shifts; no order for 2027 was at hand, and none may be made yet.',
      certainty: 'ASSUMED',
    }),
  ],
};
