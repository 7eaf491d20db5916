/** How the lines of a file are cut into the parts of a batch. */
import { type BatchLine, type NumberedLine, placeOfLine, stageOf } from './checked-lines.ts';

/** A part: its lines in the order in which they are carried out, and where each stood in the file. */
export type Part = { readonly lines: readonly BatchLine[]; readonly of: readonly number[] };

/**
 * Cuts lines into parts of at most a size. Parts go in any order and the lines of a part in theirs,
 * so that changes and end of a pledge are put right behind the entry that the same file brings,
 * wherever in the file they stand; all else keeps the file's order. The lines about one record stay
 * together, though they be more than the size.
 */
export function arranged(lines: readonly NumberedLine[], size: number): readonly Part[] {
  const parts: NumberedLine[][] = [];
  for (const group of groupsOf(lines)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + group.length <= size) last.push(...group);
    else parts.push([...group]);
  }
  return parts.map((each) => ({
    lines: each.map(({ line }) => line),
    of: each.map(({ number }) => number),
  }));
}

/** The lines about one record together, where the first of them stands, in the order of its life. */
function groupsOf(lines: readonly NumberedLine[]): readonly (readonly NumberedLine[])[] {
  const groups = new Map<string, NumberedLine[]>();
  for (const each of lines) {
    const place = placeOfLine(each.line);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [each]);
    else group.push(each);
  }
  return [...groups.values()].map((group) =>
    group.toSorted((one, other) => (stageOf(one.line) < stageOf(other.line) ? -1 : 1)),
  );
}
