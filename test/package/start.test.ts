import { expect } from 'chai';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { connect, readInfo } from '../../scripts/network-info.ts';
import { Running, start } from './newcomer.ts';

const readyTimeoutMs = 60_000;
/** What the issue asks for is 5 s on an idle machine; tests share theirs. */
const warmStartMs = 15_000;

describe('npm start', function () {
  this.timeout(180_000);
  let dir = '';
  let basePort = 0;
  let running: Running | undefined;

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'kepil-start-'));
    basePort = await freeBasePort();
  });

  afterEach(async () => {
    await running?.interrupt('SIGKILL');
    running = undefined;
  });

  after(() => rmSync(dir, { recursive: true, force: true }));

  it('says what runs where, that it is for development, and when it is ready', async () => {
    running = start(dir, basePort);
    await running.says(/ready/, readyTimeoutMs);
    expect(running.output).to.match(/development/);
    for (const { name, endpoint } of readInfo(dir).organisations) {
      expect(running.output).to.contain(name).and.to.contain(endpoint.split(':')[1]);
    }
    expect(await members()).to.equal(5);
  });

  it('stops on Ctrl-C and keeps its ledger; a warm start is quick', async () => {
    const began = Date.now();
    running = start(dir, basePort);
    await running.says(/ready/, warmStartMs);
    process.stdout.write(`      warm start: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    expect(await members()).to.equal(5);
    expect(await running.interrupt()).to.equal(0);
  });

  it('does not disturb the first when it is started a second time', async () => {
    running = start(dir, basePort);
    await running.says(/ready/, readyTimeoutMs);
    const second = start(dir, basePort);
    expect(await second.ended).to.equal(1);
    expect(second.output)
      .to.match(/running already/)
      .and.not.to.match(/\n\s+at /);
    expect(await members()).to.equal(5);
  });

  it('names the port that another program has', async () => {
    const port = basePort + 2000;
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      running = start(dir, basePort);
      expect(await running.ended).to.equal(1);
      expect(running.output)
        .to.contain(String(port))
        .and.not.to.match(/\n\s+at /);
    } finally {
      other.close();
    }
  });

  it('leaves a folder alone that is not its own', async () => {
    const foreign = mkdtempSync(path.join(tmpdir(), 'kepil-foreign-'));
    writeFileSync(path.join(foreign, 'thesis.txt'), 'years of work');
    running = start(foreign, basePort, '--fresh');
    expect(await running.ended).to.equal(1);
    expect(existsSync(path.join(foreign, 'thesis.txt'))).to.equal(true);
    rmSync(foreign, { recursive: true });
  });

  it('goes on after a kill -9, and completes a folder that was half written', async () => {
    const half = mkdtempSync(path.join(tmpdir(), 'kepil-half-'));
    for (const lifeMs of [300, 700, 1500]) {
      const killed = start(half, basePort);
      await new Promise((resolve) => setTimeout(resolve, lifeMs));
      await killed.interrupt('SIGKILL');
    }
    running = start(half, basePort);
    await running.says(/ready/, readyTimeoutMs);
    await running.interrupt();
    rmSync(half, { recursive: true });
  });

  it('begins anew when asked', async () => {
    running = start(dir, basePort, '--fresh');
    await running.says(/ready/, readyTimeoutMs);
    expect(await members()).to.equal(5);
  });

  it('refuses to be taken for production', async () => {
    const options = ['--dir', dir, '--base-port', String(basePort), '--ncalayer-port', '0'];
    running = new Running(['scripts/run.mjs', 'start', ...options], { NODE_ENV: 'production' });
    expect(await running.ended).to.equal(1);
    expect(running.output).to.match(/development/);
  });

  async function members(): Promise<number> {
    const connection = connect(readInfo(dir), { org: 'beta', user: 'User1' });
    try {
      const outcome = await connection.evaluate({
        contract: 'roster',
        transaction: 'members',
        arguments: ['{"input":{}}'],
      });
      if (outcome.status !== 'answered') throw new Error(JSON.stringify(outcome.reason));
      return (JSON.parse(outcome.result) as { members: unknown[] }).members.length;
    } finally {
      connection.close();
    }
  }
});
