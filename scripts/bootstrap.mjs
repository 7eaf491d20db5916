/**
 * What every command needs before it can run: the right Node, the packages, the build.
 *
 * It has no dependencies, since it runs on a fresh clone where nothing is installed yet, and speaks
 * on standard error only, since the command that follows may print JSON.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Something that the person at the keyboard can mend: said in plain words, without a stack. */
export class SetupError extends Error {}

/** Folders whose TypeScript goes into the build; kept in step with `include` of tsconfig.json. */
const sourceFolders = ['chaincode', 'gateway', 'network', 'scripts', 'test'];
const setupWaitMs = 600_000;

/** Refuses a Node that is older than `engines` of package.json says. */
export function requireNode(version = process.versions.node, folder = root) {
  const { engines } = readJson(path.join(folder, 'package.json'));
  const wanted = engines.node.replace('>=', '');
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new SetupError(
    `Kepil needs Node ${wanted} or newer; this is Node ${version}.\n` +
      'Install a newer one (https://nodejs.org), then run the same command again.',
  );
}

/**
 * Tells whether `node_modules` holds what the lock file asks for.
 *
 * npm writes `node_modules/.package-lock.json` last, with what it has installed; comparing the two
 * also finds an install that was cut short, which comparing times of files would not.
 */
export function isInstalled(folder = root) {
  const installed = readJson(path.join(folder, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const wanted = readJson(path.join(folder, 'package-lock.json'));
  return Object.entries(wanted.packages).every(([name, entry]) => {
    if (name === '' || entry.optional || entry.peer) return true;
    const found = installed.packages[name];
    if (found?.version !== entry.version || found.integrity !== entry.integrity) return false;
    // Whoever cleans up by hand does not tell npm.
    return fs.existsSync(path.join(folder, name, 'package.json'));
  });
}

/**
 * Tells whether `dist` was built from the sources as they are now, and by this build alone: a
 * compiler that was run by hand leaves files that are newer than the build's stamp.
 */
export function isBuilt(folder = root) {
  const dist = path.join(folder, 'dist');
  const stamp = path.join(dist, '.build.json');
  if (readJson(stamp)?.sources !== fingerprint(folder)) return false;
  const builtMs = fs.statSync(stamp).mtimeMs;
  return filesUnder(dist, '.').every(
    (file) => fs.statSync(path.join(dist, file)).mtimeMs <= builtMs,
  );
}

/** SHA-256 over the sources' names and contents: a deleted or reverted file counts as a change. */
export function fingerprint(folder = root) {
  const hash = createHash('sha256');
  const files = sourceFolders.flatMap((name) => filesUnder(folder, name));
  const sources = files.filter((file) => /\.(ts|json)$/.test(file));
  // Folders are listed in an order that no one promises.
  sources.sort((a, b) => (a < b ? -1 : 1));
  for (const file of [...sources, 'tsconfig.json', 'package-lock.json']) {
    const content = fs.readFileSync(path.join(folder, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Brings `dist` up to date without pulling it from under a network that runs from it: the compiler
 * writes into a folder of its own, and only files that differ are then renamed into place. After a
 * compiler error `dist` is as it was.
 */
export function build(folder = root) {
  const next = path.join(folder, 'dist.next');
  const dist = path.join(folder, 'dist');
  const sources = fingerprint(folder);
  fs.rmSync(next, { recursive: true, force: true });
  const tsc = path.join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(
    process.execPath,
    [tsc, '--project', folder, '--outDir', next, '--noEmitOnError'],
    { cwd: folder, stdio: ['ignore', 2, 2] },
  );
  if (result.status !== 0) {
    fs.rmSync(next, { recursive: true, force: true });
    throw new SetupError('The build failed; the messages above say where. Nothing was changed.');
  }
  replaceChanged(next, dist);
  fs.writeFileSync(path.join(dist, '.build.json'), JSON.stringify({ sources }) + '\n');
  fs.rmSync(next, { recursive: true, force: true });
}

/** Moves the files that differ from one folder over another, and deletes what the first lacks. */
function replaceChanged(from, to) {
  const fresh = new Set(filesUnder(from, '.'));
  for (const file of fresh) {
    const target = path.join(to, file);
    const content = fs.readFileSync(path.join(from, file));
    if (fs.existsSync(target) && content.equals(fs.readFileSync(target))) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(path.join(from, file), target);
  }
  for (const file of filesUnder(to, '.')) {
    if (!fresh.has(file)) fs.rmSync(path.join(to, file), { force: true });
  }
}

/** Checks Node, installs and builds what is missing; does nothing, fast, when all is there. */
export function prepare() {
  requireNode();
  if (isInstalled() && isBuilt()) return;
  withLock(() => {
    // Another command may have done the work while this one waited for the lock.
    if (!isInstalled()) timed('Installing packages (npm ci)', install);
    if (!isBuilt()) timed('Building', () => build());
  });
}

/** Runs a script's main function, and says in plain words what kept it from starting. */
export async function main(run) {
  process.stdout.on('error', endWithReader);
  try {
    process.exitCode = (await run()) ?? process.exitCode ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}

/** Who reads on may stop early (`| head`): the command ends with them, as programs do on SIGPIPE. */
function endWithReader(error) {
  if (error.code !== 'EPIPE') throw error;
  process.exit(128 + constants.signals.SIGPIPE);
}

function install() {
  // npm names itself to the scripts that it runs; a bare `node scripts/…` finds it on the PATH.
  const own = process.env.npm_execpath;
  const [command, args] = own?.endsWith('.js') ? [process.execPath, [own, 'ci']] : ['npm', ['ci']];
  const result = spawnSync(command, [...args, '--include=dev'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  throw new SetupError(
    'The packages could not be installed; the messages above say why.\n' +
      'Most often the registry cannot be reached. Mend that, then run the same command again.',
  );
}

function timed(what, work) {
  process.stderr.write(`${what} …\n`);
  const start = Date.now();
  work();
  process.stderr.write(`${what}: done in ${((Date.now() - start) / 1000).toFixed(1)} s.\n`);
}

/** One install or build at a time: two commands in one folder would tear each other's files. */
function withLock(work) {
  const file = path.join(root, '.kepil', 'setup.lock');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const deadline = Date.now() + setupWaitMs;
  let told = false;
  while (!tryLock(file)) {
    if (!told)
      process.stderr.write('Waiting for another command that is installing or building …\n');
    told = true;
    if (Date.now() > deadline) {
      throw new SetupError(`Still locked after ten minutes. If nothing else runs, delete ${file}.`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function tryLock(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(holderOf(file))) fs.rmSync(file, { force: true });
    return false;
  }
}

function holderOf(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    // Removed since it was found: nobody holds it.
    return 0;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Files below a folder, as paths relative to the base, in no particular order. */
function filesUnder(base, name) {
  const folder = path.join(base, name);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = path.join(name, entry.name);
    return entry.isDirectory() ? filesUnder(base, inner) : [inner];
  });
}
