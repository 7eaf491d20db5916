import { canonicalJson } from './canonical-json.ts';
import { pointerWithin } from './pointer.ts';
import type { Refusal } from './refusal.ts';

/**
 * What a rule gives back: the value, or every reason why there is none.
 *
 * All faults of a form are listed together (`PL-3`), so a refused outcome holds a list.
 */
export type Outcome<T> = Accepted<T> | Refused;
export type Accepted<T> = { readonly ok: true; readonly value: T };
export type Refused = { readonly ok: false; readonly refusals: Refusals };

/** At least one refusal: a refused outcome without a reason cannot be written down. */
export type Refusals = readonly [Refusal, ...Refusal[]];

/** The outcome of something that was accepted. */
export function accepted<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

/** The outcome of something that was refused, with every reason. */
export function refused(...refusals: Refusals): Refused {
  return { ok: false, refusals };
}

/** Accepts the value if no fault was found; for rules that collect their faults in a list. */
export function unlessRefused<T>(faults: readonly Refusal[], value: T): Outcome<T> {
  const [first, ...rest] = faults;
  return first === undefined ? accepted(value) : refused(first, ...rest);
}

/** The refusals of an outcome; none if it was accepted. */
export function refusalsOf(outcome: Outcome<unknown>): readonly Refusal[] {
  return outcome.ok ? [] : outcome.refusals;
}

/** Goes on with the value, or passes the refusals on. */
export function andThen<T, U>(outcome: Outcome<T>, next: (value: T) => Outcome<U>): Outcome<U> {
  return outcome.ok ? next(outcome.value) : outcome;
}

/** Says where in the form the outcome's part stands: its refusals' pointers begin with `parent`. */
export function at<T>(parent: string, outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  const [first, ...rest] = outcome.refusals;
  return refused(moved(parent, first), ...rest.map((refusal) => moved(parent, refusal)));
}

function moved(parent: string, refusal: Refusal): Refusal {
  return { ...refusal, field: pointerWithin(parent, refusal.field) };
}

/** The value that an outcome of this type holds. */
export type ValueOf<O> = O extends Accepted<infer T> ? T : never;

/** Joins the parts of a form: all their values, or all their refusals in the order of the parts. */
export function all<Parts extends Readonly<Record<string, Outcome<unknown>>>>(
  parts: Parts,
): Outcome<{ readonly [Name in keyof Parts]: ValueOf<Parts[Name]> }> {
  const values = Object.entries(parts).map(([name, part]) => [name, part.ok ? part.value : null]);
  return unlessRefused(
    Object.values(parts).flatMap(refusalsOf),
    // The names are the parts' own and each value is of its part's outcome: no part was refused.
    Object.fromEntries(values) as { readonly [Name in keyof Parts]: ValueOf<Parts[Name]> },
  );
}

/** Joins the items of a list: all their values, or all their refusals. */
export function each<T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> {
  return unlessRefused(
    outcomes.flatMap(refusalsOf),
    outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
  );
}

/**
 * Carries refusals out of a contract: Fabric passes on nothing of an error but its message, so the
 * message is canonical JSON.
 */
export class RefusedError extends Error {
  readonly refusals: Refusals;

  constructor(refusals: Refusals) {
    super(canonicalJson({ refusals: [...refusals] }));
    this.name = 'RefusedError';
    this.refusals = refusals;
  }
}

/** The value, or an exception that carries the refusals: for the edge of a contract alone. */
export function valueOrThrow<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new RefusedError(outcome.refusals);
}
