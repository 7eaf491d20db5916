import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderOf, lockFolder } from '../../../../network/local/folder-lock.ts';
import { StartError } from '../../../../network/local/start-error.ts';

describe('lock of a data folder', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kepil-lock-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is given back whole', () => {
    const unlock = lockFolder(dir);
    expect(holderOf(dir)).to.equal(process.pid);
    unlock();
    expect(readdirSync(dir)).to.eql([]);
    expect(holderOf(dir)).to.equal(undefined);
  });

  it('names the process that holds it', () => {
    const unlock = lockFolder(dir);
    expect(() => lockFolder(dir)).to.throw(StartError, `as process ${process.pid}`);
    unlock();
  });

  it('passes from a process that was killed, even if its number now belongs to another', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((done) => child.once('exit', done));
    for (const pid of [child.pid, process.pid]) {
      writeFileSync(join(dir, 'lock.json'), JSON.stringify({ pid, began: 'long ago' }));
      lockFolder(dir)();
      expect(existsSync(join(dir, 'lock.json'))).to.equal(false);
    }
  });

  it('is not stopped by a file that was half written', () => {
    writeFileSync(join(dir, 'lock.json'), '{"pid":');
    lockFolder(dir)();
  });
});
