/**
 * A real Fabric network of native processes on this machine, by the topology as data: peers,
 * SmartBFT orderers, and a chaincode process for each organisation, TLS everywhere.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Crypto, type CryptoOptions, ensureCrypto } from '../identity/folder.ts';
import { numbered, type Topology, topologyOf } from '../topology.ts';
import type { DeployContext } from './chaincode/context.ts';
import { deploy, extendDeployment, runDeployment } from './chaincode/deploy.ts';
import {
  type Deployment,
  deployedVersions,
  type DeployRequest,
  readDeployments,
} from './chaincode/deployment.ts';
import { ensureGenesis, isFounded, joinOrderers, joinPeers } from './channel/join.ts';
import { firstPeer } from './channel/peer-command.ts';
import { missingFor, untilReady } from './channel/readiness.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type RenderedNode, renderNodes, writeNode } from './nodes.ts';
import { backUp, type Manifest, restore } from './operations/backup.ts';
import { erase } from './operations/erase.ts';
import { followTopology } from './operations/follow-topology.ts';
import { HangWatch } from './operations/hang-watch.ts';
import { viewsOf } from './operations/ordering.ts';
import { rotateCertificates } from './operations/rotate.ts';
import { scrapeFile } from './operations/scrape.ts';
import { type Verification, verify } from './operations/verify.ts';
import { silentPort, takenPorts } from './process/port.ts';
import { endLeftovers, forgetProcess, recordProcess, runningProcess } from './process/record.ts';
import { type ProcessState, Supervisor } from './process/supervisor.ts';
import type { Programs } from './programs.ts';
import { readTopology, writeTopology } from './topology-file.ts';

/** What a network needs to start. */
export type FabricNetworkOptions = {
  /** Its folder: keys, blocks, logs. What is there is used again. */
  readonly dir: string;
  readonly programs: Programs;
  readonly topology?: Topology;
  readonly crypto?: CryptoOptions;
  /** Hears what is being done. */
  readonly progress?: (step: string) => void;
};

/** What a client needs to know of the network. */
export type NetworkInfo = {
  readonly kind: 'fabric';
  readonly channel: string;
  /** Real organisations' clocks are not ours to shift. */
  readonly clockOffsetMs: 0;
  readonly dataDir: string;
  readonly organisations: readonly {
    readonly name: string;
    readonly mspId: string;
    readonly domain: string;
    /** `127.0.0.1:7051`. */
    readonly endpoint: string;
    /** The name that the endpoint's TLS certificate carries. */
    readonly hostAlias: string;
    readonly tlsRootPath: string;
    readonly users: readonly {
      readonly name: string;
      readonly role: string;
      readonly certificatePath: string;
      readonly keyPath: string;
    }[];
  }[];
};

/** A running network. Processes are named by their hosts: `peer0.alpha.kepil.test`. */
export type FabricNetwork = {
  readonly crypto: Crypto;
  readonly layout: Layout;
  info(): NetworkInfo;
  /** Puts a chaincode on the channel; returns when every organisation can endorse with others. */
  deploy(request: DeployRequest): Promise<Deployment>;
  readonly topology: Topology;
  /** Changes who and what is in the network, while it serves; returns when all can endorse. */
  change(changed: (topology: Topology) => Topology): Promise<void>;
  /** Renews every node's certificates, one node at a time. */
  rotateCertificates(): Promise<void>;
  /** Compares the ledgers of all peers. */
  verify(): Promise<Verification>;
  /** Copies a peer's data to a new folder; the peer is down meanwhile. */
  backUp(host: string, target: string): Promise<Manifest>;
  /** Puts a backup in the place of a peer's data; the peer then catches up. */
  restore(host: string, source: string): Promise<Manifest>;
  /** Makes purged private data leave a peer's disk; the peer is down meanwhile. */
  erase(host: string): Promise<{ readonly databases: number }>;
  /** What keeps the channel from serving; empty when every organisation can endorse with others. */
  missing(): Promise<readonly string[]>;
  untilReady(timeoutMs?: number): Promise<void>;
  processes(): readonly ProcessState[];
  /** Kills a process (`SIGKILL`); it is started again unless `restart` is false. */
  kill(name: string, options?: { readonly restart?: boolean }): Promise<void>;
  restart(name: string): Promise<void>;
  /** `SIGSTOP` and `SIGCONT`: a node that hangs. */
  signal(name: string, signal: NodeJS.Signals): void;
  stop(): Promise<void>;
};

/** How long a node may take to listen; one that replays a long chain takes its time. */
const nodeTimeoutMs = 60_000;

/** Starts the network, or goes on with the one that lies in the folder. */
export async function startFabricNetwork(options: FabricNetworkOptions): Promise<FabricNetwork> {
  const { programs } = options;
  const progress = options.progress ?? (() => undefined);
  const layout = layoutOf(resolve(options.dir));
  const topology = numbered(options.topology ?? (await readTopology(layout.root)) ?? topologyOf());
  await claim(layout);
  const supervisor = new Supervisor(layout);
  try {
    await writeTopology(layout.root, topology);
    const left = await endLeftovers(layout.run);
    if (left.length > 0) progress(`ended ${left.length} processes that an earlier run had left`);
    progress('making certificates');
    const crypto = await ensureCrypto(layout.crypto, topology, options.crypto);
    const context: DeployContext = { topology, layout, programs, crypto, supervisor, progress };
    await bringUp(context);
    await writeInfo(layout, crypto, topology.channel);
    return networkOf(context);
  } catch (error) {
    await supervisor.stopAll();
    forgetProcess(layout.root, keeperRecord);
    throw error;
  }
}

async function bringUp(context: DeployContext): Promise<void> {
  const { topology, layout, programs, crypto, progress } = context;
  const { channel } = topology;
  const nodes = renderNodes(layout, programs, crypto);
  await assertPortsFree(nodes);
  await Promise.all(nodes.map(writeNode));
  const genesis = await ensureGenesis(layout, programs, crypto, channel);
  await startNodes(context, nodes);
  progress(`joining the channel ${channel}`);
  await joinOrderers({ ...context, channel }, genesis);
  // Peers that are new to a channel that stands take a snapshot, and others have to sign them in.
  if (await isFounded(layout, crypto, channel)) await followTopology(context);
  else await joinPeers(layout, programs, crypto, channel, genesis);
  for (const deployment of await readDeployments(layout)) {
    await runDeployment(context, deployment);
  }
  await untilReady(layout, crypto, channel, []);
}

async function writeInfo(layout: Layout, crypto: Crypto, channel: string): Promise<void> {
  const text = JSON.stringify(infoOf(layout, crypto, channel), undefined, 2);
  await writeFile(join(layout.root, 'info.json'), text);
  await writeFile(join(layout.root, 'prometheus.yaml'), scrapeFile(crypto));
}

/** The record of the process that runs the network, in the network's folder. */
const keeperRecord = 'keeper';

/** One process runs a network: a second one would end the first one's nodes as leftovers. */
async function claim(layout: Layout): Promise<void> {
  await mkdir(layout.root, { recursive: true });
  const pid = runningProcess(layout.root, keeperRecord);
  if (pid !== undefined) {
    throw new Error(`the network in ${layout.root} runs already, as process ${pid}`);
  }
  recordProcess(layout.root, keeperRecord, process.pid);
}

async function startNodes(
  { supervisor, progress, layout }: DeployContext,
  nodes: readonly RenderedNode[],
): Promise<void> {
  progress(`starting ${nodes.length} nodes`);
  await Promise.all(
    nodes.map(async ({ process: node }) => {
      await supervisor.start(node);
      const port = await silentPort(node, nodeTimeoutMs);
      if (port === undefined) return;
      const log = join(layout.logs, `${node.name}.log`);
      throw new Error(`${node.name} does not listen at port ${port}; its log is ${log}`);
    }),
  );
}

async function assertPortsFree(nodes: readonly RenderedNode[]): Promise<void> {
  const checks = nodes.map(async ({ process: node }) =>
    (await takenPorts(node)).map((port) => ({ port, name: node.name })),
  );
  const taken = (await Promise.all(checks)).flat();
  if (taken.length === 0) return;
  throw new Error(
    `port ${taken.map(({ port }) => port).join(', ')} is taken by another program ` +
      `(${taken[0]?.name} needs it): stop that program, or give the network another base port`,
  );
}

function networkOf(started: DeployContext): FabricNetwork {
  // An organisation that joins makes the context another one.
  let context = started;
  const { layout, supervisor, programs } = started;
  const { channel } = started.topology;
  const endWatch = watchOrderers(() => context);
  return {
    get crypto() {
      return context.crypto;
    },
    layout,
    info: () => infoOf(layout, context.crypto, channel),
    deploy: async (request) => deploy(context, request),
    get topology() {
      return context.topology;
    },
    change: async (changed) => {
      context = await changeTopology(context, changed(context.topology));
      await writeInfo(layout, context.crypto, channel);
    },
    rotateCertificates: async () => {
      context = await rotateCertificates(context);
    },
    verify: async () => verify(layout, programs, context.crypto, channel),
    backUp: async (host, target) => backUp(layout, supervisor, host, target),
    restore: async (host, source) => restore(layout, supervisor, host, source),
    erase: async (host) => erase(layout, supervisor, host),
    missing: async () =>
      missingFor(layout, context.crypto, channel, await deployedVersions(layout)),
    untilReady: async (timeoutMs) =>
      untilReady(layout, context.crypto, channel, await deployedVersions(layout), timeoutMs),
    processes: () => supervisor.states(),
    kill: async (name, options) => supervisor.kill(name, options),
    restart: async (name) => supervisor.restart(name),
    signal: (name, signal) => supervisor.signal(name, signal),
    stop: async () => {
      endWatch();
      await stop(context);
    },
  };
}

const watchPauseMs = 10_000;

/** Ends orderers that hang, one at a time; the supervisor starts them again. Gives what stops it. */
function watchOrderers(now: () => DeployContext): () => void {
  const watch = new HangWatch();
  const look = async (): Promise<void> => {
    const { crypto, topology, supervisor, progress } = now();
    const host = watch.hanging(await viewsOf(crypto, topology.channel), Date.now());
    if (host === undefined) return;
    progress(`${host} hangs: it answers and votes on no block; starting it again`);
    await supervisor.kill(host);
  };
  // An orderer that is taken out of the network meanwhile is no longer there to be ended.
  const timer = setInterval(() => void look().catch(() => undefined), watchPauseMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** The intent is written first: whatever ends this run, the next start goes on with it. */
async function changeTopology(context: DeployContext, changed: Topology): Promise<DeployContext> {
  const { layout, programs, supervisor } = context;
  const topology = numbered(changed);
  await writeTopology(layout.root, topology);
  const crypto = await ensureCrypto(layout.crypto, topology);
  const next = { ...context, topology, crypto };
  const running = new Set(supervisor.states().map(({ name }) => name));
  const nodes = renderNodes(layout, programs, crypto).filter(
    ({ process: { name } }) => !running.has(name),
  );
  await assertPortsFree(nodes);
  await Promise.all(nodes.map(writeNode));
  await startNodes(next, nodes);
  await followTopology(next);
  for (const deployment of await readDeployments(layout)) await extendDeployment(next, deployment);
  return next;
}

async function stop({ layout, supervisor }: DeployContext): Promise<void> {
  await supervisor.stopAll();
  forgetProcess(layout.root, keeperRecord);
}

/** What clients need, from the network's crypto alone. */
export function infoOf(layout: Layout, crypto: Crypto, channel: string): NetworkInfo {
  return {
    kind: 'fabric',
    channel,
    clockOffsetMs: 0,
    dataDir: layout.root,
    organisations: crypto.organisations.map((organisation) => {
      const { node } = firstPeer(organisation);
      return {
        name: organisation.name,
        mspId: organisation.mspId,
        domain: organisation.domain,
        endpoint: `${layout.address(node)}:${node.port}`,
        hostAlias: node.host,
        tlsRootPath: organisation.tlsRootPath,
        users: organisation.users.map(({ name, role, certificatePath, keyPath }) => ({
          name,
          role,
          certificatePath,
          keyPath,
        })),
      };
    }),
  };
}
