/** Memory of processes with all that they started, as the system counts it. */
import { execFileSync } from 'node:child_process';

/** Resident memory of the descendants of a process, in MB; with the process itself if asked. */
export function memoryMb(pid: number, options: { readonly withItself: boolean }): number {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return memoryIn(table, pid, options.withItself);
}

/** The same from the table that `ps` prints: process, parent, kilobytes. */
export function memoryIn(table: string, root: number, withItself: boolean): number {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const counted = new Set([root]);
  // A parent may stand below its child in the table: look again until nothing is new.
  for (let size = 0; size !== counted.size;) {
    size = counted.size;
    for (const [pid, parent] of rows) if (counted.has(parent)) counted.add(pid);
  }
  if (!withItself) counted.delete(root);
  const kilobytes = rows.reduce((sum, [pid, , rss]) => (counted.has(pid) ? sum + rss : sum), 0);
  return kilobytes / 1024;
}
