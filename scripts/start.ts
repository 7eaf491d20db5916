/** `npm start`: the local network with the chaincode on it, until Ctrl-C. */
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import type { NcaLayerStand } from '../gateway/stands/ncalayer/stand.ts';
import { startLocalNetwork } from '../network/local/network.ts';
import { topologyOf } from '../network/topology.ts';
import { examples } from './command-line.ts';
import { defaultNetwork, packageFolder } from './config.ts';
import { found, untilAllAnswer } from './founding.ts';
import { report } from './kepil.ts';
import type { NetworkInfo } from './network-info.ts';
import { basePortOf, clockOffsetOf, portOf, untilInterrupted } from './network-options.ts';
import { offerNcaLayer } from './ncalayer-offer.ts';
import { exitCodes } from './plain-error.ts';

type Options = {
  readonly dir: string;
  readonly basePort: number;
  readonly clock: number;
  readonly ncalayerPort: number;
  readonly fresh?: boolean;
};

/** Starts, says when all is ready, and stays until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const command = commandOf();
  try {
    await command.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error);
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}

function commandOf(): Command {
  const command = new Command('npm start --')
    .description('Brings up the local network with the contracts on it, for development.')
    .option('--fresh', 'begin with an empty ledger and new keys')
    .option('--dir <dir>', 'where keys and ledger lie', defaultNetwork())
    .option('--base-port <port>', 'port of the first peer; the next follow', basePortOf, 7051)
    .option('--clock <offset>', "shift the network's time: +30d, -3h", clockOffsetOf, 0)
    .option(
      '--ncalayer-port <port>',
      "where the stand for NCALayer listens; 13579 is NCALayer's own, 0 takes a free one",
      portOf,
      13_579,
    )
    .exitOverride()
    .action(start);
  return examples(command, [
    ['npm start', 'go on where the last start left off'],
    ['npm start -- --fresh', 'begin anew'],
    ['npm start -- --clock +30d', 'show what becomes of a term in thirty days'],
  ]);
}

async function start({
  dir,
  basePort,
  clock,
  ncalayerPort: port,
  fresh = false,
}: Options): Promise<void> {
  const began = Date.now();
  // Listened for from the beginning: whoever presses Ctrl-C early must not leave programs behind.
  const stopped = untilInterrupted();
  say('Starting the local network: one process stands for the peers of all organisations.');
  const network = await startLocalNetwork({
    dataDir: path.resolve(dir),
    topology: topologyOf({ basePort }),
    fresh,
    clockOffsetMs: clock,
    chaincodes: [{ name: 'kepil', runs: { folder: packageFolder } }],
    log: say,
  });
  let stand: NcaLayerStand | undefined;
  try {
    stand = await offerNcaLayer({ port, clockOffsetMs: clock, say });
    say('Founding the consortium, if that was not done before …');
    await found(network.info());
    await untilAllAnswer(network.info());
    say(welcome(network.info(), stand, dir, (Date.now() - began) / 1000));
    await stopped;
    say('\nStopping …');
  } finally {
    await stand?.stop();
    await network.stop();
  }
  say('Stopped. The ledger is kept; `npm start` goes on from here.');
}

/** What runs where, and what to try next. */
function welcome(
  info: NetworkInfo,
  stand: NcaLayerStand | undefined,
  dir: string,
  seconds: number,
): string {
  const rows = info.organisations.map(({ name, mspId, endpoint }) => [name, mspId, endpoint]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const peers = rows.map(
    ([name = '', mspId = '', endpoint = '']) =>
      `  ${name.padEnd(width(0))}  ${mspId.padEnd(width(1))}  ${endpoint}`,
  );
  // Commands look in the default folder by themselves.
  const where = dir === defaultNetwork() ? '' : ` --network ${dir}`;
  const shift = info.clockOffsetMs / 86_400_000;
  return [
    '',
    'Peers, each with TLS and identities of its own:',
    ...peers,
    `Channel ${info.channel}, chaincode kepil. Keys, ledger and logs: ${dir}`,
    ...(shift === 0 ? [] : [`The network's clock is shifted by ${shift.toFixed(2)} days.`]),
    ...(stand === undefined
      ? []
      : [
          `Stand for NCALayer: ${stand.address}. Pages of this machine sign there with the keys of the demonstration.`,
        ]),
    '',
    `ready (${seconds.toFixed(1)} s). Try in another terminal:`,
    `  npx kepil call roster members --org beta${where}`,
    '  npx kepil transactions',
    '  npx kepil demo pledge',
    'README.md has a tour of five minutes. Ctrl-C stops the network and keeps its ledger.',
  ].join('\n');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
