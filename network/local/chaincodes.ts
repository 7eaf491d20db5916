/** The chaincodes of a local network: programs that it runs itself, and servers that others run. */
import type { Topology } from '../topology.ts';
import { serverRunner } from './chaincode/server-runner.ts';
import { ChaincodeProcess } from './chaincode-processes.ts';
import type { ChaincodeDefinition, CollectionDefinition } from './engine/channel.ts';
import { StartError } from './start-error.ts';

/** A chaincode that is to be on the channel. */
export type ChaincodeChoice = {
  readonly name: string;
  readonly version?: string;
  /** `MAJORITY Endorsement` unless told; Fabric's policy language. */
  readonly endorsementPolicy?: string;
  readonly collections?: readonly CollectionDefinition[];
  readonly runs: OwnProgram | OthersServers;
};

/** A Node chaincode that the network starts and keeps running. */
export type OwnProgram = {
  /** Folder with the `package.json` whose `main` holds the contracts. */
  readonly folder: string;
  /** A process for each organisation instead of one that serves all of them. */
  readonly perOrganisation?: boolean;
  /** The Node program of an organisation's own process, by short name or MSP id. */
  readonly nodePrograms?: Readonly<Record<string, string>>;
};

/** Servers at addresses, by organisation (short name or MSP id); `*` serves all. */
export type OthersServers = { readonly addresses: ReadonlyMap<string, string> };

type Stop = () => Promise<void> | void;

/** Starts and connects all chaincodes at once. */
export async function hostChaincodes(
  choices: readonly ChaincodeChoice[],
  topology: Topology,
  logFolder: string,
  log: (line: string) => void,
  stops: Stop[],
): Promise<readonly ChaincodeDefinition[]> {
  return Promise.all(
    choices.map(async (choice) => {
      const addresses =
        'folder' in choice.runs
          ? await startPrograms(choice, choice.runs, topology, logFolder, log, stops)
          : addressesOf(choice.name, choice.runs, topology);
      return define(choice, addresses);
    }),
  );
}

function define(
  choice: ChaincodeChoice,
  addresses: ReadonlyMap<string, string>,
): ChaincodeDefinition {
  const { name, version = '1.0', endorsementPolicy, collections } = choice;
  const runners = new Map(
    [...addresses].map(([mspId, address]) => [mspId, serverRunner(name, { address })]),
  );
  return {
    name,
    version,
    ...(endorsementPolicy === undefined ? {} : { endorsementPolicy }),
    ...(collections === undefined ? {} : { collections }),
    runner: (mspId) => runners.get(mspId),
  };
}

/** One program serves all organisations over a stream each, but those that are to have their own. */
async function startPrograms(
  choice: ChaincodeChoice,
  { folder, perOrganisation, nodePrograms = {} }: OwnProgram,
  topology: Topology,
  logFolder: string,
  log: (line: string) => void,
  stops: Stop[],
): Promise<ReadonlyMap<string, string>> {
  const { name, version = '1.0' } = choice;
  assertKnown(name, Object.keys(nodePrograms), topology.organisations);
  const start = async (own: { mspId?: string; nodeProgram?: string }) => {
    const program = { name, version, folder, ...own };
    const started = await ChaincodeProcess.start(program, logFolder, log);
    stops.push(() => started.stop());
    return started.address;
  };
  const members = topology.organisations.map(({ name: short, mspId }) => {
    const nodeProgram = nodePrograms[mspId] ?? nodePrograms[short];
    return { mspId, nodeProgram, alone: perOrganisation === true || nodeProgram !== undefined };
  });
  const shared = members.every(({ alone }) => alone) ? undefined : start({});
  const addresses = await Promise.all(
    members.map(async ({ mspId, nodeProgram, alone }): Promise<[string, string]> => {
      if (!alone && shared !== undefined) return [mspId, await shared];
      return [mspId, await start({ mspId, ...(nodeProgram && { nodeProgram }) })];
    }),
  );
  return new Map(addresses);
}

function assertKnown(
  chaincode: string,
  named: readonly string[],
  organisations: Topology['organisations'],
): void {
  const known = ['*', ...organisations.flatMap(({ name, mspId }) => [name, mspId])];
  const unknown = named.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new StartError(
    `Chaincode ${chaincode} names the organisation ${unknown}, which is not in the network.`,
    `Its organisations are ${organisations.map(({ name }) => name).join(', ')}.`,
  );
}

function addressesOf(
  name: string,
  { addresses }: OthersServers,
  { organisations }: Topology,
): ReadonlyMap<string, string> {
  assertKnown(name, [...addresses.keys()], organisations);
  return new Map(
    organisations.flatMap(({ name: short, mspId }): [string, string][] => {
      const address = addresses.get(mspId) ?? addresses.get(short) ?? addresses.get('*');
      return address === undefined ? [] : [[mspId, address]];
    }),
  );
}
