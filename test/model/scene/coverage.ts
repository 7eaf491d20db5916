/** What the sequences of a run have met, so that a run which meets too little fails. */

/** Counts over all sequences. */
export class Coverage {
  steps = 0;
  sequences = 0;
  readonly transactions = new Map<string, number>();
  readonly registrations = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  /** What became of the lines of batches. */
  readonly lines = new Map<string, number>();

  refused(code: string): void {
    count(this.refusals, code);
  }

  accepted(name: string, answer: string): void {
    count(this.transactions, name);
    if (name === 'cedePart' || name === 'importPart') this.#carriedOut(name, answer);
    if (name !== 'decide') return;
    const { kind, state } = JSON.parse(answer) as { kind: string; state: string };
    if (state === 'REGISTERED') count(this.registrations, kind);
  }

  #carriedOut(name: string, answer: string): void {
    const { lines, already, refused } = JSON.parse(answer) as {
      readonly lines: number;
      readonly already: readonly number[];
      readonly refused: readonly { readonly codes: readonly string[] }[];
    };
    const done = lines - already.length - refused.length;
    count(this.lines, `${name} DONE`, done);
    count(this.lines, `${name} ALREADY`, already.length);
    for (const code of refused.flatMap(({ codes }) => codes)) count(this.lines, `${name} ${code}`);
  }

  /** Some lines for whoever reads the run. */
  report(): string {
    const list = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .sort(([, one], [, other]) => other - one)
        .map(([name, times]) => `${name} ${times}`)
        .join(', ');
    return [
      `${this.sequences} sequences, ${this.steps} steps`,
      `registered: ${list(this.registrations)}`,
      `carried out: ${list(this.transactions)}`,
      `refused: ${list(this.refusals)}`,
      `lines of batches: ${list(this.lines)}`,
    ].join('\n      ');
  }
}

function count(counts: Map<string, number>, name: string, times = 1): void {
  if (times > 0) counts.set(name, (counts.get(name) ?? 0) + times);
}
