/** What the command takes from its environment: the only place of `scripts/` that reads it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package; compiled files lie one folder deeper than their sources. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of the network that commands talk to unless told otherwise. */
export function defaultNetwork(): string {
  const named = process.env['KEPIL_NETWORK'];
  return named ?? path.relative('', path.join(packageFolder, '.kepil', 'local'));
}
