/**
 * A machine of one organisation: a network namespace, a hosts file, and systemd's part as far as the
 * rendered units ask for it. What STEPS.md says is carried out on it, word by word.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a command wrote, and how it ended. */
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Commands of STEPS.md that furnish a machine; the tests' machine is what it is. */
const furnishing = [/^id -u /, /^chown /, /^cp .*\/etc\/systemd\//, /^systemctl daemon-reload$/];

const commandTimeoutMs = 120_000;

/** One organisation's machine. */
export class TestMachine {
  readonly name: string;
  /** Where its part of the network lies. */
  readonly root: string;
  readonly #launch: readonly string[];
  readonly #units = new Map<string, RunningUnit>();

  /** `launch` are the words by which a command comes to run there. */
  constructor(name: string, root: string, launch: readonly string[]) {
    this.name = name;
    this.root = root;
    this.#launch = launch;
  }

  /** The commands of each step, in order. */
  async steps(): Promise<readonly (readonly string[])[]> {
    const text = await readFile(join(this.root, 'STEPS.md'), 'utf8');
    return [...text.matchAll(/^```sh\n([\s\S]*?)\n```$/gm)].map(([, block = '']) =>
      block.split('\n'),
    );
  }

  /** Carries a command of a step out; one that fails ends the test with what it said. */
  async carryOut(command: string): Promise<string> {
    if (furnishing.some((pattern) => pattern.test(command))) return '';
    const unit = /^systemctl enable --now (\S+)$/.exec(command)?.[1];
    if (unit !== undefined) {
      await this.#start(unit);
      return '';
    }
    const ended = await this.run(command);
    if (ended.code === 0) return ended.stdout;
    throw new Error(`${this.name}: ${command}\n${ended.stdout}${ended.stderr}`);
  }

  /** Runs a command line, `kepil` being this package's. */
  async run(command: string): Promise<Ended> {
    const words = command.replace(/^kepil /, `${process.execPath} scripts/kepil.mjs `);
    const [program, ...args] = [...this.#launch, 'sh', '-c', words];
    // The rendered part says where the programs are.
    const { FABRIC_BIN: _unset, ...env } = process.env;
    return new Promise((resolve) => {
      execFile(program, args, { env, timeout: commandTimeoutMs }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#units.values()].map(async (unit) => unit.stop()));
  }

  async #start(file: string): Promise<void> {
    const unit = readUnit(await readFile(join(this.root, 'systemd', file), 'utf8'));
    const running = new RunningUnit(unit, this.#launch, join(this.root, `${file}.log`));
    this.#units.set(file, running);
    running.start();
    await sleep(0);
  }
}

/** What is read of a unit. */
type Unit = {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
};

/** Reads a unit as systemd does: quoted words, with `%%` and `$$` for the signs themselves. */
export function readUnit(text: string): Unit {
  const values = (key: string): readonly string[] =>
    text
      .split('\n')
      .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
  const environment = values('Environment')
    .flatMap(wordsOf)
    .map((word) => {
      const at = word.indexOf('=');
      return [word.slice(0, at), word.slice(at + 1)] as const;
    });
  return {
    command: values('ExecStart').flatMap(wordsOf),
    environment: Object.fromEntries(environment),
    folder: values('WorkingDirectory')[0] ?? '/',
  };
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) =>
    word.replaceAll('$$', '$').replaceAll('%%', '%').replaceAll(/\\(.)/g, '$1'),
  );
}

/** A unit's process, started again when it ends, as `Restart=always` says. */
class RunningUnit {
  readonly #unit: Unit;
  readonly #launch: readonly string[];
  readonly #log: string;
  #child: ChildProcess | undefined;
  #wanted = false;

  constructor(unit: Unit, launch: readonly string[], log: string) {
    this.#unit = unit;
    this.#launch = launch;
    this.#log = log;
  }

  start(): void {
    this.#wanted = true;
    const [program = '', ...args] = [...this.#launch, ...this.#unit.command];
    const child = spawn(program, args, {
      cwd: this.#unit.folder,
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', ...this.#unit.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(this.#log, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
    child.once('exit', () => {
      log.end();
      this.#child = undefined;
      if (this.#wanted)
        setTimeout(() => {
          if (this.#wanted) this.start();
        }, 1000);
    });
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  }
}
