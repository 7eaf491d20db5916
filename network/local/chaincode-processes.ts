/**
 * Runs chaincode programs as Fabric's peers would: the unchanged `fabric-chaincode-node server` in
 * a child process, reached over its own stream, and started again when it dies.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chaincodeEnvironment } from './config.ts';
import { freePort } from './ports.ts';
import { StartError } from './start-error.ts';

/** A program to run. */
export type ChaincodeProgram = {
  readonly name: string;
  readonly version: string;
  /** Folder with the `package.json` whose `main` holds the contracts. */
  readonly folder: string;
  /** The one organisation that it serves, where each has its own program. */
  readonly mspId?: string;
  /** The Node program to run it with; this one unless told. */
  readonly nodeProgram?: string;
};

/** How long a program may take until it listens. */
const startTimeoutMs = 30_000;
const firstPauseMs = 100;
const longestPauseMs = 5000;
/** Old objects that a chaincode keeps alive are few; without a bound Node keeps what it once had. */
const heapMaxMb = 192;

/** A chaincode program that is kept running. */
export class ChaincodeProcess {
  readonly #program: ChaincodeProgram;
  readonly #logPath: string;
  readonly #log: (line: string) => void;
  #child: ChildProcess | undefined;
  #port = 0;
  #isStopping = false;
  #pauseMs = firstPauseMs;

  private constructor(program: ChaincodeProgram, logFolder: string, log: (line: string) => void) {
    const { name, mspId } = program;
    this.#program = program;
    this.#logPath = join(logFolder, `${mspId === undefined ? name : `${name}-${mspId}`}.log`);
    this.#log = log;
  }

  /** Starts the program and waits until it listens. */
  static async start(
    program: ChaincodeProgram,
    logFolder: string,
    log: (line: string) => void,
  ): Promise<ChaincodeProcess> {
    mkdirSync(logFolder, { recursive: true });
    const started = new ChaincodeProcess(program, logFolder, log);
    started.#port = await freePort(0, `chaincode ${program.name}`);
    started.#run();
    try {
      await started.#listens();
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  /** Where peers reach it. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends the program, at once if it does not end by itself. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(timer);
  }

  #run(): void {
    // Begun anew with each start of the network, so that it does not grow for ever.
    const log = openSync(this.#logPath, this.#child === undefined ? 'w' : 'a');
    const child = spawn(this.#program.nodeProgram ?? process.execPath, this.#arguments(), {
      cwd: this.#program.folder,
      // Its standard input is a line to us: when we are gone, however we went, it ends too.
      stdio: ['pipe', log, log],
      env: chaincodeEnvironment(this.#program.mspId),
    });
    closeSync(log);
    child.on('error', (error) => this.#log(`chaincode ${this.#program.name}: ${error.message}`));
    child.once('exit', (code, signal) => void this.#ended(code ?? signal));
    this.#child = child;
  }

  #arguments(): string[] {
    const { name, version, folder } = this.#program;
    const require = createRequire(import.meta.url);
    return [
      `--max-old-space-size=${heapMaxMb}`,
      '--import',
      new URL('chaincode-guard.js', import.meta.url).href,
      require.resolve('fabric-shim/cli'),
      'server',
      '--chaincode-address',
      this.address,
      '--chaincode-id',
      `${name}:${version}`,
      '--module-path',
      folder,
    ];
  }

  async #ended(how: number | string | null): Promise<void> {
    if (this.#isStopping) return;
    const { name } = this.#program;
    this.#log(`chaincode ${name} ended (${how}) and is started again; see ${this.#logPath}`);
    await sleep(this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    if (!this.#isStopping) this.#run();
  }

  async #listens(): Promise<void> {
    const until = Date.now() + startTimeoutMs;
    while (Date.now() < until) {
      if (await answers(this.#port)) {
        this.#pauseMs = firstPauseMs;
        return;
      }
      // A program that died twice is not going to live: its last words say why.
      if (this.#pauseMs > firstPauseMs * 2) break;
      await sleep(50);
    }
    throw new StartError(
      `Chaincode ${this.#program.name} does not start.\n${lastLines(this.#logPath)}`,
      `Its whole output is in ${this.#logPath}.`,
    );
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function lastLines(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
}
