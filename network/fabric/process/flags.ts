/** A program's options by their long names. */
export type Flags = Readonly<Record<string, string | number | true | undefined>>;

/** Writes options for a command line: absent ones are left out, `true` stands alone. */
export function flags(options: Flags): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
}
