/** Editions and calendars as they stand on the ledger. */
import { type CalendarYear, calendarYearSchema, type WorkingCalendar } from '../kernel/calendar.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { recordType } from '../ledger/record.ts';
import { refuse } from './refusals.ts';
import { type Edition, editionType, type Procedure } from './schema.ts';

/** A year of the working calendar (RG-5); its source stands in the record. */
export const calendarType = recordType({
  name: 'calendar.year',
  version: 1,
  schema: calendarYearSchema,
  keyOf: (data: CalendarYear) => [String(data.year)],
});

/** The editions of a procedure, or of all of them. */
export async function editionsOn(
  ledger: Reader,
  procedure?: Procedure,
): Promise<readonly Edition[]> {
  const found = await ledger.findAll(editionType, procedure === undefined ? [] : [procedure]);
  return found.map(({ data }) => data);
}

/** One edition by its name. */
export async function editionOn(
  ledger: Reader,
  procedure: Procedure,
  edition: string,
): Promise<Outcome<Edition>> {
  const found = await ledger.find(editionType, [procedure, edition]);
  return found === undefined
    ? refused(refuse('REGIME_UNKNOWN', { norm: 'RG-1', params: { procedure } }))
    : accepted(found.data);
}

/** The working calendar of the years that are recorded. */
export async function calendarOn(ledger: Reader): Promise<WorkingCalendar> {
  return { years: (await ledger.findAll(calendarType)).map(({ data }) => data) };
}
