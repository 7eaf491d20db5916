/**
 * A figure that the project claims, and how it is measured.
 *
 * A figure alone says little, since every machine gives another; so each case measures what it is
 * compared with in the same run, and the ratio is the claim.
 */
export type BenchCase = {
  /** `npm run bench -- NAME`. */
  readonly name: string;
  /** One sentence: what is measured and what it is compared with. */
  readonly about: string;
  /** The first figure is the headline. */
  run(options: BenchOptions): Promise<readonly [Figure, ...Figure[]]>;
};

export type BenchOptions = {
  /** Measure on real Fabric, or beside it; its programs must be at hand. */
  readonly fabric: boolean;
  /** How many records, where a case is about a number of them. */
  readonly records?: number;
  /** Tells the person who waits what is going on. */
  readonly say: (line: string) => void;
};

/** One figure beside its baseline. */
export type Figure = {
  /** What was measured: `local: throughput`. */
  readonly case: string;
  readonly figure: number;
  readonly unit: string;
  /** The same figure of what it is compared with. */
  readonly baseline: number;
  /** What that is, in words. */
  readonly baselineName: string;
  /** The figure divided by the baseline. */
  readonly ratio: number;
};

/** Makes a figure, rounded to what such a measurement can tell. */
export function figureOf(parts: Omit<Figure, 'ratio'>): Figure {
  const ratio = parts.baseline === 0 ? Number.NaN : parts.figure / parts.baseline;
  return {
    ...parts,
    figure: rounded(parts.figure),
    baseline: rounded(parts.baseline),
    ratio: rounded(ratio),
  };
}

/** Three significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
