/** Runs a network in this process, for commands that come and go. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../../chaincode/kernel/canonical-json.ts';
import { type DeployRequest, readDeployments } from '../chaincode/deployment.ts';
import { layoutOf } from '../layout.ts';
import { deployOrStop } from '../first-deployment.ts';
import { type FabricNetwork, type FabricNetworkOptions, startFabricNetwork } from '../network.ts';
import {
  withoutOrderer,
  withoutOrganisation,
  withOrderer,
  withOrganisation,
  withPeer,
} from '../operations/topology-change.ts';
import { organisationSchema } from '../topology-file.ts';
import { socketOf } from './protocol.ts';
import { type Operation, serveOperations } from './server.ts';

/** What a keeper runs: a network, and a chaincode on it from the start. */
export type KeeperOptions = FabricNetworkOptions & { readonly chaincode?: DeployRequest };

const deploySchema = z.object({
  name: z.string(),
  version: z.string().optional(),
  module: z.string().optional(),
  addresses: z.record(z.string(), z.string()).optional(),
  policy: z.string().optional(),
  collections: z.array(z.unknown()).optional(),
});

const nodeSchema = z.object({
  organisation: z.string(),
  name: z.string().optional(),
  port: z.int().optional(),
});

const copySchema = z.object({ peer: z.string(), folder: z.string() });

/** Keeps a network running until it is told to stop, by a command or by a signal. */
export async function runKeeper(options: KeeperOptions): Promise<void> {
  const layout = layoutOf(resolve(options.dir));
  mkdirSync(layout.run, { recursive: true });
  const journal = new Journal(options.progress);
  let stop: () => void = () => undefined;
  const stopped = new Promise<undefined>((done) => {
    stop = () => {
      done(undefined);
    };
  });
  const starting = start(options, journal);
  // Whoever asks whether the network is ready hears of a failure; nobody else has to.
  starting.catch(() => undefined);
  const server = await serveOperations(socketOf(layout), {
    ...operationsOn(starting, journal),
    stop: async () => {
      // A network that failed to start has stopped itself.
      await (await starting.catch(() => undefined))?.stop();
      stop();
      return null;
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, stop);
  }
  try {
    // A failure to start ends the keeper; once it has started, only being told to stop does.
    await Promise.race([stopped, starting.then(async () => stopped)]);
  } finally {
    await (await starting.catch(() => undefined))?.stop();
    server.close();
  }
}

async function start(options: KeeperOptions, journal: Journal): Promise<FabricNetwork> {
  const { chaincode } = options;
  const network = await startFabricNetwork({ ...options, progress: journal.add });
  // One that stands may have been upgraded since: the start has brought it up as it is.
  const standing = (await readDeployments(network.layout)).map(({ request: { name } }) => name);
  if (chaincode !== undefined && !standing.includes(chaincode.name)) {
    await deployOrStop(network, chaincode);
  }
  return network;
}

function operationsOn(
  starting: Promise<FabricNetwork>,
  journal: Journal,
): Readonly<Record<string, Operation>> {
  /** Carries something out on the network, once it has started, and tells of its steps. */
  const on =
    (work: (network: FabricNetwork, input: Json) => Promise<unknown>): Operation =>
    async (input, step) => {
      const network = await starting;
      const forget = journal.follow(step, false);
      const result = await work(network, input).finally(forget);
      return (result ?? null) as Json;
    };
  return {
    alive: async () => Promise.resolve(true),
    ready: async (_input, step) => {
      const forget = journal.follow(step);
      return (await starting.finally(forget)).info();
    },
    processes: on(async (network) => Promise.resolve(network.processes())),
    deploy: on(async (network, input) =>
      network.deploy(deploySchema.parse(input) as DeployRequest),
    ),
    ...topologyOperations(on),
    'rotate-certs': on(async (network) => network.rotateCertificates()),
    backup: on(async (network, input) => {
      const { peer, folder } = copySchema.parse(input);
      return network.backUp(peer, folder);
    }),
    restore: on(async (network, input) => {
      const { peer, folder } = copySchema.parse(input);
      return network.restore(peer, folder);
    }),
    erase: on(async (network, input) => network.erase(z.string().parse(input))),
    kill: on(async (network, input) => network.kill(z.string().parse(input))),
    restart: on(async (network, input) => network.restart(z.string().parse(input))),
  };
}

/** What a command may change about who and what is in the network. */
function topologyOperations(
  on: (work: (network: FabricNetwork, input: Json) => Promise<unknown>) => Operation,
): Readonly<Record<string, Operation>> {
  return {
    'add-org': on(async (network, input) => {
      const newcomer = organisationSchema.parse(input);
      await network.change((topology) => withOrganisation(topology, newcomer));
    }),
    'remove-org': on(async (network, input) => {
      const name = z.string().parse(input);
      await network.change((topology) => withoutOrganisation(topology, name));
    }),
    'add-peer': on(async (network, input) => {
      const { organisation, ...wanted } = nodeSchema.parse(input);
      await network.change((topology) => withPeer(topology, organisation, wanted));
    }),
    'add-orderer': on(async (network, input) => {
      const { organisation, ...wanted } = nodeSchema.parse(input);
      await network.change((topology) => withOrderer(topology, organisation, wanted));
    }),
    'remove-orderer': on(async (network, input) => {
      const host = z.string().parse(input);
      await network.change((topology) => withoutOrderer(topology, host));
    }),
  };
}

/** The steps so far, and those who want to hear of further ones. */
class Journal {
  readonly #steps: string[] = [];
  readonly #followers = new Set<(step: string) => void>();

  constructor(progress: ((step: string) => void) | undefined) {
    if (progress !== undefined) this.#followers.add(progress);
  }

  readonly add = (step: string): void => {
    this.#steps.push(step);
    for (const follower of this.#followers) follower(step);
  };

  /** Tells of the steps so far, unless they are old news, and of all to come until forgotten. */
  follow(follower: (step: string) => void, fromStart = true): () => void {
    if (fromStart) for (const step of this.#steps) follower(step);
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }
}
