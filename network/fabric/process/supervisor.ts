/**
 * Keeps a network's processes running: starts them, writes their output to files, starts them
 * again when they end, and stops them in order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { surroundings } from '../config.ts';
import { forgetProcess, recordProcess } from './record.ts';
import type { Specification } from './specification.ts';

/** Pauses before a process that ended is started again: short at first, bounded ever after. */
const restartPausesMs = [200, 500, 1000, 2000, 5000] as const;

/** A process that ran for so long has its next pause short again. */
const steadyMs = 30_000;

/** How long a process may take to stop before it is killed. */
const stopTimeoutMs = 10_000;

/** A file of output that has grown past this is put aside when its process starts again. */
const logBytesMax = 50 * 1024 * 1024;

/** What a process does now. */
export type ProcessState = {
  readonly name: string;
  readonly kind: Specification['kind'];
  readonly organisation: string;
  readonly pid: number | undefined;
  readonly restarts: number;
  readonly startedAt: Date | undefined;
};

/** Runs and watches processes. */
export class Supervisor {
  readonly #logs: string;
  readonly #run: string;
  readonly #kept = new Map<string, Kept>();

  /** `logs` and `run` are folders: of output, and of records by which a next run finds leftovers. */
  constructor(folders: { readonly logs: string; readonly run: string }) {
    this.#logs = folders.logs;
    this.#run = folders.run;
    mkdirSync(folders.logs, { recursive: true });
    mkdirSync(folders.run, { recursive: true });
  }

  /** Starts a process and keeps it running; one of the same name is replaced. */
  async start(specification: Specification): Promise<void> {
    await this.stop(specification.name);
    const kept = new Kept(specification, this.#logs, this.#run);
    this.#kept.set(specification.name, kept);
    kept.start();
  }

  /** Stops a process and keeps it stopped. */
  async stop(name: string): Promise<void> {
    await this.#kept.get(name)?.stop();
    this.#kept.delete(name);
  }

  /** Kills a process as a failure would; it is started again unless `restart` is false. */
  async kill(name: string, options: { readonly restart?: boolean } = {}): Promise<void> {
    await this.#named(name).kill(options.restart ?? true);
  }

  /** Stops a process and starts it again. */
  async restart(name: string): Promise<void> {
    const kept = this.#named(name);
    await kept.stop();
    kept.start();
  }

  /** Stops a process until `resume`, for work on its files. */
  async halt(name: string): Promise<void> {
    await this.#named(name).stop();
  }

  /** Starts a process that was halted. */
  resume(name: string): void {
    this.#named(name).start();
  }

  /** Pauses a process (`SIGSTOP`) or lets it go on (`SIGCONT`): a node that hangs. */
  signal(name: string, signal: NodeJS.Signals): void {
    this.#named(name).signal(signal);
  }

  /** Stops everything: chaincodes, then peers, then orderers. */
  async stopAll(): Promise<void> {
    for (const kind of ['chaincode', 'peer', 'orderer'] as const) {
      const names = this.states().filter((state) => state.kind === kind);
      await Promise.all(names.map(async ({ name }) => this.stop(name)));
    }
  }

  /** What runs now. */
  states(): readonly ProcessState[] {
    return [...this.#kept.values()].map((kept) => kept.state());
  }

  #named(name: string): Kept {
    const kept = this.#kept.get(name);
    if (kept === undefined) throw new Error(`no process is named ${name}`);
    return kept;
  }
}

/** One process and its restarts. */
class Kept {
  readonly #specification: Specification;
  readonly #logs: string;
  readonly #run: string;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #wanted = false;
  #restarts = 0;
  #failures = 0;
  #startedAt: Date | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(specification: Specification, logs: string, run: string) {
    this.#specification = specification;
    this.#logs = logs;
    this.#run = run;
  }

  start(): void {
    this.#wanted = true;
    clearTimeout(this.#timer);
    if (this.#child !== undefined) return;
    const { name, command, args, env, cwd } = this.#specification;
    const log = openLog(join(this.#logs, `${name}.log`));
    // Of a group of its own: Ctrl-C in a terminal must not kill the nodes before their order.
    const child = spawn(command, args, {
      cwd,
      env: { ...surroundings(), ...env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.#startedAt = new Date();
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => {
        resolve();
      });
      child.once('error', () => {
        resolve();
      });
    });
    if (child.pid !== undefined) recordProcess(this.#run, name, child.pid);
    void this.#ended.then(() => {
      this.#onEnd(child);
    });
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) return;
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const timeout = new AbortController();
    const killed = sleep(stopTimeoutMs, undefined, { signal: timeout.signal }).then(
      () => child.kill('SIGKILL'),
      // It has ended in time.
      () => false,
    );
    await this.#ended;
    timeout.abort();
    await killed;
  }

  async kill(restart: boolean): Promise<void> {
    this.#wanted = restart;
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  state(): ProcessState {
    const { name, kind, organisation } = this.#specification;
    return {
      name,
      kind,
      organisation,
      pid: this.#child?.pid,
      restarts: this.#restarts,
      startedAt: this.#startedAt,
    };
  }

  #onEnd(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    forgetProcess(this.#run, this.#specification.name);
    if (!this.#wanted) return;
    const ranMs = Date.now() - (this.#startedAt?.getTime() ?? 0);
    this.#failures = ranMs > steadyMs ? 0 : this.#failures + 1;
    const step = Math.min(this.#failures, restartPausesMs.length - 1);
    this.#timer = setTimeout(() => {
      this.#restarts += 1;
      this.start();
    }, restartPausesMs[step]);
  }
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logBytesMax) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}
