import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { type Running, root, start } from './newcomer.ts';

/** The commands of the README's tour, block by block, as they are printed. */
function tour(): string[] {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const section = readme.split(/^## /m).find((part) => part.startsWith('Five minutes')) ?? '';
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
}

/** Without the settings of an npm around this test: an `npx` within an `npx` obeys the outer one. */
function newcomersEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
  );
}

describe("the README's tour", function () {
  this.timeout(180_000);
  let dir = '';
  let running: Running | undefined;
  let answers: string[] = [];

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'kepil-tour-'));
    running = start(dir, await freeBasePort());
    await running.says(/ready/, 60_000);
    // One shell for all blocks, since later ones use the variables of earlier ones.
    const mark = '=== next block ===';
    const script = tour().join(`\necho "${mark}"\n`);
    const { stdout } = await promisify(execFile)('bash', ['-c', `exec 2>&1\n${script}\nexit 0`], {
      cwd: root,
      env: { ...newcomersEnvironment(), KEPIL_NETWORK: dir },
    });
    answers = stdout.split(`${mark}\n`);
  });

  after(async () => {
    await running?.interrupt();
    rmSync(dir, { recursive: true, force: true });
  });

  it('begins with a procedure that no order rules any more', () => {
    expect(answers[0]).to.contain('REGIME_NO_LONGER_IN_FORCE');
  });

  it('has the decision taken by three approvals', () => {
    expect(answers[2]?.match(/^Committed in block/gm)).to.have.lengthOf(3);
    expect(answers[2]).to.contain('"state": "ADOPTED"');
  });

  it('shows the decision to all five organisations, and its effect', () => {
    expect(answers[3]?.match(/^ADOPTED$/gm)).to.have.lengthOf(5);
    expect(answers[3]).to.contain('2027-06-30');
  });

  it('ends with a fourth vote that is refused', () => {
    expect(answers[4]).to.contain('DECISION_CLOSED');
  });
});
