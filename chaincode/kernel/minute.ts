import { schemaOf, type Brand } from './brand.ts';
import { type Instant, knownInstant, msPerMinute, parseInstant, plusMs } from './instant.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/** A minute in UTC, `2026-11-20T09:30Z`: as finely as EGKN says when it accepted something (PL-15). */
export type Minute = Brand<string, 'Minute'>;

/** Reads a minute that there is: the 99th of a 99th month has the right form and never comes. */
export function parseMinute(text: string): Outcome<Minute> {
  const isMinute =
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(text) && parseInstant(beginningOf(text)).ok;
  return isMinute ? accepted(text as Minute) : refused(refuse('MINUTE_FORMAT'));
}

export const minuteSchema = schemaOf(parseMinute, {
  description: 'A minute in UTC.',
  examples: ['2026-11-20T09:30Z'],
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}Z$',
  maxLength: 17,
});

/** The minute of an instant. */
export function minuteOf(instant: Instant): Minute {
  return `${instant.slice(0, 16)}Z` as Minute;
}

/** Its first instant. */
export function startOfMinute(minute: Minute): Instant {
  return knownInstant(beginningOf(minute));
}

/** Its last instant. */
export function endOfMinute(minute: Minute): Instant {
  return plusMs(startOfMinute(minute), msPerMinute - 1);
}

function beginningOf(minute: string): string {
  return minute.replace(/Z$/, ':00.000Z');
}
