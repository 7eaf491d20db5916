/** Figures belong beside the test that measured them. */
export function say(text: string): void {
  process.stdout.write(`      ${text}\n`);
}

/** A time as the reader of a test's output takes it. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
