/** What became of the tests of one or several runs. */
export type Tally = {
  readonly passed: number;
  readonly failed: readonly Failure[];
  readonly skipped: readonly Skip[];
};

/** A test that failed, or a run that died, and what it said. */
export type Failure = { readonly title: string; readonly error: string };

/** A test that did not run, and why. */
export type Skip = { readonly title: string; readonly reason: string };

/** Adds up the tallies of several runs. */
export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/**
 * The end of a test run's output: what failed, why tests were skipped, then the one line that a
 * program reads.
 *
 * Failures are said again, since build servers keep the end of a long output and cut the rest.
 * Reasons are grouped, since a missing program skips a whole suite for one reason.
 */
export function summary({ passed, failed, skipped }: Tally): string {
  const byReason = groupByReason(skipped);
  const reasons = [...byReason].flatMap(([reason, skips]) => [
    `Skipped ${skips.length}: ${reason}`,
    ...skips.slice(0, shownSkips).map((skip) => `  - ${skip.title}`),
    ...(skips.length > shownSkips ? [`  - and ${skips.length - shownSkips} more`] : []),
  ]);
  const failures = failed.flatMap(({ title, error }) => [`Failed: ${title}`, indented(error)]);
  const figures = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
  return [...failures, ...reasons, figures].join('\n');
}

/** Errors of a comparison print whole objects; where they begin tells enough. */
function indented(error: string): string {
  return error.slice(0, shownErrorMax).replaceAll(/^/gm, '  ');
}

const shownErrorMax = 1500;

const shownSkips = 10;

/** Zero tests pass vacuously, and that is how a broken path or filter looks: it is a failure. */
export function isGreen({ passed, failed, skipped }: Tally): boolean {
  return failed.length === 0 && passed + skipped.length > 0;
}

function groupByReason(skipped: readonly Skip[]): Map<string, Skip[]> {
  const groups = new Map<string, Skip[]>();
  for (const skip of skipped) groups.set(skip.reason, [...(groups.get(skip.reason) ?? []), skip]);
  return groups;
}
