import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { renderOrganisation } from '../../../../network/fabric/render/render.ts';
import { systemdUnit } from '../../../../network/fabric/render/systemd.ts';
import { topologyOf } from '../../../../network/topology.ts';

describe('what one organisation runs on its own machines', () => {
  let out: string;
  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'kepil-render-'));
    await renderOrganisation({
      topology: topologyOf(),
      organisation: 'alpha',
      out,
      root: '/srv/kepil',
      bin: '/usr/local/bin',
      module: '/opt/kepil',
      code: process.cwd(),
      node: '/usr/bin/node',
      user: 'kepil',
    });
  });
  after(async () => rm(out, { recursive: true }));

  it('holds its own nodes and keys alone', async () => {
    expect((await readdir(join(out, 'nodes'))).sort()).to.eql([
      'orderer0.alpha.kepil.test',
      'peer0.alpha.kepil.test',
    ]);
    expect(await readdir(join(out, 'crypto', 'peerOrganizations'))).to.eql(['alpha.kepil.test']);
  });

  it('sends the others certificates and no key', async () => {
    const files = await readdir(join(out, 'send'), { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((entry) => entry.isFile())
        .map(async (entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
    );
    expect(texts.length).to.be.greaterThan(3);
    for (const text of texts) expect(text).not.to.contain('PRIVATE KEY');
  });

  it('names paths and hosts as they are on its machine', async () => {
    const core = await readFile(join(out, 'nodes/peer0.alpha.kepil.test/core.yaml'), 'utf8');
    expect(core).to.contain('fileSystemPath: "/srv/kepil/nodes/peer0.alpha.kepil.test/data"');
    expect(core).to.contain('mspConfigPath: "/srv/kepil/crypto/');
    expect(core).to.contain('externalEndpoint: "peer0.alpha.kepil.test:10051"');
    expect(core).not.to.contain(out);
    const info = await readFile(join(out, 'info.json'), 'utf8');
    expect(info).to.contain('"endpoint":"peer0.alpha.kepil.test:10051"');
    expect(info).to.contain('/srv/kepil/crypto/peerOrganizations/alpha.kepil.test/users/Admin@');
    expect(info).not.to.contain(out);
  });

  it('runs a unit for each process, and says what to do in which order', async () => {
    expect((await readdir(join(out, 'systemd'))).sort()).to.eql([
      'kepil-kepil_1.alpha.kepil.test.service',
      'kepil-orderer0.alpha.kepil.test.service',
      'kepil-peer0.alpha.kepil.test.service',
    ]);
    const steps = await readFile(join(out, 'STEPS.md'), 'utf8');
    expect(steps).to.contain('goscorp, authority, nit and beta');
  });

  it('quotes for systemd what it would read as its own', () => {
    const unit = systemdUnit(
      {
        name: 'a',
        kind: 'peer',
        organisation: 'alpha',
        command: '/bin/peer',
        args: ['$HOME', 'a "b"'],
        env: { FORMAT: '%{message}' },
        cwd: '/srv',
        address: '127.0.0.1',
        ports: [],
      },
      { user: 'kepil', root: '/srv' },
    );
    expect(unit).to.contain('Environment="FORMAT=%%{message}"');
    expect(unit).to.contain('ExecStart="/bin/peer" "$$HOME" "a \\"b\\""');
  });
});
