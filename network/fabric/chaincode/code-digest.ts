/**
 * SHA-256 of a chaincode's code. It stands in the package, so that the package's id follows from
 * what runs: organisations that hold other code get another id, and see it before they approve.
 *
 * Only what is loaded counts: the modules that `main` reaches, and the releases of the packages that
 * these need, as the lock file has them. A build leaves files behind that nobody loads any more.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { ifThere } from '../../presence.ts';

const manifestSchema = z.object({ main: z.string().default('index.js') });

const lockedSchema = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});
type Locked = z.output<typeof lockedSchema>;

const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema) });

/** Runs every chaincode, though the code itself may not import it. */
const shim = 'fabric-shim';

/** The digest of the Node package in a folder, as its `main` loads it. */
export async function codeDigest(module: string): Promise<string> {
  const { main } = manifestSchema.parse(
    JSON.parse(await readFile(join(module, 'package.json'), 'utf8')),
  );
  const files = new Map<string, string>();
  const packages = new Set([shim]);
  const waiting = [resolve(module, main)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const path = relative(module, file);
    if (files.has(path)) continue;
    const text = await readFile(file, 'utf8');
    files.set(path, sha256(text));
    for (const specifier of importsOf(text)) {
      if (specifier.startsWith('.')) waiting.push(resolve(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) packages.add(packageName(specifier));
    }
  }
  const lines = [...files].map(([path, hash]) => `${path} ${hash}`).sort();
  return sha256([...lines, ...(await releases(module, packages))].join('\n'));
}

/** What a compiled module imports: its statements stand at the beginning of a line. */
export function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(
    /^(?:import|export)\s(?:[^'"();]*\sfrom\s)?\s*['"]([^'"]+)['"]/gm,
  );
  const calls = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [...statements, ...calls].map(([, specifier = '']) => specifier);
}

function packageName(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** Every package that the named ones need, each with its locked release; none without a lock. */
async function releases(module: string, names: ReadonlySet<string>): Promise<readonly string[]> {
  const text = await ifThere(readFile(join(module, 'package-lock.json'), 'utf8'));
  if (text === undefined) return [];
  const { packages } = lockSchema.parse(JSON.parse(text));
  const found = new Map<string, Locked>();
  const waiting = [...names].map((name) => ({ from: '', name }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = placeOf(packages, next.from, next.name);
    const locked = place === undefined ? undefined : packages[place];
    if (place === undefined || locked === undefined || found.has(place)) continue;
    found.set(place, locked);
    for (const name of Object.keys(locked.dependencies ?? {})) waiting.push({ from: place, name });
  }
  return [...found]
    .map(([place, { version, integrity }]) => `${place} ${version ?? ''} ${integrity ?? ''}`)
    .sort();
}

/** Where Node finds a package from another one: the nearest `node_modules` upwards. */
function placeOf(
  packages: Readonly<Record<string, Locked>>,
  from: string,
  name: string,
): string | undefined {
  for (let folder = from; folder !== ''; folder = parentOf(folder)) {
    const place = `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
  }
  return Object.hasOwn(packages, `node_modules/${name}`) ? `node_modules/${name}` : undefined;
}

/** The package that a nested one lies in; none for one at the top. */
function parentOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
