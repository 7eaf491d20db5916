/** What the commands of the Fabric network share: its folder, its keeper, Fabric's programs. */
import { delimiter, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Json } from '../chaincode/kernel/canonical-json.ts';
import { programPlaces } from '../network/fabric/config.ts';
import { askKeeper, KeeperError } from '../network/fabric/keeper/client.ts';
import { socketOf } from '../network/fabric/keeper/protocol.ts';
import type { ChannelContext } from '../network/fabric/chaincode/context.ts';
import type { Layout } from '../network/fabric/layout.ts';
import { type OpenedNetwork, openNetwork } from '../network/fabric/open.ts';
import type { Place } from '../network/fabric/place.ts';
import { findPrograms, type Programs, ProgramsError } from '../network/fabric/programs.ts';
import { groupOf } from './command-line.ts';
import { packageFolder } from './config.ts';
import { PlainError } from './plain-error.ts';

type Options = { readonly dir: string; readonly json?: boolean };

/** Adds a command to `kepil network` that works on the Fabric network in a folder. */
export function fabricCommand(
  program: Command,
  name: string,
  description: string,
  hidden = false,
): Command {
  const network = groupOf(program, 'network', 'run and look after networks');
  return folderOptions(network.command(name, { hidden })).description(description);
}

/** What every command has that works on a network's folder. */
export function folderOptions(command: Command): Command {
  return command
    .option('--dir <dir>', "the network's folder", join(packageFolder, '.kepil', 'fabric'))
    .option('--json', 'print JSON');
}

/** A network that has been brought up, or rendered, before. */
export async function known(options: Pick<Options, 'dir'>): Promise<OpenedNetwork> {
  const root = resolve(options.dir);
  const opened = await openNetwork(root);
  if (opened !== undefined) return opened;
  throw new PlainError(`There is no Fabric network in ${root}.`, {
    next: 'Bring one up with: kepil network up',
  });
}

/** An organisation's part of a network on several machines; what is done there, `up` does here. */
export async function ownPart(
  options: Options,
): Promise<ChannelContext & { readonly place: Place }> {
  const { layout, place } = await known(options);
  if (place === undefined) {
    throw new PlainError(`The network in ${layout.root} stands on this machine alone.`, {
      next: 'kepil network up does all of it; kepil network render makes a part for another machine.',
      exitCode: 2,
    });
  }
  return { ...(await anyPart(options)), place };
}

/** The part of a network that is here: one organisation's, or all of it. */
export async function anyPart(options: Options): Promise<ChannelContext> {
  const { layout, topology, place, crypto } = await known(options);
  return {
    layout,
    topology,
    programs: await programs(place),
    crypto: await crypto(),
    progress: options.json ? () => undefined : say,
  };
}

/** Carries something out on this machine; what hinders it is told as it says it, as a keeper's. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlainError || !(error instanceof Error)) throw error;
    throw new PlainError(`${error.message}.`, {
      next: 'Every step can be repeated; kepil network doctor looks for the cause.',
      cause: error,
    });
  }
}

/** Says what is being done, for a person who waits. */
export function say(step: string): void {
  process.stdout.write(`${step}\n`);
}

/** Asks the keeper, and says what it does meanwhile unless a program reads; what it refuses is told as it says it. */
export async function askAloud(
  { json }: Pick<Options, 'json'>,
  layout: Layout,
  operation: string,
  input: Json,
): Promise<Json> {
  const onStep = json ? () => undefined : say;
  try {
    const answer = await askKeeper(socketOf(layout), operation, input, onStep);
    if (answer !== undefined) return answer;
  } catch (error) {
    if (!(error instanceof KeeperError)) throw error;
    throw new PlainError(`The network says: ${error.message}.`, {
      next: `More is in ${layout.logs}; kepil network doctor looks for the cause.`,
      cause: error,
    });
  }
  throw new PlainError('The network is not running.', {
    next: `Bring it up with: kepil network up (its log is ${join(layout.logs, 'keeper.log')})`,
  });
}

/** Fabric's programs, or what to do about their absence; a rendered part says where they are. */
export async function programs(place?: Place): Promise<Programs> {
  const places = programPlaces();
  const path = place === undefined ? places.path : `${place.bin}${delimiter}${places.path ?? ''}`;
  try {
    return await findPrograms({ ...places, path });
  } catch (error) {
    if (!(error instanceof ProgramsError)) throw error;
    throw new PlainError(error.message, { cause: error });
  }
}

/** A whole number above zero, as an option's value. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a positive number');
  return value;
}
