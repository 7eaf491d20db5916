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
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${value}`);
    return String(value === 0 ? 0 : value);
  }
  return isList(value) ? listText(value, depth + 1) : membersText(value, depth + 1);
}

// Every record passes here when it is written: texts are put together as they come, without lists
// in between.

function listText(items: readonly Json[], depth: number): string {
  let text = '';
  for (const item of items) text += `${text === '' ? '' : ','}${canonicalJson(item, depth)}`;
  return `[${text}]`;
}

function membersText(value: { readonly [name: string]: Json | undefined }, depth: number): string {
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(member, depth)}`;
  }
  return `{${text}}`;
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
