/**
 * Makes purged private data leave a peer's disk. Fabric deletes it from its databases, whose files
 * keep the bytes until they happen to be compacted; here every database of a stopped peer is
 * compacted whole. Nothing that the peer still holds is lost, which a folder made anew would lose
 * where the organisation is the only holder.
 *
 * What was endorsed and never ordered is nobody's record, and no purge reaches it: it waits in the
 * transient store for thousands of blocks. That store goes. A transaction that is on its way just
 * then comes without its private data, as after a restore, and is healed.
 */
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { Layout } from '../layout.ts';
import type { Supervisor } from '../process/supervisor.ts';

/** Past every key that Fabric writes: they begin with a text or a small number. */
const lastKey = Buffer.alloc(64, 0xff);

/** Compacts every database of a peer, which is down meanwhile; says how many there were. */
export async function erase(
  layout: Layout,
  supervisor: Supervisor,
  host: string,
): Promise<{ readonly databases: number }> {
  await supervisor.halt(host);
  try {
    const data = join(layout.node(host), 'data');
    await rm(join(data, 'transientstore'), { recursive: true, force: true });
    const folders = await databasesIn(data);
    for (const folder of folders) await compact(folder);
    return { databases: folders.length };
  } finally {
    supervisor.resume(host);
  }
}

/** LevelDB keeps a file `CURRENT` in each database. */
async function databasesIn(data: string): Promise<readonly string[]> {
  const entries = await readdir(data, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith('/CURRENT') && !entry.startsWith('snapshots/'))
    .map((entry) => join(data, dirname(entry)));
}

async function compact(folder: string): Promise<void> {
  const database = new ClassicLevel<Buffer, Buffer>(folder, {
    createIfMissing: false,
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
  });
  await database.open();
  try {
    await database.compactRange(Buffer.alloc(0), lastKey);
  } finally {
    await database.close();
  }
}
