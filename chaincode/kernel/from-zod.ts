import type { z } from 'zod';
import { accepted, refused, type Outcome, type Refusals } from './outcome.ts';
import { pointerOf, type Step } from './pointer.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusals.ts';

/** Most refusals that one form is answered with; the last one then says how many are left out. */
export const refusalsMax = 50;

/** Most values that a refusal lists as allowed: a longer list is no help in a sentence. */
const allowedMax = 20;

/** Parses a value with its schema: the value as the schema gives it, or every fault of it. */
export function parsed<T>(schema: z.ZodType<T>, input: unknown): Outcome<T> {
  const result = schema.safeParse(input);
  return result.success ? accepted(result.data) : refused(...fromZod(result.error, input));
}

/** Says every fault that zod found in the input as refusals, by JSON pointer, within a bound. */
export function fromZod(error: z.ZodError, input: unknown): Refusals {
  const found = error.issues.flatMap((issue) => fromIssue(issue, [], input));
  const shown = found.length > refusalsMax ? found.slice(0, refusalsMax - 1) : found;
  const left = found.length - shown.length;
  const rest = left === 0 ? [] : [refuse('FAULTS_NOT_SHOWN', { params: { count: String(left) } })];
  const [first = refuse('FIELD_INVALID'), ...others] = [...shown, ...rest];
  return [first, ...others];
}

type Issue = z.core.$ZodIssue;

function fromIssue(issue: Issue, parent: readonly PropertyKey[], input: unknown): Refusal[] {
  const path = [...parent, ...issue.path];
  const field = pointerOf(shownSteps(path));
  switch (issue.code) {
    case 'invalid_type':
      return [fromType(issue.expected, field, path, input)];
    case 'too_small':
      return [tooSmall(issue, field)];
    case 'too_big':
      return [tooLarge(issue, field)];
    case 'invalid_value':
      return [notOneOf(issue.values, field, path, input)];
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        refuse('FIELD_UNKNOWN', { field: pointerOf(shownSteps([...path, key])) }),
      );
    case 'invalid_union':
      return fromUnion(issue, path, input);
    case 'invalid_format':
      return [refuse('FIELD_FORMAT', { field })];
    case 'invalid_key':
      return [refuse('FIELD_UNKNOWN', { field })];
    case 'custom':
      return [fromCustom(issue.params?.['refusal'], field)];
    case 'not_multiple_of':
    case 'invalid_element':
      return [refuse('FIELD_INVALID', { field })];
  }
}

/**
 * Names of members as our schemas write them. Other names are the sender's own words, which may be
 * anything, a person's number among them: the pointer then stops at the part that holds them.
 */
const memberName = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** More digits in a name than any of ours has may be a number that means somebody. */
const digitsMax = 4;

function isMemberName(name: string): boolean {
  return memberName.test(name) && name.replace(/\D/g, '').length <= digitsMax;
}

function shownSteps(path: readonly PropertyKey[]): Step[] {
  const steps: Step[] = [];
  for (const step of path) {
    if (typeof step === 'symbol') return steps;
    if (typeof step === 'string' && !isMemberName(step)) return steps;
    steps.push(step);
  }
  return steps;
}

function fromType(
  expected: string,
  field: string,
  path: readonly PropertyKey[],
  input: unknown,
): Refusal {
  if (valueAt(input, path) === undefined) return refuse('FIELD_REQUIRED', { field });
  switch (expected) {
    case 'string':
      return refuse('FIELD_NOT_TEXT', { field });
    case 'number':
      return refuse('FIELD_NOT_NUMBER', { field });
    case 'int':
      return refuse('FIELD_NOT_INTEGER', { field });
    case 'boolean':
      return refuse('FIELD_NOT_BOOLEAN', { field });
    case 'array':
    case 'tuple':
      return refuse('FIELD_NOT_LIST', { field });
    case 'object':
    case 'record':
      return refuse('FIELD_NOT_OBJECT', { field });
    default:
      return refuse('FIELD_INVALID', { field });
  }
}

/** What the sender gave at a path; zod does not say whether a member was absent. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
      return undefined;
    }
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, field: string): Refusal {
  const params = { minimum: String(issue.minimum) };
  if (issue.origin === 'string') return refuse('FIELD_TOO_SHORT', { field, params });
  if (issue.origin === 'array') return refuse('LIST_TOO_SHORT', { field, params });
  return refuse('FIELD_TOO_SMALL', { field, params });
}

function tooLarge(issue: z.core.$ZodIssueTooBig, field: string): Refusal {
  const params = { maximum: String(issue.maximum) };
  if (issue.origin === 'string') return refuse('FIELD_TOO_LONG', { field, params });
  if (issue.origin === 'array') return refuse('LIST_TOO_LONG', { field, params });
  return refuse('FIELD_TOO_LARGE', { field, params });
}

function notOneOf(
  values: readonly unknown[],
  field: string,
  path: readonly PropertyKey[],
  input: unknown,
): Refusal {
  if (valueAt(input, path) === undefined) return refuse('FIELD_REQUIRED', { field });
  const listed = values.slice(0, allowedMax).map(String).join(', ');
  const allowed = values.length > allowedMax ? `${listed}, …` : listed;
  return refuse('FIELD_NOT_ONE_OF', { field, params: { allowed } });
}

/** Of a union, the faults of the member that came nearest: the others' would only mislead. */
function fromUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
  input: unknown,
): Refusal[] {
  if ('options' in issue && issue.options !== undefined) {
    return [notOneOf(issue.options, pointerOf(shownSteps(path)), path, input)];
  }
  const nearest = issue.errors.toSorted((one, other) => one.length - other.length)[0];
  if (nearest === undefined)
    return [refuse('FIELD_INVALID', { field: pointerOf(shownSteps(path)) })];
  return nearest.flatMap((inner) => fromIssue(inner, path, input));
}

/** A check of ours hands its own refusal through zod; it says more than "invalid". */
function fromCustom(given: unknown, field: string): Refusal {
  if (!isRefusal(given)) return refuse('FIELD_INVALID', { field });
  return { ...given, field: field + (given.field ?? '') };
}

function isRefusal(given: unknown): given is Refusal {
  return typeof given === 'object' && given !== null && 'code' in given;
}
