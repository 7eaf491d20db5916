/**
 * The editions that stand on the ledger from its founding (RG-3).
 *
 * What the five texts print is stated with its place. What they do not print, above all days of
 * first official publication (RG-6), is assumed and says so; a decision may record the fact.
 */
import { type CivilDate, knownDate, plusDays, plusMonths } from '../kernel/civil-date.ts';
import { inForceFrom } from './rules.ts';
import type { EditionDraft } from './schema.ts';

type SourcedDate = EditionDraft['from'];

const pilotPublished = knownDate('2025-05-28');
const kdpPublished = knownDate('2022-07-15');
const kdpChangesPublished = knownDate('2025-06-04');
const permitsPublished = knownDate('2023-06-06');
const miningPublished = knownDate('2022-05-04');
/** So published, the repeal takes effect on 4 June 2023, the edition date of the stored copy. */
const miningRepealPublished = knownDate('2023-04-04');

const pilotFrom = inForceFrom(pilotPublished, 10);

/** The editions in the order in which they entered into force, procedure by procedure. */
export const foundingEditions: readonly EditionDraft[] = [
  {
    procedure: 'PLEDGE',
    edition: 'pilot-2025',
    orders: [
      { number: '165/НҚ', date: knownDate('2025-04-19') },
      { number: '276', date: knownDate('2025-05-22') },
    ],
    publication: assumedPublication(pilotPublished),
    from: counted(pilotFrom, '000 cl. 8: when 10 calendar days have passed after publication'),
    until: counted(plusDays(plusMonths(pilotFrom, 12), -1), '000 cl. 8: for twelve months'),
    parameters: {
      terms: {
        registration: workingDays(1, '000 alg. 14'),
        termination: workingDays(1, '000 alg. 22'),
      },
      monthDays: {},
      months: {},
      excludedParticipants: ['SECOND_TIER_BANK'],
    },
  },
  {
    procedure: 'KDP',
    edition: 'kdp-2022',
    orders: [{ number: '236/НҚ', date: knownDate('2022-07-08') }],
    publication: assumedPublication(kdpPublished),
    from: counted(
      inForceFrom(kdpPublished, 10),
      '002 order cl. 4: when 10 calendar days have passed after publication',
    ),
    parameters: kdpParameters(),
  },
  {
    procedure: 'KDP',
    edition: 'kdp-2025',
    orders: [
      { number: '236/НҚ', date: knownDate('2022-07-08') },
      { number: '276/НҚ', date: knownDate('2025-05-30') },
    ],
    publication: assumedPublication(kdpChangesPublished),
    from: counted(
      inForceFrom(kdpChangesPublished, 10),
      '002 notes: when 10 calendar days have passed after publication',
    ),
    parameters: kdpParameters(),
  },
  {
    procedure: 'PERMIT',
    edition: 'permits-2023',
    orders: [{ number: '130/НҚ', date: knownDate('2023-06-01') }],
    publication: assumedPublication(permitsPublished),
    from: counted(
      inForceFrom(permitsPublished, 60),
      '001 order cl. 4: when 60 calendar days have passed after publication',
    ),
    until: printed('2025-01-07', '003 note to cl. 2: the changes are in force from 2025-01-08'),
    parameters: permitParameters(),
  },
  {
    procedure: 'PERMIT',
    edition: 'permits-2025',
    orders: [
      { number: '130/НҚ', date: knownDate('2023-06-01') },
      { number: '607/НҚ', date: knownDate('2024-09-27') },
    ],
    from: printed('2025-01-08', '003 note to cl. 2'),
    until: printed('2026-04-30', '003 note: repealed by 224/НҚ of 2026-04-30 from 2026-05-01'),
    parameters: permitParameters(),
  },
  {
    procedure: 'MINING',
    edition: 'mining-2022',
    orders: [
      { number: '384/НҚ', date: knownDate('2020-10-13') },
      { number: '146/НҚ', date: knownDate('2022-04-29') },
    ],
    publication: assumedPublication(miningPublished),
    from: counted(
      inForceFrom(miningPublished, 10),
      '004 order cl. 4: when 10 calendar days have passed after publication',
    ),
    until: counted(
      plusDays(inForceFrom(miningRepealPublished, 60), -1),
      '004 note: repealed by 117/НҚ of 2023-03-30, 60 calendar days after its publication',
    ),
    parameters: miningParameters(),
  },
];

function assumedPublication(date: CivilDate): SourcedDate {
  const source = 'Not printed in the text; assumed from the dates of signing and registration.';
  return { date, source, certainty: 'ASSUMED' };
}

/** A date counted from an assumed day is no surer than that day. */
function counted(date: CivilDate, source: string): SourcedDate {
  return { date, source, certainty: 'ASSUMED' };
}

function printed(date: string, source: string): SourcedDate {
  return { date: knownDate(date), source, certainty: 'CONFIRMED' };
}

function workingDays(count: number, source: string) {
  return { term: { unit: 'WORKING_DAYS' as const, count }, source };
}

/** The texts do not say what becomes of a last day that is a day off; by the civil rule it moves. */
function calendarDays(count: number, source: string) {
  const lastDayOff = 'NEXT_WORKING_DAY' as const;
  return { term: { unit: 'CALENDAR_DAYS' as const, count, lastDayOff }, source };
}

/** Our reading counts the day itself; the texts leave it open (RG-5). */
function byDayOfMonth(dayOfMonth: number, source: string) {
  const reading = { theDayItself: 'COUNTS', lastDayOff: 'NEXT_WORKING_DAY' } as const;
  return { rule: { dayOfMonth, ...reading }, source };
}

function kdpParameters(): EditionDraft['parameters'] {
  return {
    terms: { application: workingDays(10, '002 cl. 9') },
    monthDays: {},
    months: {},
    excludedParticipants: [],
  };
}

/** Both editions of the permit rules state the same; the only noted change is in cl. 2. */
function permitParameters(): EditionDraft['parameters'] {
  return {
    terms: {
      completeness: workingDays(2, '001, 003 cl. 6'),
      review: workingDays(3, '001, 003 cl. 7'),
      service: workingDays(5, '001, 003 annex 1 4)'),
      hearingNotice: workingDays(3, '001, 003 cl. 8'),
      hearing: workingDays(2, '001, 003 cl. 8'),
      noticeOfNewRules: workingDays(3, '001, 003 cl. 12'),
      complaintForwarding: workingDays(3, '001, 003 cl. 13'),
      complaintReview: workingDays(5, '001, 003 cl. 14'),
      complaintReviewByControlBody: workingDays(15, '001, 003 cl. 14'),
    },
    monthDays: {},
    months: { permit: { count: 36, source: '001, 003 annex 3' } },
    excludedParticipants: [],
    nodesMin: 5,
  };
}

function miningParameters(): EditionDraft['parameters'] {
  return {
    terms: {
      noticeBeforeStart: calendarDays(30, '004 cl. 3'),
      noticeOfEnd: calendarDays(10, '004 cl. 5'),
      informEnergyBody: calendarDays(10, '004 cl. 6'),
    },
    monthDays: {
      quarterlyReport: byDayOfMonth(10, '004 cl. 4'),
      informFinanceBody: byDayOfMonth(15, '004 cl. 6-1'),
    },
    months: {},
    excludedParticipants: [],
  };
}
