import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { candidate } from '../../chaincode/roster/schema.ts';
import { writeTopology } from '../../network/fabric/topology-file.ts';
import { readInfo } from '../../scripts/network-info.ts';
import { admitToRoster } from '../../scripts/roster/votes.ts';
import { needPrograms, testBasePort, testTopology } from './support/network.ts';

const flags = ['gamma', '--msp', 'GammaMSP', '--port', String(testBasePort() + 801)];
const forRoster = ['--bin', '991249000606', '--title', 'Gamma', '--kind', 'NON_STATE_SYSTEM_OWNER'];
const gamma = [...flags, ...forRoster];

describe('organisations that come and go by command', function () {
  this.timeout(300_000);
  let dir: string;

  before(async function () {
    await needPrograms(this);
    dir = await mkdtemp(join(tmpdir(), 'kepil-members-'));
    await writeTopology(dir, testTopology());
    await succeed('network', 'up', '--dir', dir);
    await succeed('call', 'roster', 'found', '--org', 'goscorp', '--network', dir);
  });
  after(async () => {
    if (dir === undefined) return;
    await kepil('network', 'down', '--dir', dir);
    await rm(dir, { recursive: true });
  });

  it('are not let in without what the roster asks', async () => {
    const { code, text } = await kepil('network', 'add-org', ...flags, '--dir', dir);
    expect(code).to.equal(2);
    expect(text).to.contain('asks for --bin, --title and --kind');
    expect(await organisations()).to.have.length(5);
  });

  it('join by the same command once more, after the keeper was killed in its midst', async () => {
    const adding = run('network', 'add-org', ...gamma, '--dir', dir);
    await said(adding, /signing gamma into the channel/);
    const record = await readFile(join(dir, 'keeper.pid.json'), 'utf8');
    process.kill((JSON.parse(record) as { pid: number }).pid, 'SIGKILL');
    expect((await ended(adding)).code).to.equal(1);

    await succeed('network', 'up', '--dir', dir);
    await succeed('network', 'add-org', ...gamma, '--dir', dir);
    // And once more: nothing is left to do.
    await succeed('network', 'add-org', ...gamma, '--dir', dir);

    const roster = await members();
    expect(roster.map(({ mspId }) => mspId)).to.include('GammaMSP');
    const own = roster.find(({ mspId }) => mspId === 'GammaMSP');
    expect(own?.peers).to.eql([{ host: '127.0.0.1', port: testBasePort() + 801 }]);
    await untilFound([]);
  });

  it('state a second peer when they get one, by a snapshot', async () => {
    await succeed('network', 'add-peer', 'gamma', '--name', 'peer1', '--dir', dir);
    await succeed('network', 'add-peer', 'gamma', '--name', 'peer1', '--dir', dir);
    const own = (await members()).find(({ mspId }) => mspId === 'GammaMSP');
    expect(own?.peers).to.have.length(2);
    const out = join(dir, 'snapshot');
    const host = 'peer1.gamma.kepil.test';
    const text = await succeed('network', 'snapshot', host, '--out', out, '--dir', dir, '--json');
    const taken = JSON.parse(text) as { readonly lastBlock: number; readonly hash: string };
    expect(taken.hash).to.match(/^[0-9a-f]{64}$/);
    expect(taken.lastBlock).to.be.greaterThan(5);
    await untilFound([]);
  });

  it('leave the roster and the channel by one command', async () => {
    await succeed('network', 'remove-org', 'gamma', '--dir', dir);
    await succeed('network', 'remove-org', 'gamma', '--dir', dir);
    expect((await members()).map(({ mspId }) => mspId)).not.to.include('GammaMSP');
    expect(await organisations()).to.have.length(5);
    await untilFound([]);
  });

  it('stay where too few would be left', async () => {
    const { code, text } = await kepil('network', 'remove-org', 'beta', '--dir', dir);
    expect(code).to.equal(1);
    expect(text).to.contain('at least 5 members');
    expect(await organisations()).to.include('beta');
  });

  it('are found by the doctor to be in the roster alone', async () => {
    const ghost = candidate.parse({
      mspId: 'GhostMSP',
      bin: '991249000705',
      name: 'Ghost',
      kind: 'NON_STATE_SYSTEM_OWNER',
    });
    await admitToRoster(readInfo(dir), ghost, () => undefined);
    await untilFound(['ROSTER_HAS_LEFT_MEMBER']);
  });

  async function organisations(): Promise<readonly string[]> {
    return readInfo(dir).organisations.map(({ name }) => name);
  }

  async function members() {
    const words = ['--org', 'alpha', '--network', dir, '--json'];
    const text = await succeed('call', 'roster', 'members', ...words);
    const { result } = JSON.parse(text) as {
      readonly result: {
        readonly members: readonly { readonly mspId: string; readonly peers: readonly object[] }[];
      };
    };
    return result.members;
  }

  /** Peers of a busy machine lose sight of each other for moments, which the doctor tells too. */
  async function untilFound(wanted: readonly string[]): Promise<void> {
    for (const deadline = Date.now() + 60_000; ;) {
      const { text } = await kepil('network', 'doctor', '--dir', dir, '--json');
      const findings = JSON.parse(text) as readonly { readonly code: string }[];
      const codes = findings.map(({ code }) => code);
      if (codes.join() === wanted.join()) return;
      if (Date.now() > deadline) expect(findings).to.eql(wanted);
    }
  }
});

function run(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['scripts/kepil.mjs', ...words], { stdio: 'pipe' });
}

async function kepil(...words: readonly string[]) {
  return ended(run(...words));
}

/** What the command wrote; one that fails ends the test with what it said. */
async function succeed(...words: readonly string[]): Promise<string> {
  const { code, text } = await kepil(...words);
  if (code !== 0) throw new Error(`kepil ${words.join(' ')}\n${text}`);
  return text;
}

async function ended(
  child: ChildProcess,
): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number>((resolve) => {
    child.once('close', (status) => {
      resolve(status ?? 1);
    });
  });
  return { code, text };
}

async function said(child: ChildProcess, words: RegExp): Promise<void> {
  let text = '';
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (words.test(text)) resolve();
    });
  });
}
