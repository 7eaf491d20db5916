/**
 * `npm test` and its relatives: which folders of tests a task runs, one after the other, and the
 * line that they all end with.
 */
import { fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { isGreen, sum, summary, type Tally } from './tally.ts';

const testFolder = fileURLToPath(new URL('../../test', import.meta.url));
const stageFile = fileURLToPath(new URL('./stage.js', import.meta.url));

/** Folders that `npm test` leaves out: helpers, and what needs Fabric's programs. */
const leftOut = ['support', 'fabric'];

/** What one task runs, and what it tells the tests through their environment. */
type Task = { readonly folders: readonly string[]; readonly environment: Record<string, string> };

const usage = `Options:
  FOLDER …      only these folders of test/ (npm test only), e.g. npm test -- unit
  --grep TEXT   only tests whose title holds the text
  --fabric      conformance: on a real Fabric network instead of the local one
  --small       test:long: the small counts, as in npm test
  --seed N      the random choices of an earlier run again, as its output names them
  --runs N      so many random sequences: npm test -- model --seed 42 --runs 20000`;

/** Runs a task's tests; the exit code is 1 when one failed, or when none ran. */
export async function run(args: readonly string[]): Promise<number> {
  const [task = 'test', ...rest] = args;
  let parsed;
  try {
    parsed = parse(rest);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    return 2;
  }
  const { folders, environment } = plan(task, parsed.folders, parsed.options);
  const total = sum(await inTurn(folders, { grep: parsed.options.grep, environment }));
  process.stdout.write(`\n${summary(total)}\n`);
  return isGreen(total) ? 0 : 1;
}

type Options = {
  grep?: string;
  fabric?: boolean;
  small?: boolean;
  seed?: string;
  runs?: string;
};

function parse(args: readonly string[]): { folders: string[]; options: Options } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      grep: { type: 'string', short: 'g' },
      fabric: { type: 'boolean' },
      small: { type: 'boolean' },
      seed: { type: 'string' },
      runs: { type: 'string' },
    },
  });
  for (const number of [values.seed, values.runs]) {
    if (number !== undefined && !/^-?\d+$/.test(number)) throw new Error(`no number: ${number}`);
  }
  return { folders: positionals, options: values };
}

/** The folders and the environment of a task. */
export function plan(task: string, named: readonly string[], options: Options): Task {
  switch (task) {
    case 'conformance':
      return {
        folders: ['conformance'],
        environment: { KEPIL_TEST_NETWORK: options.fabric ? 'fabric' : 'local' },
      };
    case 'fabric':
      return { folders: ['fabric'], environment: { KEPIL_TEST_NETWORK: 'fabric' } };
    case 'long':
      return {
        folders: ['long'],
        environment: { KEPIL_TEST_SIZE: options.small ? 'small' : 'full' },
      };
    default:
      return {
        folders: named.length > 0 ? named : allFolders(),
        environment: {
          ...(options.seed === undefined ? {} : { KEPIL_TEST_SEED: options.seed }),
          ...(options.runs === undefined ? {} : { KEPIL_TEST_RUNS: options.runs }),
        },
      };
  }
}

/** Unit tests first, since they fail fastest; then the other levels by name. */
function allFolders(): string[] {
  const present = readdirSync(testFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !leftOut.includes(entry.name))
    .map((entry) => entry.name);
  return ['unit', ...present.filter((name) => name !== 'unit').sort()];
}

/** What every folder of a run has in common. */
type Common = Pick<Task, 'environment'> & { readonly grep: string | undefined };

/**
 * Runs folders one after the other; the one that reckons for minutes and starts nothing runs beside
 * those that mostly wait, behind the unit tests, and says at the end what it had to say.
 */
async function inTurn(folders: readonly string[], common: Common): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  const others = folders.filter((folder) => folder !== reckoning);
  const isBeside = others.length < folders.length && others.length > 0;
  let beside: Promise<Beside> | undefined;
  for (const folder of isBeside ? others : folders) {
    if (isBeside && folder !== 'unit') beside ??= besides(reckoning, common);
    process.stdout.write(`\n== ${folder}\n`);
    tallies.push(await runFolder(folder, common));
  }
  if (!isBeside) return tallies;
  const { tally, output } = await (beside ?? besides(reckoning, common));
  process.stdout.write(`\n== ${reckoning}\n${output}`);
  return [...tallies, tally];
}

const reckoning = 'model';

/** What a folder came to whose output had to wait. */
type Beside = { readonly tally: Tally; readonly output: string };

async function besides(folder: string, common: Common): Promise<Beside> {
  process.stdout.write(`\n== ${folder} runs beside the following, and is shown at the end\n`);
  let output = '';
  const tally = await runFolder(folder, common, (text) => (output += text));
  return { tally, output };
}

/** Runs one folder in a process of its own; a process that dies counts as one failed test. */
async function runFolder(
  folder: string,
  { grep, environment }: Common,
  keep?: (text: string) => void,
): Promise<Tally> {
  const files = testFilesIn(path.join(testFolder, folder));
  if (files.length === 0) return broken(`test/${folder} holds no tests.`);
  const child = fork(stageFile, [grep ?? '', ...files], {
    execArgv: ['--enable-source-maps'],
    env: { ...process.env, ...environment },
    silent: keep !== undefined,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => keep?.(text));
  }
  let tally: Tally | undefined;
  child.on('message', (message) => (tally = message as Tally));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...end) => resolve(end));
  });
  if (tally === undefined || code !== 0) {
    return sum([
      ...(tally ? [tally] : []),
      broken(`The run of test/${folder} died (${signal ?? `exit code ${code}`}).`),
    ]);
  }
  const ran = tally.passed + tally.failed.length + tally.skipped.length;
  // A filter may leave a folder empty; only a run in which nothing at all ran is then a failure.
  if (ran === 0 && grep === undefined) return broken(`No test of test/${folder} ran.`);
  return tally;
}

function broken(what: string): Tally {
  process.stdout.write(`  ${what}\n`);
  return { passed: 0, failed: [{ title: 'the run itself', error: what }], skipped: [] };
}

function testFilesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort((a, b) => a.localeCompare(b))
    .map((file) => path.join(folder, file));
}
