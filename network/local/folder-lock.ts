/** Keeps a second network out of a data folder, without being fooled by one that was killed. */
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

const holderSchema = z.object({
  pid: z.int().min(1),
  /** When the process began, as its system counts: a pid alone may have passed to another. */
  began: z.string(),
});

/** Takes the folder for this process, or says who has it. Returns what gives it back. */
export function lockFolder(dir: string): () => void {
  const path = join(dir, 'lock.json');
  const own = { pid: process.pid, began: beganAt(process.pid) };
  // Two attempts: the first may find a dead holder's file, which only one of several can replace.
  for (const attempt of [1, 2]) {
    if (tryTake(path, own)) return () => release(path);
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder)) throw heldBy(dir, holder.pid);
    if (attempt === 1) rmSync(path, { force: true });
  }
  throw new StartError(`Another local network is just taking ${dir}.`, 'Start again in a moment.');
}

/** The process that holds a folder now, if one does. */
export function holderOf(dir: string): number | undefined {
  const holder = readHolder(join(dir, 'lock.json'));
  return holder !== undefined && isAlive(holder) ? holder.pid : undefined;
}

function heldBy(dir: string, pid: number): StartError {
  return new StartError(
    `The local network in ${dir} is running already, as process ${pid}.`,
    `Stop it first (kill ${pid}), or start another with --dir OTHER_FOLDER and --base-port.`,
  );
}

/** Links a whole file into place, so that nobody reads a half-written one. */
function tryTake(path: string, own: z.output<typeof holderSchema>): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function release(path: string): void {
  if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
}

function readHolder(path: string): z.output<typeof holderSchema> | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // No lock, or none that a network wrote: nobody holds the folder by it.
    return undefined;
  }
}

function isAlive({ pid, began }: z.output<typeof holderSchema>): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Someone else's process lives, although we may not signal it.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return began === beganAt(pid);
}

/** Linux tells when a process began; elsewhere the pid alone has to do. */
function beganAt(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold blanks.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // No such process, or not Linux.
    return '';
  }
}
