/**
 * The private records of an application: everything personal that its holders keep of it.
 *
 * Whoever deposits another kind of personal record adds it here, so that the purge takes it (CN-6)
 * and a holder that lacks it finds out. What else lies in the collections is not personal, and is
 * only ever read by its hash, which every peer has: verdicts, seals, slots, executions.
 */
import { z } from 'zod';
import type { Application } from './application.ts';
import { participantsMostOf } from './application-rules.ts';

const revision = z.int().min(1).max(101);

/** One private record of an application; participant zero is who decides: the officer, or the
 * pledgee's head who refuses. */
export const heldPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('DOSSIER'), revision }),
  z.strictObject({
    kind: z.literal('EVIDENCE'),
    revision,
    participant: z.int().min(0).max(100),
  }),
  z.strictObject({ kind: z.literal('REASONS'), revision }),
]);
export type HeldPart = z.output<typeof heldPart>;

/** The key of a part in its holders' collections: opaque, as it names an application at random. */
export function heldKey(application: string, part: HeldPart): string {
  switch (part.kind) {
    case 'DOSSIER':
      return `dossier:${application}:${part.revision}`;
    case 'REASONS':
      return `reasons:${application}:${part.revision}`;
    case 'EVIDENCE':
      return `evidence:${application}:${part.revision}:${part.participant}`;
  }
}

/**
 * Every part that may have been deposited: of each revision the dossier and the signatures of as
 * many participants as any revision had, and so much of the next one as is not public yet.
 */
export function heldPartsOf(application: Application): readonly HeldPart[] {
  const parts: HeldPart[] = [];
  const participants = participantsMostOf(application);
  for (let each = 1; each <= application.revision + 1; each += 1) {
    parts.push({ kind: 'DOSSIER', revision: each }, { kind: 'REASONS', revision: each });
    for (let participant = 0; participant <= participants; participant += 1) {
      parts.push({ kind: 'EVIDENCE', revision: each, participant });
    }
  }
  return parts;
}
