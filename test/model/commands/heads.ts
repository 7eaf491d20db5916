/** What the sequences show of a head, and what is against it (OR-1). */
import type { Model } from '../model/model.ts';
import { saltOf } from '../scene/numbers.ts';
import { listedHeads, type PersonName, pledgees } from '../scene/parties.ts';

/** The salt by which the organisation named its head, or another. */
export function shownSalt(own: PersonName, isStrange = false): string {
  return saltOf(isStrange ? 'another' : `head ${own}`);
}

/** Whoever signs for an organisation that names its heads is one of them, and still is. */
export function againstHead(model: Model, own: PersonName, isStrange = false) {
  return [
    isStrange && listedHeads.some((name) => name === own) && 'HEAD_UNKNOWN',
    pledgees.some((name) => name === own && model.dismissed.has(name)) && 'HEAD_NOT_IN_FORCE',
  ];
}
