/**
 * Writes YAML for Fabric's configuration files: maps, lists and scalars, nothing else.
 *
 * Texts are always quoted as in JSON, so no value is ever taken for another kind.
 */
export type Yaml =
  string | number | boolean | readonly Yaml[] | { readonly [name: string]: Yaml | undefined };

/** Writes a document; members that are `undefined` are left out. */
export function yaml(value: Yaml): string {
  return `${block(value, '').trimStart()}\n`;
}

function block(value: Yaml, indent: string): string {
  if (isList(value)) {
    if (value.length === 0) return ' []';
    return value.map((item) => `\n${indent}-${nested(item, indent)}`).join('');
  }
  if (typeof value === 'object') {
    const members = Object.entries(value).filter((entry) => entry[1] !== undefined);
    if (members.length === 0) return ' {}';
    return members
      .map(([name, member]) => `\n${indent}${key(name)}:${nested(member as Yaml, indent)}`)
      .join('');
  }
  return ` ${JSON.stringify(value)}`;
}

function nested(value: Yaml, indent: string): string {
  return block(value, `${indent}  `);
}

/** Names with a slash or the like (Fabric's ACLs) need quotes. */
function key(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

/** `Array.isArray` does not narrow a read-only list. */
function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
