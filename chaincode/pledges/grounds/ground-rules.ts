/** Which grounds a decision needs, and which of them the law knows (PL-13). */
import {
  groundsOfRefusal,
  groundsOfSuspension,
  type LegalGround,
} from '../../kernel/legal-grounds.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { OfficerDecision } from '../application.ts';
import { refuse } from '../refusals.ts';

const norm = 'PL-13; 000 alg. 15-16';

/** A suspension names grounds of article 27 and no other, a refusal those of article 31. */
export function groundFaults({
  decision,
  grounds,
}: Pick<OfficerDecision, 'decision' | 'grounds'>): readonly Refusal[] {
  const article = ({ SUSPEND: '27', REFUSE: '31' } as Record<string, string | undefined>)[decision];
  if (article === undefined) return [];
  return grounds.length > 0 && grounds.every((ground) => ground.article === article)
    ? unknownGrounds(grounds)
    : [refuse('GROUND_MISSING', { norm, params: { article } })];
}

/** Grounds that are none of their article's. What was named instead is not repeated: it may be a name. */
export function unknownGrounds(grounds: OfficerDecision['grounds']): readonly Refusal[] {
  return grounds.flatMap(({ article, code }, index) =>
    known[article].some((each) => each.code === code)
      ? []
      : [
          refuse('GROUND_UNKNOWN', {
            norm,
            field: `/decision/grounds/${index}/code`,
            params: { article },
          }),
        ],
  );
}

const known: Record<'27' | '31', readonly LegalGround[]> = {
  27: groundsOfSuspension,
  31: groundsOfRefusal,
};
