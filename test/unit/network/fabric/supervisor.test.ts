import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { endLeftovers, recordProcess } from '../../../../network/fabric/process/record.ts';
import type { Specification } from '../../../../network/fabric/process/specification.ts';
import { Supervisor } from '../../../../network/fabric/process/supervisor.ts';
import { until } from '../../../support/until.ts';

describe('supervisor', () => {
  let dir: string;
  let supervisor: Supervisor;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-supervisor-'));
    supervisor = new Supervisor({ logs: join(dir, 'logs'), run: join(dir, 'run') });
  });
  afterEach(async () => {
    await supervisor.stopAll();
    await rm(dir, { recursive: true });
  });

  it('starts a process again that was killed', async () => {
    await supervisor.start(shell('echo started; exec sleep 60'));
    await until('its first word', async () => (await log()).includes('started'));
    const first = pid();
    await supervisor.kill('node');
    await until('another process', () => pid() !== undefined && pid() !== first);
    expect(supervisor.states()[0]?.restarts).to.equal(1);
    await until('its second word', async () => (await log()).split('started').length === 3);
  });

  it('leaves a process stopped that was to be', async () => {
    await supervisor.start(shell('exec sleep 60'));
    await supervisor.kill('node', { restart: false });
    // Longer than the pause after which it would be started again.
    await sleep(800);
    expect(pid()).to.equal(undefined);
    await supervisor.restart('node');
    expect(pid()).not.to.equal(undefined);
  });

  it('stops even a paused process', async () => {
    await supervisor.start(shell('exec sleep 60'));
    const stopped = pid();
    supervisor.signal('node', 'SIGSTOP');
    await supervisor.stop('node');
    expect(supervisor.states()).to.eql([]);
    expect(() => process.kill(stopped ?? 0, 0)).to.throw('ESRCH');
  });

  it('lets a next run end what a killed one left, and nothing else', async () => {
    await supervisor.start(shell('exec sleep 60'));
    const left = pid();
    // A record of an id that now belongs to another program: this test's own.
    recordProcess(join(dir, 'run'), 'other', process.pid);
    const record = join(dir, 'run', 'other.pid.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace(/"startTicks":"\d+"/, '"startTicks":"1"'));
    expect(await endLeftovers(join(dir, 'run'))).to.eql(['node']);
    await until('its end', () => pid() !== left);
  });

  function shell(script: string): Specification {
    return {
      name: 'node',
      kind: 'peer',
      organisation: 'alpha',
      command: '/bin/sh',
      args: ['-c', script],
      env: {},
      cwd: dir,
      address: '127.0.0.1',
      ports: [],
    };
  }

  function pid(): number | undefined {
    return supervisor.states()[0]?.pid;
  }

  async function log(): Promise<string> {
    return readFile(join(dir, 'logs', 'node.log'), 'utf8');
  }
});
