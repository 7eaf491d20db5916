/**
 * Cursors of lists: where the next page begins.
 *
 * One holds what follows the list's own prefix in the next key. Records that are inserted or go away
 * meanwhile shift nothing, and no cursor leads out of the list that it is given to.
 */
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { refuse } from '../kernel/refusals.ts';

/** The cursor of a key that begins with a list's prefix. */
export function cursorAt(prefix: string, key: string): string {
  return Buffer.from(key.slice(prefix.length)).toString('base64url');
}

/** The key at which a list goes on; what no page gave is refused. */
export function keyAt(prefix: string, cursor: string): Outcome<string> {
  const bytes = Buffer.from(cursor, 'base64url');
  const rest = bytes.toString('utf8');
  const isOurs =
    bytes.toString('base64url') === cursor && Buffer.from(rest).equals(bytes) && isParts(rest);
  return isOurs
    ? accepted(`${prefix}${rest}`)
    : refused(refuse('CURSOR_MALFORMED', { field: '/cursor' }));
}

/** Whole parts of a key, each with its end behind it. */
function isParts(rest: string): boolean {
  const parts = rest.split('\u0000');
  return (
    parts.length > 1 &&
    parts.every((part, index) => (index === parts.length - 1) === (part === '')) &&
    !rest.includes('\u{10ffff}')
  );
}
