import { schemaOf, type Brand } from './brand.ts';
import { dateOfDayNumber, dayNumberOf, padded, parseCivilDate } from './civil-date.ts';
import { accepted, refused, valueOrThrow, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * A moment in UTC, always written in full with milliseconds: `2026-11-20T09:30:00.000Z`.
 *
 * One moment has one text, so that two instants compare as texts and hash alike.
 */
export type Instant = Brand<string, 'Instant'>;

export const msPerMinute = 60_000;
export const msPerDay = 86_400_000;

/** How far a client's clock may be ahead of a peer's: what Fabric itself allows. */
export const clientAheadMs = 15 * msPerMinute;

/** Reads an instant; other forms of ISO 8601, an offset among them, are refused. */
export function parseInstant(text: string): Outcome<Instant> {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})\.\d{3}Z$/.exec(text);
  if (found === null) return refused(refuse('INSTANT_FORMAT'));
  const [, date = '', hour, minute, second] = found;
  const day = parseCivilDate(date);
  if (!day.ok) return day;
  // No leap seconds: neither Fabric's time nor a time stamp of the national centre has any.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return refused(refuse('INSTANT_FORMAT'));
  }
  return accepted(text as Instant);
}

/** An instant that stands in our own sources; a malformed one is our mistake and throws. */
export function knownInstant(text: string): Instant {
  return valueOrThrow(parseInstant(text));
}

export const instantSchema = schemaOf(parseInstant, {
  description: 'A moment in UTC with milliseconds.',
  examples: ['2026-11-20T09:30:00.000Z'],
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  maxLength: 24,
});

/** Milliseconds from 1970-01-01T00:00:00.000Z. */
export function msOf(instant: Instant): number {
  const day = dayNumberOf(valueOrThrow(parseCivilDate(instant.slice(0, 10))));
  const minutes = Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));
  const ms = Number(instant.slice(17, 19)) * 1000 + Number(instant.slice(20, 23));
  return day * msPerDay + minutes * msPerMinute + ms;
}

/** The instant of a count of milliseconds from 1970. */
export function instantOfMs(ms: number): Instant {
  if (!Number.isSafeInteger(ms)) throw new Error(`not a count of milliseconds: ${ms}`);
  const dayNumber = Math.floor(ms / msPerDay);
  const rest = ms - dayNumber * msPerDay;
  const minutes = Math.floor(rest / msPerMinute);
  const time = [Math.floor(minutes / 60), minutes % 60, Math.floor((rest % msPerMinute) / 1000)];
  const clock = time.map((part) => padded(part, 2)).join(':');
  return `${dateOfDayNumber(dayNumber)}T${clock}.${padded(rest % 1000, 3)}Z` as Instant;
}

/** The instant of Fabric's time stamps; what is finer than a millisecond is dropped. */
export function instantOfSeconds(seconds: number, nanoseconds: number): Instant {
  return instantOfMs(seconds * 1000 + Math.floor(nanoseconds / 1_000_000));
}

/** The instant so many milliseconds later, or earlier if the count is negative. */
export function plusMs(instant: Instant, ms: number): Instant {
  return instantOfMs(msOf(instant) + ms);
}
