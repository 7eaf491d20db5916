/** Does something while this process's clock is off: to real peers it is the one that is wrong. */
export async function withClock<Result>(
  offsetMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const real = globalThis.Date;
  globalThis.Date = class extends real {
    constructor(...given: readonly (string | number | Date)[]) {
      if (given.length === 0) super(real.now() + offsetMs);
      else super(...(given as [string]));
    }
    static override now(): number {
      return real.now() + offsetMs;
    }
  } as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = real;
  }
}
