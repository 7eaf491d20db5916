/**
 * The local network: five organisations' peers, their orderers and their chaincode, in one process
 * (and one for the chaincode), speaking Fabric's own protocols.
 */
import { mkdirSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';
import { type Crypto, ensureCrypto, type TlsCrypto } from '../identity/folder.ts';
import { Msp } from '../identity/msp.ts';
import { type Topology, topologyOf } from '../topology.ts';
import { type ChaincodeChoice, hostChaincodes } from './chaincodes.ts';
import { networkNow, setClockOffsetMs } from './clock.ts';
import { environment } from './config.ts';
import {
  claimDataFolder,
  type DataFolder,
  emptyDataFolder,
  openDataFolder,
  writeWhole,
} from './data-folder.ts';
import { Channel } from './engine/channel.ts';
import { levelOptions } from './engine/level.ts';
import { type FaultPlan, Faults, watchFaultFile } from './faults.ts';
import { lockFolder } from './folder-lock.ts';
import { type NetworkInfo, networkInfoOf } from './network-info.ts';
import { withFreePorts } from './ports.ts';
import { CommitWatch } from './services/commit-watch.ts';
import { Ordering } from './services/ordering.ts';
import type { Comparison, PeerContext, PeerNode } from './services/peer-context.ts';
import { startOrdererServer } from './services/orderer-server.ts';
import { startPeerServer } from './services/peer-server.ts';
import { StartError } from './start-error.ts';

/** What starts a local network. */
export type LocalNetworkOptions = {
  /** Where its keys and its ledger lie; kept over restarts. */
  readonly dataDir: string;
  /** The five organisations of the default network unless told; a port 0 takes any that is free. */
  readonly topology?: Topology;
  /** Begins anew: removes the keys and the ledger that the folder holds. */
  readonly fresh?: boolean;
  readonly chaincodes: readonly ChaincodeChoice[];
  /** Where results are compared: at those who endorse, unless told. */
  readonly compare?: Comparison;
  readonly clockOffsetMs?: number;
  /** Faults to begin with, or a file that steers them while the network runs. */
  readonly faults?: FaultPlan | { readonly file: string };
  readonly batching?: { readonly intervalMs?: number; readonly maxCount?: number };
  /** Told in plain words what happens. */
  readonly log?: (line: string) => void;
};

/** A running local network. */
export type LocalNetwork = {
  info(): NetworkInfo;
  /** For tests in the same process: what goes wrong from now on. */
  readonly faults: Faults;
  readonly channel: Channel;
  stop(): Promise<void>;
};

type Stop = () => Promise<void> | void;

/** Starts the network, or says with a `StartError` why not and leaves everything as it was. */
export async function startLocalNetwork(options: LocalNetworkOptions): Promise<LocalNetwork> {
  if (environment().isProduction) {
    throw new StartError(
      'The local network is for development and refuses to run with NODE_ENV=production.',
      'Run the Fabric network in production: kepil network --help',
    );
  }
  const stops: Stop[] = [];
  const stop = async () => {
    // In reverse, as things stand on each other; each is stopped once.
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next();
  };
  try {
    return await assemble(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: LocalNetworkOptions,
  stops: Stop[],
  stop: () => Promise<void>,
): Promise<LocalNetwork> {
  const log = options.log ?? (() => {});
  log('This network is for development and demonstration: put no real data on it.');
  const offsetMs = options.clockOffsetMs ?? 0;
  setClockOffsetMs(offsetMs);
  if (offsetMs !== 0) log(`Its clock is shifted: it is ${networkNow().toISOString()} there.`);

  const folder = openDataFolder(options.dataDir);
  stops.push(lockFolder(folder.dir));
  if (options.fresh === true) emptyDataFolder(folder);
  const topology = await withFreePorts(options.topology ?? topologyOf());
  const markWhole = claimDataFolder(folder, topology);
  const faults = faultsOf(options, stops, log);

  const crypto = await ensureCrypto(folder.crypto, topology);
  const [channel, definitions] = await Promise.all([
    openChannel({ folder, topology, crypto, faults, options, stops }),
    hostChaincodes(options.chaincodes, topology, folder.chaincode, log, stops),
  ]);
  for (const definition of definitions) channel.defineChaincode(definition);
  channel.start();
  await serve({ options, topology, crypto, channel, faults, log, stops });
  await markWhole();
  const info = networkInfoOf(topology, crypto, {
    chaincodes: definitions.map(({ name }) => name),
    clockOffsetMs: offsetMs,
    dataDir: folder.dir,
  });
  await writeWhole(folder.info, JSON.stringify(info, undefined, 2));
  return { info: () => info, faults, channel, stop };
}

function faultsOf(
  { faults: wanted }: LocalNetworkOptions,
  stops: Stop[],
  log: (line: string) => void,
): Faults {
  if (wanted === undefined || !('file' in wanted)) return new Faults(wanted);
  const faults = new Faults();
  stops.push(watchFaultFile(wanted.file, faults, log));
  return faults;
}

type Opening = {
  readonly folder: DataFolder;
  readonly topology: Topology;
  readonly crypto: Crypto;
  readonly faults: Faults;
  readonly options: LocalNetworkOptions;
  readonly stops: Stop[];
};

async function openChannel(opening: Opening): Promise<Channel> {
  const { folder, topology, crypto, faults, options, stops } = opening;
  mkdirSync(folder.ledger, { recursive: true });
  const level = new ClassicLevel<Uint8Array, Uint8Array>(folder.ledger, { ...levelOptions });
  await level.open();
  const channel = await Channel.open({
    name: topology.channel,
    level,
    members: crypto.organisations.flatMap((organisation) => {
      const [node] = organisation.peers;
      if (node === undefined) return [];
      const { mspId, caRoots, tlsRoots } = organisation;
      return {
        mspId,
        msp: new Msp(mspId, caRoots),
        rootCertificatesPem: caRoots,
        tlsRootCertificatesPem: tlsRoots,
        peer: node.signer,
      };
    }),
    consenters: crypto.organisations
      .flatMap(({ orderers }) => orderers)
      .map(({ node, signer, tlsCert }) => ({
        signer,
        host: node.host,
        port: node.port,
        tlsCertificatePem: tlsCert,
      })),
    clock: networkNow,
    onStep: (step) => faults.step(step),
    ...(options.batching === undefined ? {} : { batching: options.batching }),
  });
  stops.push(() => channel.close());
  return channel;
}

type Serving = {
  readonly options: LocalNetworkOptions;
  readonly topology: Topology;
  readonly crypto: Crypto;
  readonly channel: Channel;
  readonly faults: Faults;
  readonly log: (line: string) => void;
  readonly stops: Stop[];
};

async function serve(serving: Serving): Promise<void> {
  const { options, topology, crypto, channel, faults, log, stops } = serving;
  const peers = nodesOf(topology, 'peers');
  const ordering = new Ordering(channel, nodesOf(topology, 'orderers'));
  const commits = new CommitWatch(channel);
  stops.push(() => {
    ordering.close();
    commits.close();
  });
  const shared = { channel, peers, ordering, commits, faults, log, now: networkNow };
  for (const { mspId, peers: nodes, orderers } of crypto.organisations) {
    for (const orderer of orderers) {
      const server = await startOrdererServer(shared, pairOf(orderer), orderer.node.port);
      stops.push(() => server.stop());
    }
    const own = peers.find((node) => node.mspId === mspId);
    const [first] = nodes;
    if (own === undefined || first === undefined) continue;
    const context: PeerContext = { ...shared, own, compare: options.compare ?? 'endorsers' };
    const server = await startPeerServer(context, pairOf(first), first.node.port);
    stops.push(() => server.stop());
  }
}

function pairOf({ tlsCert, tlsKey }: TlsCrypto) {
  return { certificatePem: tlsCert, keyPem: tlsKey };
}

function nodesOf(topology: Topology, kind: 'peers' | 'orderers'): readonly PeerNode[] {
  return topology.organisations.flatMap((organisation) =>
    organisation[kind].map(({ host, port }) => ({
      mspId: organisation.mspId,
      address: `${host}:${port}`,
    })),
  );
}
