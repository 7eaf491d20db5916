import { z } from 'zod';

/**
 * How sure a fact is that no text of law at hand prints: it stands beside the fact wherever the fact
 * goes, so that nobody takes our assumption for the law.
 *
 * `CONFIRMED`: by a named source. `PARTLY`: one weak or old source, or inferred from several.
 * `ASSUMED`: ours, to be replaced when the authority or a lawyer says otherwise.
 */
export const certaintySchema = z.enum(['CONFIRMED', 'PARTLY', 'ASSUMED']);
export type Certainty = z.infer<typeof certaintySchema>;
