/** `kepil network doctor` and the other commands by which an operator looks after the network. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { examine } from '../../network/fabric/operations/doctor.ts';
import { verify } from '../../network/fabric/operations/verify.ts';
import { examples, print } from '../command-line.ts';
import { packageFolder } from '../config.ts';
import { lookAtRoster } from '../roster/look.ts';
import { healed } from '../private-data/heal.ts';
import { withHolders } from '../private-data/holders.ts';
import { lackingFindings } from '../private-data/lacking.ts';
import { anyPart, askAloud, fabricCommand, known, programs } from '../fabric-command.ts';

type Options = { readonly dir: string; readonly json?: boolean };

export function register(program: Command): void {
  registerChecks(program);
  registerChanges(program);
  registerCopies(program);
}

function registerChecks(program: Command): void {
  fabricCommand(
    program,
    'doctor',
    'look for what ails the Fabric network, and say what to do',
  ).action(showFindings);
  fabricCommand(
    program,
    'verify',
    "compare the ledgers of all peers by their snapshots' hashes",
  ).action(showVerification);
}

function registerChanges(program: Command): void {
  const upgrade = fabricCommand(program, 'upgrade', 'put a new version of the chaincode on')
    .requiredOption('--to <version>', 'the new version')
    .option('--module <folder>', 'folder of the Node package that holds it', packageFolder)
    .option('--chaincode <name>', 'name of the chaincode', 'kepil')
    .action(upgradeTo);
  examples(upgrade, [
    ['kepil network upgrade --to 2', 'online; the old version serves until then'],
  ]);
  fabricCommand(program, 'rotate-certs', "renew every node's certificates, one by one").action(
    rotate,
  );
}

function registerCopies(program: Command): void {
  fabricCommand(program, 'backup', "copy a peer's data, while it is stopped, to a new folder")
    .argument('<peer>', 'its host name: peer0.alpha.kepil.test')
    .requiredOption('--out <folder>', 'where the copy goes; as secret as the peer')
    .action(backUp);
  fabricCommand(program, 'restore', "put a backup in the place of a peer's data")
    .argument('<peer>', 'its host name: peer0.alpha.kepil.test')
    .requiredOption('--from <folder>', 'the backup')
    .action(restore);
  fabricCommand(program, 'heal', 'bring back private records that a peer lacks').action(heal);
  fabricCommand(program, 'erase', "make purged private data leave a peer's disk")
    .argument('<peer>', 'its host name: peer0.alpha.kepil.test')
    .action(erase);
}

/** What nobody else holds stays lost; it is named, so that its organisation can look further. */
async function heal(options: Options): Promise<void> {
  const { layout, topology, crypto } = await known(options);
  const result = await withHolders({ layout, topology, crypto: await crypto() }, healed);
  const { healed: back, lost } = result;
  const records = new Set(lost.map(({ record }) => record));
  const lines = [
    back.length === 0 && lost.length === 0 ? 'No private record is missing.' : '',
    back.length > 0 ? `${back.length} private records are back, byte by byte.` : '',
    lost.length > 0
      ? `${lost.length} could not be brought back: kepil network doctor names them.\n` +
        `Their applications or batches: ${[...records].join(', ')}`
      : '',
  ];
  print(options.json, result, lines.filter((line) => line !== '').join('\n'));
  if (lost.length > 0) process.exitCode = 1;
}

/** Tells that the bytes are in older copies too: there they are beyond our reach. */
async function erase(peer: string, options: Options): Promise<void> {
  const { layout } = await known(options);
  const done = await askAloud(options, layout, 'erase', peer);
  const text =
    `Purged data has left the disk of ${peer}. Backups, and folders that a restore put aside,\n` +
    'still hold it: delete those that are older than the purge.';
  print(options.json, done, text);
}

async function showFindings(options: Options): Promise<void> {
  const part = await anyPart(options);
  const { layout, topology, crypto } = part;
  const found = await examine(part);
  const isDown = found.some(({ code }) => code === 'NETWORK_DOWN');
  const findings = [
    ...found,
    ...(await withHolders({ layout, topology, crypto }, lackingFindings)),
    ...(isDown ? [] : await lookAtRoster(part)),
  ];
  const text = findings.map(({ code, what, next }) => `${code}: ${what}\n  ${next}`).join('\n');
  print(options.json, findings, text === '' ? 'Nothing was found to be wrong.' : text);
  if (findings.length > 0) process.exitCode = 1;
}

async function showVerification(options: Options): Promise<void> {
  const { layout, topology, place, crypto } = await known(options);
  const result = await verify(layout, await programs(place), await crypto(), topology.channel);
  const { equal, lastBlock, peers } = result;
  const lines = peers.map(({ name, hash }) => `${hash}  ${name}`);
  const verdict = equal
    ? `All ${peers.length} peers hold the same ledger up to block ${lastBlock}.`
    : `The ledgers differ at block ${lastBlock}: stop taking commands and find out why.`;
  print(options.json, result, [...lines, verdict].join('\n'));
  if (!equal) process.exitCode = 1;
}

async function upgradeTo(
  options: Options & { readonly to: string; readonly module: string; readonly chaincode: string },
): Promise<void> {
  const { layout } = await known(options);
  const request = {
    name: options.chaincode,
    version: options.to,
    module: resolve(options.module),
  };
  const done = await askAloud(options, layout, 'deploy', request);
  print(options.json, done, `The channel runs ${options.chaincode} in version ${options.to}.`);
}

async function rotate(options: Options): Promise<void> {
  const { layout } = await known(options);
  const done = await askAloud(options, layout, 'rotate-certs', null);
  print(options.json, done, 'Every node serves with renewed certificates.');
}

async function backUp(peer: string, options: Options & { readonly out: string }): Promise<void> {
  const { layout } = await known(options);
  const target = resolve(options.out);
  const done = await askAloud(options, layout, 'backup', { peer, folder: target });
  print(options.json, done, `${peer} is backed up to ${target}; keep it as safe as its keys.`);
}

async function restore(peer: string, options: Options & { readonly from: string }): Promise<void> {
  const { layout } = await known(options);
  const source = resolve(options.from);
  const done = await askAloud(options, layout, 'restore', { peer, folder: source });
  const aside = join(layout.node(peer), 'data.before-…');
  const text =
    `${peer} is restored and catches up; what it had is in ${aside}.\n` +
    'What was deposited since the backup comes back from its other holder: kepil network heal';
  print(options.json, done, text);
}
