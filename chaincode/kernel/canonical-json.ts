/**
 * One text for one value: what is hashed, signed and stored must not depend on who wrote it down.
 *
 * Keys are sorted by UTF-16 code unit, nothing stands between tokens, numbers are safe integers
 * (money and the like are decimal strings), and absent members are left out. For such values the
 * text is that of RFC 8785.
 */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/** Deepest nesting that is written; a deeper value is a mistake of ours, not a record. */
const depthMax = 32;

/** Writes a value as canonical JSON; throws for what canonical JSON cannot say, which is our bug. */
export function canonicalJson(value: Json, depth = 0): string {
  if (depth > depthMax) throw new Error(`canonical JSON is nested deeper than ${depthMax}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const member = value[name];
      return member === undefined ? [] : [`${quoted(name)}:${canonicalJson(member, depth + 1)}`];
    });
  return `{${members.join(',')}}`;
}

/** A lone surrogate has no UTF-8 form: the bytes hashed would not be the text stored. */
function quoted(text: string): string {
  if (!text.isWellFormed()) throw new Error('text with a lone surrogate');
  return JSON.stringify(text);
}

/** `Array.isArray` does not narrow a read-only list. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
