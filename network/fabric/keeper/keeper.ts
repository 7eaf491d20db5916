/** Runs a network in this process, for commands that come and go. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../../chaincode/kernel/canonical-json.ts';
import type { DeployRequest } from '../chaincode/deployment.ts';
import { layoutOf } from '../layout.ts';
import { type FabricNetwork, type FabricNetworkOptions, startFabricNetwork } from '../network.ts';
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
  const network = await startFabricNetwork({ ...options, progress: journal.add });
  if (options.chaincode !== undefined) await network.deploy(options.chaincode);
  return network;
}

function operationsOn(
  starting: Promise<FabricNetwork>,
  journal: Journal,
): Readonly<Record<string, Operation>> {
  return {
    alive: async () => Promise.resolve(true),
    ready: async (_input, step) => {
      const forget = journal.follow(step);
      const network = await starting.finally(forget);
      return network.info() as unknown as Json;
    },
    processes: async () => (await starting).processes() as unknown as Json,
    deploy: async (input, step) => {
      const forget = journal.follow(step, false);
      const request = deploySchema.parse(input) as DeployRequest;
      const done = await (await starting).deploy(request).finally(forget);
      return done as unknown as Json;
    },
    kill: async (input) => {
      await (await starting).kill(z.string().parse(input));
      return null;
    },
    restart: async (input) => {
      await (await starting).restart(z.string().parse(input));
      return null;
    },
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
