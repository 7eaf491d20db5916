import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect } from 'chai';
import { levelOptions } from '../../../../../network/local/engine/level.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger, type CallOptions } from '../../../../support/unit-ledger.ts';

const own = '_implicit_org_AlphaMSP';
const brief = {
  name: 'brief',
  policy: "OR('AlphaMSP.member', 'BetaMSP.member')",
  blockToLive: 1,
  endorsementPolicy: { signaturePolicy: "OR('AlphaMSP.peer')" },
};

/** Random text: compression leaves it as it is, so that it can be found in the files. */
const secret = (): string => randomBytes(300).toString('base64');

describe('purged private data on disk', () => {
  let folder: string;
  let ledger: UnitLedger;

  const call = (name: string, argument: object, options: Partial<CallOptions> = {}) =>
    ledger.submit('notes', name, argument, { org: 'AlphaMSP', ...options });
  const put = (collection: string, key: string, value: string) =>
    call('putPrivate', { collection, key }, { transient: { value } });

  /** Whether any file holds a part of the text that is long enough to be no chance. */
  const onDisk = async (text: string): Promise<boolean> => {
    const parts = [text.slice(0, 60), text.slice(100, 160), text.slice(-60)];
    for (const name of await readdir(folder)) {
      const content = await readFile(join(folder, name));
      if (parts.some((part) => content.includes(part))) return true;
    }
    return false;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kepil-erasure-'));
    ledger = await UnitLedger.create({
      module: { contracts: [NotesContract] },
      collections: [brief],
      level: new ClassicLevel<Uint8Array, Uint8Array>(folder, levelOptions),
    });
  });

  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  it('leaves the files, and the other data stays', async () => {
    const [gone, stays] = [secret(), secret()];
    await put(own, 'gone', gone);
    await put(own, 'stays', stays);
    expect(await onDisk(gone)).to.equal(true);
    await call('purgePrivate', { collection: own, key: 'gone' });
    await ledger.channel.erase();
    expect([await onDisk(gone), await onDisk(stays)]).to.deep.equal([false, true]);
    expect(ledger.privateState('AlphaMSP', own, 'stays')).to.equal(stays);
  });

  it('leaves the files in all its versions, from files of all ages', async () => {
    const versions = [secret(), secret(), secret()];
    for (const value of versions) {
      await put(own, 'k', value);
      await put(own, 'other', secret());
      await call('purgePrivate', { collection: own, key: 'other' });
      await ledger.channel.erase();
    }
    await call('purgePrivate', { collection: own, key: 'k' });
    await ledger.channel.erase();
    expect(await Promise.all(versions.map(onDisk))).to.deep.equal([false, false, false]);
  });

  it('leaves the files when its blocks have passed', async () => {
    const value = secret();
    await put('brief', 'k', value);
    await call('put', { key: 'a', value: '1' });
    await call('put', { key: 'a', value: '2' });
    await ledger.channel.erase();
    expect(ledger.privateState('BetaMSP', 'brief', 'k')).to.equal(undefined);
    expect(await onDisk(value)).to.equal(false);
  });

  it('leaves the files at the latest when the ledger is closed', async () => {
    const value = secret();
    await put(own, 'k', value);
    await call('purgePrivate', { collection: own, key: 'k' });
    await ledger.close();
    expect(await onDisk(value)).to.equal(false);
  });
});
