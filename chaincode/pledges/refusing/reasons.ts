/** Why a pledgee refuses: the text of the law asks for no reasons, we state them (PL-8). */
import { z } from 'zod';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type DocumentHash, documentHashOf } from '../../kernel/document-hash.ts';
import { boundedText } from '../../kernel/text.ts';

/** What of the algorithm the application does not conform to. It may name persons: it is private. */
export const refusalReason = z.strictObject({
  /** The clause of the algorithm: `6`, `8`. */
  clause: z.string().regex(/^\d{1,2}( \d{1,2}\))?$/),
  reason: boundedText({ maximumCharacters: 1000, multiline: true }),
});
export type RefusalReason = z.output<typeof refusalReason>;

/** The one text of the reasons; salted, since few reasons are common and their hash is public. */
export function reasonsText(salt: string, reasons: readonly RefusalReason[]): string {
  return canonicalJson({ salt, reasons: [...reasons] });
}

/** The hash by which everyone knows the reasons, and which the head signs. */
export function reasonsHash(salt: string, reasons: readonly RefusalReason[]): DocumentHash {
  return documentHashOf(reasonsText(salt, reasons));
}
