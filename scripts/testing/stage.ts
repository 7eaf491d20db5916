/**
 * Runs the tests of one folder in a process of their own and tells the parent how they ended.
 *
 * A process for each folder, so that one that crashes, or never ends, cannot hide the others, and
 * no folder sees what another left in memory.
 */
import Mocha from 'mocha';
import type { Test } from 'mocha';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Failure, Skip, Tally } from './tally.ts';

const lingerMs = 5000;

/** What is taken from `.mocharc.json`, so that `npx mocha` runs unit tests the same way. */
type Settings = { readonly timeout: number; readonly require: readonly string[] };

/** Runs the given test files; the tally goes to the parent, failures are on the screen by then. */
async function run(files: readonly string[], grep: string | undefined): Promise<void> {
  const { timeout, require } = JSON.parse(readFileSync('.mocharc.json', 'utf8')) as Settings;
  // Mocha's own command line reads these; its interface for programs does not.
  for (const file of require) await import(pathToFileURL(file).href);
  const mocha = new Mocha({ timeout, forbidOnly: true, ...(grep === undefined ? {} : { grep }) });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const tally = await new Promise<Tally>((resolve) => {
    let passed = 0;
    const failed: Failure[] = [];
    const skipped: Skip[] = [];
    const runner = mocha.run(() => resolve({ passed, failed, skipped }));
    runner.on(Mocha.Runner.constants.EVENT_TEST_PASS, () => (passed += 1));
    // A failing hook arrives here too: the tests behind it did not run, and one failure says so.
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: Error) => {
      failed.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => {
      skipped.push({ title: test.fullTitle(), reason: reasonOf(test) });
    });
  });
  process.send?.(tally, () => process.disconnect());
  // A timer that does not itself keep the process alive: it fires only if something else does.
  setTimeout(() => {
    process.stdout.write('  Something that the tests opened is still open; ending without it.\n');
    process.exit(0);
  }, lingerMs).unref();
}

/** What `skip()` of test/support leaves on a test, or on a suite around it. */
type Reasoned = { readonly skipReason?: string; readonly parent?: Reasoned | undefined };

function reasonOf(test: Test): string {
  let holder: Reasoned | undefined = test;
  while (holder && holder.skipReason === undefined) holder = holder.parent;
  return holder?.skipReason ?? 'no reason given';
}

const [, , grep = '', ...files] = process.argv;
try {
  await run(files, grep === '' ? undefined : grep);
} catch (error) {
  // A file that cannot be loaded: the shim's handlers would let the process end without a word.
  process.stdout.write(`  ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
