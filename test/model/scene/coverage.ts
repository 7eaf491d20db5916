/** What the sequences of a run have met, so that a run which meets too little fails. */

/** Counts over all sequences. */
export class Coverage {
  steps = 0;
  sequences = 0;
  readonly transactions = new Map<string, number>();
  readonly registrations = new Map<string, number>();
  readonly refusals = new Map<string, number>();

  refused(code: string): void {
    count(this.refusals, code);
  }

  accepted(name: string, answer: string): void {
    count(this.transactions, name);
    if (name !== 'decide') return;
    const { kind, state } = JSON.parse(answer) as { kind: string; state: string };
    if (state === 'REGISTERED') count(this.registrations, kind);
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
    ].join('\n      ');
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
