/** When a head is in force, and how a term ends. */
import type { CivilDate } from '../../kernel/civil-date.ts';
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { refuse } from '../refusals.ts';
import type { Head } from './schema.ts';

/** The end of a term: its last day, and the act that says so. */
type End = {
  readonly until: CivilDate;
  readonly dismissal: NonNullable<Head['dismissal']>;
};

/** A head that may be recorded: the term does not end before it begins. */
export function named(head: Head): Outcome<Head> {
  return head.until !== undefined && head.until < head.from
    ? refused(refuse('HEAD_TERM_REVERSED', { norm: 'OR-1', field: '/until' }))
    : accepted(head);
}

/**
 * The term with an earlier last day. A term only shrinks: whom the organisation would keep longer,
 * it names anew. One that ends before its first day never was, as after an error.
 */
export function ended(head: Head, end: End): Outcome<Head> {
  return head.until !== undefined && head.until <= end.until
    ? refused(refuse('HEAD_ENDED_ALREADY', { norm: 'OR-1', params: { until: head.until } }))
    : accepted({ ...head, ...end });
}

/** Whether the head is in force on a day, which is that of the verified time stamp. */
export function inForce(head: Head, day: CivilDate): Outcome<Head> {
  return head.from <= day && (head.until === undefined || day <= head.until)
    ? accepted(head)
    : refused(refuse('HEAD_NOT_IN_FORCE', { norm: 'OR-1; 000 alg. 9', params: { on: day } }));
}
