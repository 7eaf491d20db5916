/**
 * A network in a process of its own, with a chaincode on it: for measuring it apart from
 * its load, and for killing it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What to start; the folder keeps the ledger from one start to the next. */
export type NetworkRequest = {
  readonly kind: 'local' | 'fabric';
  readonly dir: string;
  readonly basePort: number;
  /** `records` reads one record and writes it; `kepil` is our own. */
  readonly chaincode: 'records' | 'kepil';
  /** A file with faults that are asked for (`network/local/faults.ts`); local only. */
  readonly faults?: string;
};

/** What the process tells once: where clients find the network, or why there is none. */
export type NetworkReport = { readonly info: string } | { readonly error: string };

/** A running network. */
export type NetworkProcess = {
  readonly pid: number;
  /** Its info file, for `readInfo()`. */
  readonly info: string;
  /** Resolves when the process has ended, however it ended. */
  readonly ended: Promise<void>;
  /** Ends it as a power cut would: at once, and without a word. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const programFile = fileURLToPath(new URL('./processes/network.js', import.meta.url));

/** Starts a network; resolves when it can be called, and rejects with the reason if it dies before. */
export async function startNetworkProcess(request: NetworkRequest): Promise<NetworkProcess> {
  const child = fork(programFile, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const words = lastWords(child);
  child.send(request);
  const report = await Promise.race([
    new Promise<NetworkReport>((resolve) => child.once('message', resolve as () => void)),
    ended.then(() => ({ error: `the network died at its start: ${words()}` })),
  ]);
  if ('error' in report) {
    child.kill('SIGKILL');
    throw new Error(report.error);
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    info: report.info,
    ended,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

const wordsCharactersMax = 4000;

/** What a process said last on standard error, for the message about its death. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (chunk: string) => (text = (text + chunk).slice(-wordsCharactersMax)));
  return () => text.trim();
}
