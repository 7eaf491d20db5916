/** `kepil` in a process of its own, as people call it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageFolder } from '../../scripts/config.ts';

/** How a command ended. */
export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** The file that starts the command. */
export const kepilFile = path.join(packageFolder, 'scripts', 'kepil.mjs');

/** Runs `kepil` in a folder where no network is, so that only what is named can be used. */
export async function kepil(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const running = promisify(execFile)(process.execPath, [kepilFile, ...args], { cwd });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Ran) => error,
  );
}
