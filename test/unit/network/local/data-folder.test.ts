import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  claimDataFolder,
  emptyDataFolder,
  openDataFolder,
} from '../../../../network/local/data-folder.ts';
import { StartError } from '../../../../network/local/start-error.ts';
import { topologyOf } from '../../../../network/topology.ts';

describe('data folder', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kepil-data-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const begun = async () => {
    const folder = openDataFolder(dir);
    mkdirSync(folder.crypto);
    mkdirSync(folder.ledger);
    await claimDataFolder(folder, topologyOf())();
    return folder;
  };

  it('is begun where there is none, and taken up again', async () => {
    await begun();
    claimDataFolder(openDataFolder(dir), topologyOf());
    expect(existsSync(join(dir, 'network.json'))).to.equal(true);
  });

  it('is completed when its first start was cut short', () => {
    const folder = openDataFolder(dir);
    mkdirSync(folder.crypto);
    mkdirSync(folder.ledger);
    claimDataFolder(openDataFolder(dir), topologyOf());
  });

  it('may move to other ports, and not to another network', async () => {
    const folder = await begun();
    claimDataFolder(folder, topologyOf({ basePort: 22_051 }));
    expect(() => claimDataFolder(folder, topologyOf({ channel: 'other' }))).to.throw(
      StartError,
      'the network of channel kepil',
    );
  });

  it('is left alone when it is not ours', () => {
    writeFileSync(join(dir, 'thesis.doc'), '');
    expect(() => openDataFolder(dir)).to.throw(StartError, 'thesis.doc');
  });

  it('is explained when its keys are gone or its mark is spoilt', async () => {
    const folder = await begun();
    writeFileSync(join(dir, 'network.json'), '{');
    expect(() => claimDataFolder(folder, topologyOf())).to.throw(StartError, 'cannot be trusted');
    rmSync(folder.crypto, { recursive: true });
    expect(() => claimDataFolder(folder, topologyOf())).to.throw(StartError, 'are gone');
  });

  it('is emptied of what is ours alone', async () => {
    const folder = await begun();
    writeFileSync(join(dir, 'notes.txt'), 'mine');
    emptyDataFolder(folder);
    expect(readdirSync(dir)).to.eql(['notes.txt']);
  });
});
