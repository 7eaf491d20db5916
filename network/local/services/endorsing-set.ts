/** Which organisations are asked to endorse: the fewest that satisfy every policy. */

/** A policy, as far as the choice needs it. */
export type Condition = {
  satisfiedBy(mspIds: Iterable<string>): boolean;
};

/** Beyond this many organisations not every combination is tried, but one is grown greedily. */
const exhaustiveMax = 12;

/**
 * The cheapest of the candidates' sets that meets all conditions, or `undefined`.
 *
 * Organisations in `endorsed` cost nothing, since they have answered already; among equally small
 * sets those are chosen whose members come first, so that the caller's order spreads the work.
 */
export function endorsingSet(
  candidates: readonly string[],
  conditions: readonly Condition[],
  endorsed: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  const met = (mspIds: readonly string[]) =>
    conditions.every((condition) => condition.satisfiedBy(mspIds));
  const free = candidates.filter((mspId) => endorsed.has(mspId));
  const asked = candidates.filter((mspId) => !endorsed.has(mspId));
  if (!met(candidates)) return undefined;
  const chosen =
    asked.length <= exhaustiveMax
      ? smallest(asked, (subset) => met([...free, ...subset]))
      : pruned(asked, (subset) => met([...free, ...subset]));
  // An organisation that no policy needs is left out, although it has answered.
  return chosen && pruned([...chosen, ...free], met);
}

/** The first of the smallest subsets that does; subsets of a size come in the given order. */
function smallest(
  items: readonly string[],
  does: (subset: readonly string[]) => boolean,
): readonly string[] | undefined {
  for (let size = 0; size <= items.length; size++) {
    for (const subset of subsetsOf(items, size)) if (does(subset)) return subset;
  }
  return undefined;
}

function* subsetsOf(items: readonly string[], size: number): Generator<readonly string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= items.length - size; first++) {
    const head = items[first] as string;
    for (const rest of subsetsOf(items.slice(first + 1), size - 1)) yield [head, ...rest];
  }
}

/** Drops one after the other, from the last, whatever is not needed. */
function pruned(
  items: readonly string[],
  does: (subset: readonly string[]) => boolean,
): readonly string[] {
  return items.reduceRight<readonly string[]>((kept, item) => {
    const without = kept.filter((other) => other !== item);
    return does(without) ? without : kept;
  }, items);
}
