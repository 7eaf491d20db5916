/** Why an officer suspends or refuses: grounds of the law, which everyone sees, and the reasons (PL-13). */
import { z } from 'zod';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type DocumentHash, documentHashOf } from '../../kernel/document-hash.ts';
import { boundedText } from '../../kernel/text.ts';
import { decision, ground, type OfficerDecision } from '../application.ts';

/** A ground with the officer's words on it. They may name persons: they are private (SE-2). */
export const statedGround = z.strictObject({
  ...ground.shape,
  reason: boundedText({ maximumCharacters: 1000, multiline: true }),
});
export type StatedGround = z.output<typeof statedGround>;

/** A decision as the officer signs it, with the reasons. */
export const statedDecision = decision.omit({ reasons: true }).extend({
  grounds: z.array(statedGround).max(10),
});
export type StatedDecision = z.output<typeof statedDecision>;

/** What holders keep of the reasons, in one text. */
export const keptGrounds = z.strictObject({
  salt: z.string(),
  grounds: statedDecision.shape.grounds,
});

/** The one text of the grounds; salted, since few reasons are common and their hash is public. */
export function groundsText(salt: string, grounds: readonly StatedGround[]): string {
  return canonicalJson({ salt, grounds: [...grounds] });
}

/** The hash by which everyone knows the grounds with their reasons, and which the officer signs. */
export function groundsHash(salt: string, grounds: readonly StatedGround[]): DocumentHash {
  return documentHashOf(groundsText(salt, grounds));
}

/** The decision as everyone may see it: which grounds of the law, and of the reasons their hash. */
export function withoutReasons(salt: string, stated: StatedDecision): OfficerDecision {
  const grounds = stated.grounds.map(({ article, code }) => ({ article, code }));
  return { ...stated, grounds, reasons: groundsHash(salt, stated.grounds) };
}
