/**
 * What the local network carries: one-record transactions, each sent when the last of its client has
 * committed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchCase, type BenchOptions, type Figure, figureOf } from './case.ts';
import { freeBasePort } from './free-ports.ts';
import { memoryMb } from './memory.ts';
import { type NetworkRequest, startNetworkProcess } from './network-process.ts';
import type { LoadRequest, LoadResult } from './processes/load.ts';
import { quantile } from './statistics.ts';

const clients = 50;
const warmUpSeconds = 3;
const seconds = 15;
/** What the network and its chaincode may take. */
const memoryLimitMb = 400;

/** Figures of one network under one number of clients. */
type Measured = {
  readonly throughput: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly memoryMb: number;
};

export const local: BenchCase = {
  name: 'local',
  about:
    `One-record transactions on the local network with ${clients} clients, ` +
    'beside one client alone, or with --fabric beside real Fabric.',
  run: async ({ fabric, say }) => {
    if (!fabric) {
      const [many, one] = await measure('local', [clients, 1], say);
      if (!many || !one) throw new Error('the network was not measured');
      return figuresOf(many, { ...one, memoryMb: memoryLimitMb }, 'one client alone', 'the limit');
    }
    const [ours] = await measure('local', [clients], say);
    const [theirs] = await measure('fabric', [clients], say);
    if (!ours || !theirs) throw new Error('a network was not measured');
    return figuresOf(ours, theirs, 'real Fabric', 'real Fabric');
  },
};

function figuresOf(
  ours: Measured,
  baseline: Measured,
  baselineName: string,
  memoryBaselineName: string,
): readonly [Figure, ...Figure[]] {
  const figure = (name: string, of: keyof Measured, unit: string, than = baselineName) =>
    figureOf({
      case: `local: ${name}`,
      figure: ours[of],
      unit,
      baseline: baseline[of],
      baselineName: than,
    });
  return [
    figure(`throughput, ${clients} clients`, 'throughput', 'tx/s'),
    figure('latency p50', 'p50Ms', 'ms'),
    figure('latency p99', 'p99Ms', 'ms'),
    figure('memory of network and chaincode', 'memoryMb', 'MB', memoryBaselineName),
  ];
}

/** Starts a network of its own, puts the loads on it one after another, and removes it. */
async function measure(
  kind: NetworkRequest['kind'],
  loads: readonly number[],
  say: BenchOptions['say'],
): Promise<Measured[]> {
  const dir = mkdtempSync(path.join(tmpdir(), `kepil-bench-${kind}-`));
  say(`starting the ${kind} network`);
  const network = await startNetworkProcess({
    kind,
    dir,
    basePort: await freeBasePort(),
    chaincode: 'records',
  });
  try {
    await load({ info: network.info, clients, seconds: warmUpSeconds });
    const measured: Measured[] = [];
    for (const count of loads) {
      say(`${kind}: ${count} clients for ${seconds} s`);
      measured.push(await measureLoad(network, kind, count));
    }
    return measured;
  } finally {
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measureLoad(
  network: { readonly pid: number; readonly info: string },
  kind: NetworkRequest['kind'],
  count: number,
): Promise<Measured> {
  let peakMb = 0;
  // The local network is the process itself; Fabric is what the process has started.
  const sample = () => {
    peakMb = Math.max(peakMb, memoryMb(network.pid, { withItself: kind === 'local' }));
  };
  const sampling = setInterval(sample, 1000);
  try {
    const result = await load({ info: network.info, clients: count, seconds });
    sample();
    const lost = Object.entries(result.others).map(([status, times]) => `${times} ${status}`);
    if (lost.length > 0) throw new Error(`not every transaction committed: ${lost.join(', ')}`);
    return {
      throughput: result.committed / result.seconds,
      p50Ms: quantile(result.latenciesMs, 0.5),
      p99Ms: quantile(result.latenciesMs, 0.99),
      memoryMb: peakMb,
    };
  } finally {
    clearInterval(sampling);
  }
}

const loadFile = fileURLToPath(new URL('./processes/load.js', import.meta.url));

/** Runs a load in a process of its own. */
async function load(request: LoadRequest): Promise<LoadResult> {
  const child: ChildProcess = fork(loadFile);
  const answer = await new Promise<{ result?: LoadResult; error?: string }>((resolve) => {
    child.once('message', resolve as () => void);
    child.once('exit', (code) => resolve({ error: `the load died with exit code ${code}` }));
    child.send(request);
  });
  if (!answer.result) throw new Error(answer.error ?? 'the load gave no result');
  return answer.result;
}
