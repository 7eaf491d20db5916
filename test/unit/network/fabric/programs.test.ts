import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findPrograms, isOlder, ProgramsError } from '../../../../network/fabric/programs.ts';

describe("Fabric's programs", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-programs-'));
  });
  afterEach(async () => rm(dir, { recursive: true }));

  it('are found in FABRIC_BIN, on the PATH, or in the cache', async () => {
    await place('3.1.5');
    for (const places of [{ fabricBin: dir }, { path: `/nowhere:${dir}` }, { cache: dir }]) {
      const programs = await findPrograms(places);
      expect(programs.version).to.equal('3.1.5');
      expect(programs.orderer).to.equal(join(dir, 'orderer'));
    }
  });

  it('are refused when too old, with what to do', async () => {
    await place('2.5.9');
    await refused({ fabricBin: dir }, /of version 2\.5\.9.*kepil network install/);
  });

  it('are missed with what to do, and FABRIC_BIN is not passed over in silence', async () => {
    await place('3.1.5');
    await refused({}, /not found on the PATH.*FABRIC_BIN/);
    await refused({ fabricBin: '/nowhere', path: dir }, /not found in \/nowhere/);
  });

  it('compares versions number by number', () => {
    expect(isOlder('3.1.5', '3.1.5')).to.equal(false);
    expect(isOlder('3.1.10', '3.1.5')).to.equal(false);
    expect(isOlder('2.9.9', '3.1.5')).to.equal(true);
  });

  async function place(version: string): Promise<void> {
    for (const name of ['peer', 'orderer', 'configtxgen', 'configtxlator']) {
      const text = `#!/bin/sh\necho "peer:\n Version: v${version}"\n`;
      await writeFile(join(dir, name), text, { mode: 0o755 });
    }
  }

  async function refused(places: Parameters<typeof findPrograms>[0], text: RegExp): Promise<void> {
    const error: unknown = await findPrograms(places).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ProgramsError);
    expect((error as Error).message).to.match(text);
  }
});
