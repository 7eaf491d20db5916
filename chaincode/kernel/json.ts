import type { z } from 'zod';
import type { Json } from './canonical-json.ts';
import { parsed } from './from-zod.ts';
import { accepted, andThen, refused, type Outcome } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusals.ts';

/** What a body may be at most. */
export type JsonBounds = { readonly maximumBytes: number; readonly maximumDepth?: number };

/** Deepest nesting that is read: as deep as canonical JSON is written. */
const depthMax = 32;

/**
 * Reads JSON that means the same to every reader: bounded in size and depth, no member twice, whole
 * numbers that are safe, no lone surrogate. What passes here can be written as canonical JSON.
 */
export function parseJson(text: string, bounds: JsonBounds): Outcome<Json> {
  if (Buffer.byteLength(text) > bounds.maximumBytes) {
    const params = { maximum: String(bounds.maximumBytes) };
    return refused(refuse('BODY_TOO_LARGE', { params }));
  }
  const fault = faultOfTokens(text, bounds.maximumDepth ?? depthMax);
  if (fault !== undefined) return refused(fault);
  try {
    return accepted(JSON.parse(text) as Json);
  } catch {
    return refused(refuse('BODY_NOT_JSON'));
  }
}

/** Reads a body and parses it with its schema, every fault at once. */
export function parsedJson<T>(schema: z.ZodType<T>, text: string, bounds: JsonBounds): Outcome<T> {
  return andThen(parseJson(text, bounds), (value) => parsed(schema, value));
}

/**
 * Looks through the tokens for what `JSON.parse` lets pass. It need not know the grammar: a text
 * that is no JSON is refused by `JSON.parse` afterwards, whatever was seen here.
 */
function faultOfTokens(text: string, maximumDepth: number): Refusal | undefined {
  if (!text.isWellFormed()) return refuse('BODY_NOT_JSON');
  const open: Set<string>[] = [];
  const token = /[{}[\]]|"|-?\d[\d.eE+-]*/g;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [mark] = found;
    if (mark === '{' || mark === '[') {
      open.push(new Set());
      if (open.length > maximumDepth) {
        return refuse('BODY_TOO_DEEP', { params: { maximum: String(maximumDepth) } });
      }
    } else if (mark === '}' || mark === ']') {
      open.pop();
    } else if (mark === '"') {
      const end = endOfString(text, found.index);
      const fault = faultOfString(text.slice(found.index, end), text, end, open.at(-1));
      if (fault !== undefined) return fault;
      token.lastIndex = end;
    } else if (!isWholeNumber(mark)) {
      return refuse('BODY_NUMBER_NOT_WHOLE');
    }
  }
  return undefined;
}

/** The place after a string's closing quote; the text's end if it has none. */
function endOfString(text: string, start: number): number {
  let place = start + 1;
  while (place < text.length && text[place] !== '"') place += text[place] === '\\' ? 2 : 1;
  return Math.min(place + 1, text.length);
}

/** A name that stands twice, or that JavaScript would take for an object's prototype. */
function faultOfString(
  quoted: string,
  text: string,
  end: number,
  names: Set<string> | undefined,
): Refusal | undefined {
  const escaped = quoted.includes('\\');
  const colon = /[ \t\r\n]*:/y;
  colon.lastIndex = end;
  const isName = colon.test(text);
  if (!escaped && !isName) return undefined;
  const value = unquoted(quoted);
  if (value === undefined || !value.isWellFormed()) return refuse('BODY_NOT_JSON');
  if (!isName) return undefined;
  if (value === '__proto__' || names === undefined) return refuse('BODY_NOT_JSON');
  if (names.has(value)) return refuse('BODY_NAME_TWICE');
  names.add(value);
  return undefined;
}

function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}

function isWholeNumber(text: string): boolean {
  return /^-?(0|[1-9]\d*)$/.test(text) && text !== '-0' && Number.isSafeInteger(Number(text));
}
