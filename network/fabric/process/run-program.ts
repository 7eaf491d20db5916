/** Runs one of Fabric's programs to its end. */
import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { surroundings } from '../config.ts';

/** What a program wrote. */
export type ProgramOutput = { readonly stdout: string; readonly stderr: string };

/** A program that ended badly, with what it said in a readable form. */
export class ProgramError extends Error {
  readonly output: ProgramOutput;

  constructor(what: string, output: ProgramOutput) {
    super(`${what}: ${reasonIn(output)}`);
    this.output = output;
  }
}

/** Longest that a step of Fabric's own programs may take. */
const timeoutMs = 120_000;

/** Most output that is kept; a whole channel configuration as JSON stays far under it. */
const outputBytesMax = 64 * 1024 * 1024;

/** Runs a program; `what` says in an error what it was for. */
export async function runProgram(
  what: string,
  command: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<ProgramOutput> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      [...args],
      {
        env: { ...surroundings(), ...options.env },
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        timeout: timeoutMs,
        maxBuffer: outputBytesMax,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ stdout, stderr });
        else reject(new ProgramError(what, { stdout, stderr: stderr || error.message }));
      },
    );
  });
}

/** The line that says why: the last `Error: ...`, or else the last line at all. */
function reasonIn({ stdout, stderr }: ProgramOutput): string {
  // Fabric colours its log even where nobody looks.
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const error = lines.findLast((line) => /^(Error|panic):/.test(line) || line.includes(' PANI '));
  return error ?? lines.at(-1) ?? 'no output';
}
