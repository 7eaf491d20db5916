import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect } from 'chai';
import { bytesIn } from '../../support/leveldb/entries.ts';

/** Long enough to be compressed, and different from all others. */
const valueOf = (name: string) => `value of ${name} `.repeat(40);

describe("the reader of LevelDB's files", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kepil-leveldb-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function opened<T>(work: (level: ClassicLevel) => Promise<T>): Promise<T> {
    const level = new ClassicLevel(folder);
    await level.open();
    try {
      return await work(level);
    } finally {
      await level.close();
    }
  }

  /** Which values the files hold, whether or not the database still shows them. */
  async function held(names: readonly string[]): Promise<readonly string[]> {
    const found = new Set<string>();
    for await (const { bytes } of bytesIn(folder)) {
      for (const name of names) if (bytes.includes(valueOf(name))) found.add(name);
    }
    return [...found].sort((one, other) => one.localeCompare(other));
  }

  it('shows what was overwritten and deleted, in the log and in tables', async () => {
    await opened(async (level) => {
      await level.put('a', valueOf('first'));
      await level.put('a', valueOf('second'));
      await level.put('b', valueOf('gone'));
      await level.del('b');
    });
    const names = ['first', 'gone', 'second'];
    expect(await held(names), 'log').to.eql(names);
    // Opened again, a database writes its log into a table; the folded values are those that count.
    await opened((level) => level.put('c', valueOf('third')));
    expect(await held([...names, 'third']), 'table').to.include.members(['second', 'third']);
    await opened((level) => level.compactRange('', '~'));
    expect(await held([...names, 'third']), 'compacted').to.eql(['second', 'third']);
  });

  it('reads every entry of many blocks, and of records that go over the end of one', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `entry ${index}`);
    await opened(async (level) => {
      for (const name of names) await level.put(name, valueOf(name));
      await level.put('long', 'x'.repeat(200_000) + valueOf('end'));
    });
    expect((await held([...names, 'end'])).length).to.equal(501);
    await opened((level) => level.compactRange('', '~'));
    expect((await held([...names, 'end'])).length).to.equal(501);
  });
});
