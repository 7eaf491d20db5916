/** Parts of a batch: how many there may be, and where what belongs to one of them stands. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';

/** Most lines of a part: what one transaction carries well (`docs/decisions/batches.md`). */
export const linesMax = 500;
/** Most parts of a batch; their outcomes are read in one page. */
export const partsMax = 100;

/** Which part of which batch. */
export const partPlace = z.strictObject({
  batch: applicationIdSchema,
  part: z.int().min(1).max(partsMax),
});
export type PartPlace = z.output<typeof partPlace>;

/** The key of what belongs to a part; padded, so that parts are read in their order. */
export function partKey({ batch, part }: { batch: string; part: number }): readonly string[] {
  return [batch, String(part).padStart(3, '0')];
}
