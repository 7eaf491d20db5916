/** Exit codes of the command: done, refused or failed, called wrongly. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** What goes with a plain error besides its message. */
export type PlainErrorOptions = {
  /** What the reader can do about it, as a sentence. */
  readonly next?: string;
  readonly exitCode?: 1 | 2;
  readonly cause?: unknown;
};

/**
 * An error that its reader can act on: a port that is taken, a network that is not running.
 *
 * The command prints the message and the next step without a stack. Anything else that is thrown is
 * a fault of ours and is printed with its stack.
 */
export class PlainError extends Error {
  readonly next: string | undefined;
  readonly exitCode: 1 | 2;

  constructor(message: string, options: PlainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PlainError';
    this.next = options.next;
    this.exitCode = options.exitCode ?? exitCodes.failed;
  }
}
