/**
 * JSON pointers (RFC 6901): how a refusal names the field of a form that it is about.
 */

/** A step into a value: the name of a member or the index in a list. */
export type Step = string | number;

/** Writes the steps from a form's root as a JSON pointer: `['parties', 0, 'iin']` is `/parties/0/iin`. */
export function pointerOf(steps: readonly Step[]): string {
  return steps.map((step) => `/${escaped(String(step))}`).join('');
}

/** The pointer of a field within a part that itself stands at `parent`. */
export function pointerWithin(parent: string, field: string | undefined): string {
  return parent + (field ?? '');
}

/** `~` first: the other order would escape the escapes. */
function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
