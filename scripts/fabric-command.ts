/** What the commands of the Fabric network share: its folder, its keeper, Fabric's programs. */
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Json } from '../chaincode/kernel/canonical-json.ts';
import { programPlaces } from '../network/fabric/config.ts';
import { askKeeper, KeeperError } from '../network/fabric/keeper/client.ts';
import { socketOf } from '../network/fabric/keeper/protocol.ts';
import { type Layout, layoutOf } from '../network/fabric/layout.ts';
import { findPrograms, type Programs, ProgramsError } from '../network/fabric/programs.ts';
import { readTopology } from '../network/fabric/topology-file.ts';
import type { Topology } from '../network/topology.ts';
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
  return groupOf(program, 'network', 'run and look after networks')
    .command(name, { hidden })
    .description(description)
    .option('--dir <dir>', "the network's folder", join(packageFolder, '.kepil', 'fabric'))
    .option('--json', 'print JSON');
}

/** The layout and topology of a network that has been brought up before. */
export async function known(
  options: Options,
): Promise<{ readonly layout: Layout; readonly topology: Topology }> {
  const layout = layoutOf(resolve(options.dir));
  const topology = await readTopology(layout.root);
  if (topology === undefined) {
    throw new PlainError(`There is no Fabric network in ${layout.root}.`, {
      next: 'Bring one up with: kepil network up',
    });
  }
  return { layout, topology };
}

/** Asks the keeper, and says what it does meanwhile unless a program reads; what it refuses is told as it says it. */
export async function askAloud(
  { json }: Pick<Options, 'json'>,
  layout: Layout,
  operation: string,
  input: Json,
): Promise<Json> {
  const say = json ? () => undefined : (step: string) => process.stdout.write(`${step}\n`);
  try {
    const answer = await askKeeper(socketOf(layout), operation, input, say);
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

/** Fabric's programs, or what to do about their absence. */
export async function programs(): Promise<Programs> {
  try {
    return await findPrograms(programPlaces());
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
