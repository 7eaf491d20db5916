/** The command `kepil`: puts the sub-commands together and turns what they throw into plain words. */
import { Command, CommanderError } from 'commander';
import { examples } from './command-line.ts';
import { register as batch } from './commands/batch.ts';
import { register as call } from './commands/call.ts';
import { register as demo } from './commands/demo.ts';
import { register as eds } from './commands/eds.ts';
import { register as extract } from './commands/extract.ts';
import { register as networkFabric } from './commands/network-fabric.ts';
import { register as networkFabricCare } from './commands/network-fabric-care.ts';
import { register as networkFabricMachines } from './commands/network-fabric-machines.ts';
import { register as networkFabricMembers } from './commands/network-fabric-members.ts';
import { register as networkFabricUpdate } from './commands/network-fabric-update.ts';
import { register as networkLocal } from './commands/network-local.ts';
import { register as version } from './commands/version.ts';
import { StartError } from '../network/local/start-error.ts';
import { exitCodes, PlainError } from './plain-error.ts';

/** Every file in `commands/` adds its sub-commands here; a new one is a line above and one below. */
const commands: readonly ((program: Command) => void)[] = [
  batch,
  call,
  demo,
  eds,
  extract,
  networkFabric,
  networkFabricCare,
  networkFabricMachines,
  networkFabricMembers,
  networkFabricUpdate,
  networkLocal,
  version,
];

/** Runs the command line and gives the exit code: 0 done, 1 refused or failed, 2 called wrongly. */
export async function run(args: readonly string[]): Promise<number> {
  const program = programOf();
  try {
    await program.parseAsync([...args], { from: 'user' });
    // A command may end well and yet have to say no, as a check that found something does.
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    return report(error);
  }
}

/** The whole command line, with its help. */
export function programOf(): Command {
  const program = new Command('kepil')
    .description('Pledges of real estate on Hyperledger Fabric: networks, transactions, checks.')
    .showHelpAfterError('(kepil --help lists the commands; kepil COMMAND --help explains one)')
    .exitOverride();
  for (const register of commands) register(program);
  return examples(program, [
    ['kepil transactions', 'what the contracts offer'],
    ['kepil call roster members --org alpha', 'ask the ledger'],
    ['kepil demo pledge', 'play one pledge on the running network'],
  ]);
}

/** Says what an error means for its reader, and gives the exit code. */
export function report(error: unknown): number {
  if (error instanceof PlainError || error instanceof StartError) {
    process.stderr.write(`${error.message}\n`);
    if (error.next !== undefined) process.stderr.write(`${error.next}\n`);
    return error instanceof PlainError ? error.exitCode : exitCodes.failed;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`This is a fault of Kepil's own, not of your input:\n${text}\n`);
  return exitCodes.failed;
}
