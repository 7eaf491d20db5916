/** What the command takes from its environment: the only place of `scripts/` that reads it. */
import nodePath from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package; compiled files lie one folder deeper than their sources. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of the network that commands talk to unless told otherwise. */
export function defaultNetwork(): string {
  const named = process.env['KEPIL_NETWORK'];
  return named ?? nodePath.relative('', nodePath.join(packageFolder, '.kepil', 'local'));
}

/** Where Fabric's programs may lie: in the folder that FABRIC_BIN names, or on the PATH. */
export function fabricPlaces(): { readonly fabricBin?: string; readonly path?: string } {
  const { FABRIC_BIN: fabricBin, PATH: path } = process.env;
  return { ...(fabricBin && { fabricBin }), ...(path && { path }) };
}
