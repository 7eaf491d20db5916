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

/** What a block of commands printed, and the exit code of its last command. */
type Block = { readonly answer: string; readonly code: number };

const blockPattern = /([\s\S]*?)=== the block ended with (\d+) ===\n/g;

/** A block that says how it ended. One shell plays all, since later ones use earlier variables. */
function closed(block: string): string {
  return `${block}\necho "=== the block ended with $? ==="`;
}

describe("the README's tour", function () {
  this.timeout(180_000);
  let dir = '';
  let running: Running | undefined;
  let blocks: readonly Block[] = [];

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'kepil-tour-'));
    running = start(dir, await freeBasePort());
    await running.says(/ready/, 60_000);
    const said = await shell(tour().map(closed).join('\n'));
    blocks = [...said.matchAll(blockPattern)].map(([, answer = '', code]) => ({
      answer,
      code: Number(code),
    }));
  });

  after(async () => {
    await running?.interrupt();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Everything that commands print, of which some are refused on purpose. */
  async function shell(commands: string): Promise<string> {
    const script = `exec 2>&1\n${commands}\nexit 0`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], {
      cwd: root,
      env: { ...newcomersEnvironment(), KEPIL_NETWORK: dir },
    });
    return stdout;
  }

  it('begins with a procedure that no order rules any more', () => {
    expect(blocks[0]?.answer).to.contain('REGIME_NO_LONGER_IN_FORCE');
    expect(blocks[0]?.code).not.to.equal(0);
  });

  it('has the decision taken by three approvals', () => {
    expect(blocks[2]?.answer.match(/^Committed in block/gm)).to.have.lengthOf(3);
    expect(blocks[2]?.answer).to.contain('"state": "ADOPTED"');
  });

  it('shows the decision to all five organisations, and its effect', () => {
    expect(blocks[3]?.answer.match(/^ADOPTED$/gm)).to.have.lengthOf(5);
    expect(blocks[3]?.answer).to.contain('2027-06-30');
  });

  it('refuses a fourth vote', () => {
    expect(blocks[4]?.answer).to.contain('DECISION_CLOSED');
    expect(blocks[4]?.code).not.to.equal(0);
  });

  it('ends with a pledge that is played to its termination, each step in a sentence', async () => {
    const { answer, code } = blocks[5] ?? { answer: 'nothing was played', code: -1 };
    expect(code, answer).to.equal(0);
    expect(blocks).to.have.lengthOf(6);
    const sentences = [...answer.matchAll(/^\d+\. (.*)$/gm)].map(([, sentence]) => sentence);
    const [filing, ending, notice, purge] = sentences.slice(-4);
    for (const words of ["Alpha's head signs the termination", 'endorse', 'all see']) {
      expect(filing).to.contain(words);
    }
    for (const words of ['registrar signs', 'majority endorses', 'REGISTERED', 'All see']) {
      expect(ending).to.contain(words);
    }
    expect(notice).to.contain('notice of the termination');
    expect(purge).to.contain('purged');
    const [look = 'false'] = /npx kepil call pledges register .*/.exec(answer) ?? [];
    expect(await shell(look)).to.contain('"state": "TERMINATED"');
  });
});
