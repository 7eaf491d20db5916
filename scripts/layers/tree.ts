import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './source.ts';

/** Folders whose sources are bound by layers. */
const folders = ['chaincode', 'gateway', 'network', 'scripts', 'test'];

/** Compiled files lie one folder deeper than their sources. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The package's own sources. */
export function sourcesOfTree(): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({
        path: `${folder}/${name.replaceAll('\\', '/')}`,
        text: readFileSync(path.join(root, folder, name), 'utf8'),
      })),
  );
}
