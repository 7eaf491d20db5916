import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { installPrograms, officialUrl } from '../../../../network/fabric/install.ts';

describe("fetching Fabric's programs", () => {
  let dir: string;
  let server: Server;
  let url: string;
  let archive: Buffer;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-install-'));
    await mkdir(join(dir, 'release', 'bin'), { recursive: true });
    for (const name of ['peer', 'orderer', 'configtxgen', 'configtxlator']) {
      const text = '#!/bin/sh\necho " Version: v3.1.5"\n';
      await writeFile(join(dir, 'release', 'bin', name), text, { mode: 0o755 });
    }
    archive = execFileSync('tar', ['-czf', '-', '-C', join(dir, 'release'), 'bin']);
    server = createServer((_request, response) => response.end(archive));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/release.tar.gz`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(dir, { recursive: true });
  });

  it('puts them into the cache, and records what the release was', async () => {
    const programs = await installPrograms({ url, bin: join(dir, 'cache', 'bin') });
    expect(programs.peer).to.equal(join(dir, 'cache', 'bin', 'peer'));
    const recorded = await readFile(join(dir, 'cache', 'release.sha256'), 'utf8');
    expect(recorded.trim()).to.equal(createHash('sha256').update(archive).digest('hex'));
  });

  it('refuses a release that is not the given one, or not the one of the first time', async () => {
    const bin = join(dir, 'cache', 'bin');
    expect(await failure({ url, bin, sha256: '00' })).to.match(/should have 00/);
    await installPrograms({ url, bin });
    await rm(bin, { recursive: true });
    archive = Buffer.concat([archive, Buffer.from('x')]);
    expect(await failure({ url, bin })).to.match(/it was not installed/);
  });

  it('takes a given hash in either case, and expects that release from then on', async () => {
    const bin = join(dir, 'cache', 'bin');
    await installPrograms({ url, bin });
    await rm(bin, { recursive: true });
    await writeFile(join(dir, 'release', 'bin', 'news'), 'another build of it');
    archive = execFileSync('tar', ['-czf', '-', '-C', join(dir, 'release'), 'bin']);
    const sha256 = createHash('sha256').update(archive).digest('hex');
    await installPrograms({ url, bin, sha256: sha256.toUpperCase() });
    await rm(bin, { recursive: true });
    await installPrograms({ url, bin });
    expect((await readFile(join(dir, 'cache', 'release.sha256'), 'utf8')).trim()).to.equal(sha256);
  });

  it('says what hindered it, leaves nothing half done, and does it when given once more', async () => {
    const bin = join(dir, 'cache', 'bin');
    const page = '<html>Sign in first</html>';
    const answers = [
      (response: ServerResponse) => response.end(page),
      (response: ServerResponse) => response.writeHead(404).end(),
      (response: ServerResponse) => {
        response.writeHead(200, { 'Content-Length': String(archive.length) });
        response.write(archive.subarray(0, 100), () => response.destroy());
      },
    ];
    server.removeAllListeners('request');
    server.on('request', (_request, response: ServerResponse) => {
      const answer = answers.shift();
      if (answer === undefined) response.end(archive);
      else answer(response);
    });
    expect(await failure({ url, bin })).to.match(/is not a release of Fabric; nothing/);
    expect(await failure({ url, bin })).to.match(/answered 404; nothing was installed/);
    expect(await failure({ url, bin })).to.match(/broke off .*give the command once more/);
    expect(await readdir(join(dir, 'cache'))).to.eql([]);
    expect(await failure({ url, bin })).to.equal('installed');
    expect((await readdir(join(dir, 'cache'))).sort()).to.eql(['bin', 'release.sha256']);
  });

  it('says that nobody is reached', async () => {
    const nowhere = 'http://127.0.0.1:1/release.tar.gz';
    const bin = join(dir, 'cache', 'bin');
    expect(await failure({ url: nowhere, bin })).to.match(
      /cannot be reached; nothing was installed/,
    );
  });

  it('knows where the project publishes for this machine', () => {
    expect(officialUrl('linux', 'x64')).to.match(
      /\/v3\.1\.5\/hyperledger-fabric-linux-amd64-3\.1\.5\.tar\.gz$/,
    );
    expect(() => officialUrl('win32', 'x64')).to.throw(/FABRIC_BIN/);
  });

  async function failure(options: Parameters<typeof installPrograms>[0]): Promise<string> {
    return installPrograms(options).then(
      () => 'installed',
      (error: unknown) => String(error),
    );
  }
});
