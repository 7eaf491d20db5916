import { exitCodes, PlainError } from '../plain-error.ts';

/** An error for which `kepil batch` ends with 2. */
export function wrongBatchCall(message: string, cause?: unknown): PlainError {
  const next = 'kepil batch --help explains the commands.';
  return new PlainError(message, { next, exitCode: exitCodes.usage, cause });
}
