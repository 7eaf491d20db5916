import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSources, lineOf } from './check.ts';
import type { SourceFile } from './source.ts';

/** Folders whose sources are bound by layers. */
const folders = ['chaincode', 'gateway', 'network', 'scripts', 'test'];

/** Compiled files lie one folder deeper than their sources. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

const sources = folders.flatMap((folder) => sourcesUnder(folder));
const findings = checkSources(sources);
for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
process.stdout.write(`Layers: ${findings.length} findings in ${sources.length} files.\n`);
// No sources means that this looked in the wrong place: a green that checked nothing is red.
process.exitCode = findings.length === 0 && sources.length > 0 ? 0 : 1;

function sourcesUnder(folder: string): SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      path: `${folder}/${name.replaceAll('\\', '/')}`,
      text: readFileSync(path.join(root, folder, name), 'utf8'),
    }));
}
