import { z } from 'zod';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusals.ts';

/** What a text of a form may be; lengths in code points, as people count characters. */
export type TextBounds = {
  readonly minimumCharacters?: number;
  readonly maximumCharacters: number;
  /** Whether it may run over several lines. */
  readonly multiline?: boolean;
};

/**
 * A schema of a text that people write and read: bounded, not blank, well-formed, and without
 * characters that cannot be seen. It is kept as it was written: to fold its case or its accents
 * would take Unicode's tables, which differ between versions.
 */
export function boundedText(bounds: TextBounds): z.ZodString {
  return z
    .string()
    .superRefine((text, context) => {
      for (const refusal of faultsOfText(text, bounds)) {
        context.addIssue({ code: 'custom', params: { refusal } });
      }
    })
    .meta({ minLength: bounds.minimumCharacters ?? 1, maxLength: bounds.maximumCharacters });
}

/** Every fault of a text that people write. */
export function faultsOfText(text: string, bounds: TextBounds): Refusal[] {
  const minimum = bounds.minimumCharacters ?? 1;
  // A text beyond any hope is not walked through: a character has at most two code units.
  if (text.length > bounds.maximumCharacters * 2) return [tooLong(bounds)];
  const characters = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const faults: Refusal[] = [];
  if (characters.length > bounds.maximumCharacters) faults.push(tooLong(bounds));
  if (characters.length < minimum) {
    faults.push(refuse('FIELD_TOO_SHORT', { params: { minimum: String(minimum) } }));
  } else if (minimum > 0 && characters.every(isSpace)) {
    faults.push(refuse('TEXT_BLANK'));
  }
  if (characters.some((character) => isUnseen(character, bounds.multiline ?? false))) {
    faults.push(refuse('TEXT_UNSEEN_CHARACTER'));
  }
  return faults;
}

function tooLong(bounds: TextBounds): Refusal {
  const params = { maximum: String(bounds.maximumCharacters) };
  return refuse('FIELD_TOO_LONG', { params });
}

/** Space, no-break space, and the ends of lines. */
function isSpace(character: number): boolean {
  return [0x20, 0xa0, 0x09, 0x0a, 0x0d].includes(character);
}

/**
 * Ranges of characters that are not seen, or that make a text read otherwise than it is stored:
 * what one party signs must be what the other one reads. Written out, since they never change.
 */
const unseen: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  // Soft hyphen, zero-width characters, and marks and overrides of direction.
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  // Halves of surrogate pairs, mark of byte order, and what is no character.
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfffe, 0xffff],
];

function isUnseen(character: number, multiline: boolean): boolean {
  if (multiline && character === 0x0a) return false;
  return unseen.some(([first, last]) => first <= character && character <= last);
}
