/** Lists in records: each has a stated bound, and at it a refusal that says what to do. */
import { accepted, type Outcome, refused } from './outcome.ts';
import { refuse } from './refusals.ts';

/** Which list it is, in the refusal's word, how much it holds, and the norm that it grows under. */
export type Bounded = { readonly what: string; readonly limit: number; readonly norm: string };

/** The list with one more, unless it is full. */
export function withOneMore<T>(
  list: readonly T[],
  one: T,
  { what, limit, norm }: Bounded,
): Outcome<T[]> {
  return list.length < limit
    ? accepted([...list, one])
    : refused(refuse('RECORD_FULL', { norm, params: { what, limit: String(limit) } }));
}
