/** Ways that an application may take beside the straight one, as an orderly platform would take them. */
import { type Model, type ModelApplication, parts } from '../model/model.ts';
import type { Attempt } from '../scene/attempt.ts';
import { refuseBeforeFiling, signRefusal, soundRefusal } from './refuse-as-pledgee.ts';
import { addDocuments, signSupplement, soundAdding, soundSupplementSigning } from './supplement.ts';

/** The next step of the way that is open where the application stands; none if there is none. */
export function detour(model: Model, which: ModelApplication): Attempt | undefined {
  switch (which.state) {
    case 'PREPARED':
      return refusal(model, which);
    case 'FILED':
    case 'ACCEPTED':
    case 'SUSPENDED':
      return supplement(model, which);
    default:
      return undefined;
  }
}

/** The pledgee's head signs a refusal, and the platform ends the application by it (PL-8). */
function refusal(model: Model, which: ModelApplication): Attempt | undefined {
  const { refusals, revision } = which;
  return refusals.at(-1)?.revision === revision
    ? refuseBeforeFiling.attempt(model, { which, by: undefined, earlier: false, altered: false })
    : signRefusal.attempt(model, { ...soundRefusal, which });
}

/** Everyone who signs does so for a document more, and the platform adds it (PL-13). */
function supplement(model: Model, which: ModelApplication): Attempt | undefined {
  const { supplements, revision } = which;
  const { document } = soundSupplementSigning;
  const unsigned = parts(which).find(
    ({ number, signs }) =>
      signs &&
      !supplements.some(
        (each) =>
          each.participant === number && each.revision === revision + 1 && each.added === document,
      ),
  );
  if (unsigned === undefined) return addDocuments.attempt(model, { ...soundAdding, which });
  const { number: participant } = unsigned;
  return signSupplement.attempt(model, { ...soundSupplementSigning, which, participant });
}
