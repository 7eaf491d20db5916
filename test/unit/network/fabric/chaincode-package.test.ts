import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { builderScripts } from '../../../../network/fabric/chaincode/builder.ts';
import { packageOf } from '../../../../network/fabric/chaincode/package.ts';
import { connectionsVariable } from '../../../../network/fabric/config/peer.ts';

describe('chaincode package', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kepil-package-'));
    for (const [path, text] of Object.entries(builderScripts)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
      chmodSync(join(dir, path), 0o755);
    }
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('has the same id for everyone, and another for another version', () => {
    const { id, label } = packageOf({ name: 'kepil', version: '1' });
    expect(label).to.equal('kepil_1');
    expect(packageOf({ name: 'kepil', version: '1' }).id).to.equal(id);
    expect(packageOf({ name: 'kepil', version: '1', digest: 'ab' }).id).not.to.equal(id);
    // Pinned: organisations that pack with another release of Node must get the same.
    expect(id).to.match(/^kepil_1:[0-9a-f]{64}$/);
  });

  it('is a tar that tar reads', () => {
    const unpacked = unpack();
    const metadata = JSON.parse(readFileSync(join(unpacked, 'metadata.json'), 'utf8')) as object;
    expect(metadata).to.eql({ path: '', type: 'kepil-ccaas', label: 'kepil_1' });
  });

  it('is built by our scripts with this peer’s own connection', () => {
    const metadata = unpack();
    mkdirSync(join(dir, 'connections'));
    writeFileSync(join(dir, 'connections', 'kepil_1.json'), '{"address":"127.0.0.1:1"}');
    for (const folder of ['output', 'release']) mkdirSync(join(dir, folder));
    run('detect', 'source', metadata);
    run('build', 'source', metadata, join(dir, 'output'));
    run('release', join(dir, 'output'), join(dir, 'release'));
    const placed = join(dir, 'release', 'chaincode', 'server', 'connection.json');
    expect(readFileSync(placed, 'utf8')).to.equal('{"address":"127.0.0.1:1"}');
  });

  it('is not built without a connection, and others’ packages are left to others', () => {
    const metadata = unpack();
    mkdirSync(join(dir, 'output'));
    expect(() => {
      run('build', 'source', metadata, join(dir, 'output'));
    }).to.throw(/no connection for the package 'kepil_1'/);
    writeFileSync(join(metadata, 'metadata.json'), '{"type":"golang","label":"x"}');
    expect(() => {
      run('detect', 'source', metadata);
    }).to.throw();
  });

  function unpack(): string {
    const folder = join(dir, 'metadata');
    mkdirSync(folder);
    const { bytes } = packageOf({ name: 'kepil', version: '1' });
    execFileSync('tar', ['-xzf', '-', '-C', folder], { input: bytes });
    return folder;
  }

  function run(script: string, ...args: readonly string[]): void {
    const env = { PATH: process.env['PATH'], [connectionsVariable]: join(dir, 'connections') };
    execFileSync(join(dir, 'bin', script), args, { env, stdio: 'pipe' });
  }
});
