/** What the local network takes from its environment and from the words of a command line. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CollectionDefinition } from './engine/channel.ts';
import { StartError } from './start-error.ts';

/** The environment, read here and nowhere else in the local network. */
export function environment(): { readonly isProduction: boolean } {
  return { isProduction: process.env.NODE_ENV === 'production' };
}

/**
 * What a chaincode's process gets: our own surroundings with its chatter turned down, and the
 * organisation whose peer it serves, which a chaincode may ask for, where it serves one alone.
 */
export function chaincodeEnvironment(mspId: string | undefined): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CORE_CHAINCODE_LOGGING_LEVEL: 'warn',
    NODE_OPTIONS: '',
    ...(mspId !== undefined && { CORE_PEER_LOCALMSPID: mspId }),
  };
}

/** Chaincode servers that run elsewhere: one for all organisations, or one for each. */
export type ChaincodeServers = {
  readonly name: string;
  /** `HOST:PORT` by organisation, as its short name or MSP id; `*` serves all. */
  readonly addresses: ReadonlyMap<string, string>;
};

const namePattern = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const addressPattern = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9.-]+):\d{1,5}$/;

/** Reads `NAME=HOST:PORT` or `NAME=ORG@HOST:PORT,ORG@HOST:PORT`. */
export function parseChaincodeServers(text: string): ChaincodeServers {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  const parts = text.slice(at + 1).split(',');
  if (at < 1 || !namePattern.test(name)) throw malformed(text);
  const addresses = new Map<string, string>();
  for (const part of parts) {
    const [organisation, address] = part.includes('@') ? part.split('@', 2) : ['*', part];
    if (!organisation || !address || !addressPattern.test(address)) throw malformed(text);
    if (addresses.has(organisation)) throw malformed(text);
    addresses.set(organisation, address);
  }
  if (addresses.has('*') && addresses.size > 1) throw malformed(text);
  return { name, addresses };
}

function malformed(text: string): StartError {
  return new StartError(
    `--chaincode ${text} is not understood.`,
    'Write NAME=HOST:PORT, or NAME=ORG@HOST:PORT,ORG@HOST:PORT for a server of each organisation.',
  );
}

const policySchema = z.union([
  z.strictObject({ signaturePolicy: z.string().min(1) }),
  z.strictObject({ channelConfigPolicy: z.string().min(1) }),
]);

/** Fabric's collections file, with Fabric's names and defaults. */
const collectionsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(100),
      policy: z.string().min(1),
      requiredPeerCount: z.int().min(0).default(0),
      maxPeerCount: z.int().min(0).default(0),
      blockToLive: z.int().min(0).default(0),
      memberOnlyRead: z.boolean().default(false),
      memberOnlyWrite: z.boolean().default(false),
      endorsementPolicy: policySchema.optional(),
    }),
  )
  .max(100);

/** Reads a collections file, as `peer lifecycle chaincode --collections-config` takes it. */
export function readCollections(path: string): readonly CollectionDefinition[] {
  try {
    const parsed = collectionsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    // An absent policy is left out, since the engine's type tells absent from undefined.
    return parsed.map(({ endorsementPolicy, ...rest }) =>
      endorsementPolicy === undefined ? rest : { ...rest, endorsementPolicy },
    );
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new StartError(`The collections file ${path} cannot be used: ${why}`);
  }
}
