/**
 * What the scripts of package.json call: `node scripts/run.mjs TASK …`.
 *
 * Each task first gets the right Node, the packages and the build (`bootstrap.mjs`), so that
 * `npm start` and `npm test` are all that a fresh clone needs.
 */
import { spawnSync } from 'node:child_process';
import { main, prepare, requireNode, root, SetupError } from './bootstrap.mjs';

/** Compiled modules by task; each exports `run(args)`, which gives the exit code. */
const modules = {
  start: 'start.js',
  test: 'testing/tasks.js',
  conformance: 'testing/tasks.js',
  fabric: 'testing/tasks.js',
  long: 'testing/tasks.js',
  bench: 'bench.js',
};

const testTasks = ['test', 'conformance', 'fabric', 'long'];

await main(async () => {
  const [task, ...args] = process.argv.slice(2);
  if (task === 'build') return prepare();
  if (task === 'check') return check();
  if (!Object.hasOwn(modules, task ?? '')) {
    throw new SetupError(
      `Unknown task; it is one of build, check, ${Object.keys(modules).join(', ')}.`,
    );
  }
  try {
    prepare();
  } catch (error) {
    // The promise of the last line holds even where no test could run.
    if (testTasks.includes(task) && error instanceof SetupError) {
      process.stdout.write(`${error.message}\n0 passed, 1 failed, 0 skipped\n`);
      return 1;
    }
    throw error;
  }
  const { run } = await import(`../dist/scripts/${modules[task]}`);
  return run(testTasks.includes(task) ? [task, ...args] : args);
});

/** Everything that can be said about the sources without starting a network, cheapest first. */
function check() {
  requireNode();
  prepare();
  const steps = [
    { name: 'Format', command: 'npx', args: ['prettier', '--check', '.'] },
    { name: 'Lint', command: 'npm', args: ['run', '--silent', 'lint'] },
    { name: 'Unit tests', command: process.execPath, args: ['scripts/run.mjs', 'test', 'unit'] },
  ];
  for (const { name, command, args } of steps) {
    process.stdout.write(`== ${name}\n`);
    const shell = process.platform === 'win32';
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell });
    if (status !== 0) {
      process.stdout.write(`${name}: failed.\n`);
      return 1;
    }
  }
  return 0;
}
