/** `kepil network up`, `down`, `status`, `logs`: the Fabric network of this machine. */
import { spawn } from 'node:child_process';
import { closeSync, createReadStream, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { programsCache } from '../../network/fabric/config.ts';
import { installPrograms } from '../../network/fabric/install.ts';
import { askKeeper } from '../../network/fabric/keeper/client.ts';
import { runKeeper } from '../../network/fabric/keeper/keeper.ts';
import { socketOf } from '../../network/fabric/keeper/protocol.ts';
import { type Layout, layoutOf } from '../../network/fabric/layout.ts';
import { statusOf } from '../../network/fabric/operations/status.ts';
import { readPlace } from '../../network/fabric/place.ts';
import { endLeftovers } from '../../network/fabric/process/record.ts';
import { ProgramsError } from '../../network/fabric/programs.ts';
import { readTopology } from '../../network/fabric/topology-file.ts';
import { topologyOf } from '../../network/topology.ts';
import { examples, print } from '../command-line.ts';
import { packageFolder } from '../config.ts';
import { askAloud, fabricCommand, known, positive, programs } from '../fabric-command.ts';
import { statusText } from '../network-status-text.ts';
import { PlainError } from '../plain-error.ts';

type Options = { readonly dir: string; readonly json?: boolean };
type UpOptions = Options & {
  readonly channel?: string;
  readonly basePort?: number;
  readonly domain?: string;
};

/** How long the keeper may take until it listens; Node starts in well under a second. */
const keeperTimeoutMs = 10_000;

export function register(program: Command): void {
  fabricCommand(program, 'install', "fetch Fabric's programs into the user's cache")
    .option('--url <url>', 'another archive than the official release')
    .option('--sha256 <hash>', 'what its SHA-256 must be')
    .action(install);
  const up = withTopology(
    fabricCommand(program, 'up', 'bring up the Fabric network, or what of it is down'),
  );
  up.action(bringUp);
  examples(up, [
    ['kepil network up', 'five organisations, four orderers, the chaincode'],
    ['kepil network up --base-port 17051', 'where the usual ports are taken'],
  ]);
  withTopology(
    fabricCommand(program, 'run', 'keep the Fabric network running in this process', true),
  ).action(run);
  fabricCommand(program, 'down', 'stop the Fabric network; its ledger stays').action(takeDown);
  fabricCommand(
    program,
    'status',
    'show heights, leader, chaincodes, certificates and disk',
  ).action(showStatus);
  fabricCommand(program, 'logs', "show the end of a node's log, or of every node's")
    .argument('[node]', 'a node by its host name, or the beginning of it')
    .option('--lines <lines>', 'how many lines of each', positive, 20)
    .action(showLogs);
}

function withTopology(command: Command): Command {
  return command
    .option('--channel <channel>', 'name of the channel of a new network')
    .option('--base-port <port>', 'port of the first peer of a new network', positive)
    .option('--domain <domain>', "domain that a new network's hosts end in");
}

async function install(
  options: Options & { readonly url?: string; readonly sha256?: string },
): Promise<void> {
  const { json, url, sha256 } = options;
  const progress = json ? () => undefined : (step: string) => process.stdout.write(`${step}\n`);
  try {
    const found = await installPrograms({ url, sha256, bin: programsCache(), progress });
    print(json, found, `Fabric ${found.version} is in ${programsCache()}; next: kepil network up`);
  } catch (error) {
    if (!(error instanceof ProgramsError)) throw error;
    throw new PlainError(error.message, { cause: error });
  }
}

async function bringUp(options: UpOptions): Promise<void> {
  await programs();
  const layout = layoutOf(resolve(options.dir));
  if ((await readPlace(layout.root)) !== undefined) {
    throw new PlainError(`${layout.root} is one organisation's part; systemd keeps it running.`, {
      next: `Go on with ${join(layout.root, 'STEPS.md')}.`,
      exitCode: 2,
    });
  }
  if (!(await lives(layout))) {
    await startKeeper(layout, options);
  }
  const startedMs = Date.now();
  const info = await askAloud(options, layout, 'ready', null);
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  print(
    options.json,
    info,
    `The Fabric network is ready (${seconds} s).\n` +
      `Its folder is ${layout.root}; next: kepil network status`,
  );
}

/** Starts the process that keeps the network, apart from this one and its terminal. */
async function startKeeper(layout: Layout, options: UpOptions): Promise<void> {
  mkdirSync(layout.logs, { recursive: true });
  const log = openSync(join(layout.logs, 'keeper.log'), 'a', 0o600);
  const flags = Object.entries({
    dir: options.dir,
    channel: options.channel,
    'base-port': options.basePort,
    domain: options.domain,
  }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
  const command = join(packageFolder, 'scripts', 'kepil.mjs');
  const child = spawn(process.execPath, [command, 'network', 'run', ...flags], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  for (let waitedMs = 0; waitedMs < keeperTimeoutMs; waitedMs += 100) {
    if (child.exitCode !== null || (await lives(layout))) return;
    await sleep(100);
  }
}

async function lives(layout: Layout): Promise<boolean> {
  return (await askKeeper(socketOf(layout), 'alive')) !== undefined;
}

async function run(options: UpOptions): Promise<void> {
  const { channel, basePort, domain } = options;
  const found = await programs();
  const known = await readTopology(resolve(options.dir));
  const topology =
    known ??
    topologyOf({
      ...(channel === undefined ? {} : { channel }),
      ...(basePort === undefined ? {} : { basePort }),
      ...(domain === undefined ? {} : { domain }),
    });
  await runKeeper({
    dir: options.dir,
    programs: found,
    topology,
    chaincode: { name: topology.chaincode, module: packageFolder },
    progress: (step) => process.stdout.write(`${new Date().toISOString()} ${step}\n`),
  });
}

async function takeDown(options: Options): Promise<void> {
  const layout = layoutOf(resolve(options.dir));
  const asked = (await askKeeper(socketOf(layout), 'stop')) !== undefined;
  // Nodes outlive a keeper that was killed.
  const stopped = asked || (await endLeftovers(layout.run)).length > 0;
  print(
    options.json,
    { stopped },
    stopped ? 'The network is stopped; its ledger stays.' : 'The network is not running.',
  );
}

async function showStatus(options: Options): Promise<void> {
  const { layout, topology, crypto } = await known(options);
  const status = await statusOf(layout, topology, await crypto());
  print(options.json, status, statusText(status));
  if (!status.ready) process.exitCode = 1;
}

async function showLogs(
  node: string | undefined,
  options: Options & { readonly lines: number },
): Promise<void> {
  const { layout } = await known(options);
  const files = readdirSync(layout.logs)
    .filter((file) => file.endsWith('.log') && file.startsWith(node ?? ''))
    .sort((one, other) => one.localeCompare(other));
  if (files.length === 0) {
    throw new PlainError(`No node's log begins with ${node}.`, { exitCode: 2 });
  }
  const logs = await Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.log'.length),
      lines: await lastLines(join(layout.logs, file), options.lines),
    })),
  );
  const text = logs.map(({ name, lines }) => [`== ${name}`, ...lines].join('\n')).join('\n');
  print(options.json, logs, text);
}

/** Reads no more of a log than its last lines can take. */
async function lastLines(file: string, lines: number): Promise<readonly string[]> {
  const { size } = statSync(file);
  const start = Math.max(0, size - lines * 1000);
  let text = '';
  for await (const chunk of createReadStream(file, { start, encoding: 'utf8' })) {
    text += String(chunk);
  }
  return text.trimEnd().split('\n').slice(-lines);
}
