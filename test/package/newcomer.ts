/** What a newcomer does at a terminal: starts the network, reads what it says, stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

const stopTimeoutMs = 20_000;

/** A command that goes on running. */
export class Running {
  readonly #child: ChildProcess;
  /** All that it has printed so far. */
  output = '';
  readonly ended: Promise<number | null>;

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = new Promise((resolve) => this.#child.once('exit', (code) => resolve(code)));
  }

  /** Waits until it has printed something that matches. */
  async says(words: RegExp, timeoutMs: number): Promise<void> {
    const until = Date.now() + timeoutMs;
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    while (!words.test(this.output)) {
      if (hasEnded) throw new Error(`it ended without ${words}:\n${this.output}`);
      if (Date.now() > until) throw new Error(`${words} did not come:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Presses Ctrl-C, and gives the exit code. */
  async interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.#child.kill(signal);
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), stopTimeoutMs);
    const code = await this.ended;
    clearTimeout(killer);
    return code;
  }
}

/** `npm start -- …`, without npm's own second; NCALayer's own port is left to whoever works here. */
export function start(dir: string, basePort: number, ...more: readonly string[]): Running {
  const options = ['--dir', dir, '--base-port', String(basePort), '--ncalayer-port', '0', ...more];
  return new Running(['scripts/run.mjs', 'start', ...options]);
}
