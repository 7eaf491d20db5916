/** What `npm start` and `kepil network` have in common: words of the command line, and the end. */
import { parseClockOffsetMs } from '../network/local/clock.ts';
import { PlainError } from './plain-error.ts';

/** The last port that leaves room for the networks' other nodes above it. */
const basePortMax = 60_000;

/** Reads `--base-port`. */
export function basePortOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 1024 && port <= basePortMax) return port;
  throw notUnderstood(`--base-port ${text}`, `Write a number from 1025 to ${basePortMax}.`);
}

/** Reads the port of a stand; 0 takes a free one. */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw notUnderstood(`Port ${text}`, 'Write a number from 0 to 65535.');
}

/** Reads `--clock`. */
export function clockOffsetOf(text: string): number {
  const offsetMs = parseClockOffsetMs(text);
  if (offsetMs !== undefined) return offsetMs;
  throw notUnderstood(`--clock ${text}`, 'Write a sign and a time: +90d, -3h, +1d12h.');
}

/** A word of the command line that has no meaning, and what to write instead. */
export function notUnderstood(what: string, next: string): PlainError {
  return new PlainError(`${what} is not understood.`, { next, exitCode: 2 });
}

/** Resolves at the first Ctrl-C, or when the terminal closes; the second ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const first = () => {
      for (const signal of signals) process.once(signal, () => process.exit(130));
      resolve();
    };
    // One list of listeners for all: whichever comes first is the first.
    for (const signal of signals) process.once(signal, first);
  });
}
