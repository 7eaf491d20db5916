/**
 * Records of running processes, by which a next run finds what a killed one left behind.
 *
 * A record holds the process's id and its start time: an id alone may since belong to another
 * program, and that one must not be stopped.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Writes down a process that was started. */
export function recordProcess(folder: string, name: string, pid: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder, name), JSON.stringify({ pid, startTicks: startTicksOf(pid) }));
}

/** Removes the record of a process that has ended. */
export function forgetProcess(folder: string, name: string): void {
  rmSync(fileOf(folder, name), { force: true });
}

/** Whether the process of a record still runs. */
export function runningProcess(folder: string, name: string): number | undefined {
  try {
    const { pid, startTicks } = JSON.parse(readFileSync(fileOf(folder, name), 'utf8')) as {
      pid: number;
      startTicks: string | undefined;
    };
    return startTicks !== undefined && startTicksOf(pid) === startTicks ? pid : undefined;
  } catch {
    // No record, or one that was cut short: nothing that we may stop.
    return undefined;
  }
}

/** Ends every process that a killed run left behind, and says which; bounded at ten seconds. */
export async function endLeftovers(folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.pid.json'))
    .map((file) => file.slice(0, -'.pid.json'.length));
  const left = names.filter((name) => runningProcess(folder, name) !== undefined);
  for (const name of left) signalRecorded(folder, name, 'SIGTERM');
  for (let waits = 0; waits < 100 && left.some((name) => runs(folder, name)); waits += 1) {
    await sleep(100);
  }
  for (const name of left) signalRecorded(folder, name, 'SIGKILL');
  for (const name of names) forgetProcess(folder, name);
  return left;
}

function runs(folder: string, name: string): boolean {
  return runningProcess(folder, name) !== undefined;
}

function signalRecorded(folder: string, name: string, signal: NodeJS.Signals): void {
  const pid = runningProcess(folder, name);
  if (pid !== undefined) process.kill(pid, signal);
}

/** When a process started, in the kernel's ticks since boot; absent when it does not run. */
function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in brackets, may hold spaces; a zombie has ended.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    // No such process.
    return undefined;
  }
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.pid.json`);
}
