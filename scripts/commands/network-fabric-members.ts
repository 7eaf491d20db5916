/** `kepil network add-org` and the other commands that change who and what is in the network. */
import { cp, mkdir, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { candidate, memberKind } from '../../chaincode/roster/schema.ts';
import { removeSnapshot, takeSnapshot } from '../../network/fabric/channel/snapshot.ts';
import type { Layout } from '../../network/fabric/layout.ts';
import type { Organisation, Topology } from '../../network/topology.ts';
import { examples, print } from '../command-line.ts';
import {
  askAloud,
  fabricCommand,
  known,
  positive,
  programs,
  say,
  told,
} from '../fabric-command.ts';
import { readInfo } from '../network-info.ts';
import { PlainError } from '../plain-error.ts';
import { admitToRoster, removeFromRoster, rosterOf, statePeersOf } from '../roster/votes.ts';

type Options = { readonly dir: string; readonly json?: boolean };
type NodeOptions = Options & { readonly name?: string; readonly port?: number };
type NewcomerOptions = Options & {
  readonly msp: string;
  readonly port?: number;
  readonly bin?: string;
  readonly title?: string;
  readonly kind?: string;
};

export function register(program: Command): void {
  const add = fabricCommand(program, 'add-org', 'let an organisation join the running network')
    .argument('<name>', 'its short name: gamma')
    .requiredOption('--msp <msp>', 'its MSP: GammaMSP')
    .option('--port <port>', "its peer's port; by default a thousand after the last", positive)
    .option('--bin <bin>', 'its BIN, for the roster on the ledger')
    .option('--title <title>', 'its full name, for the roster')
    .addOption(new Option('--kind <kind>', 'its kind, for the roster').choices(memberKind.options))
    .action(addOrganisation);
  examples(add, [
    [
      'kepil network add-org gamma --msp GammaMSP --bin 991249000606 --title "Gamma" --kind NON_STATE_SYSTEM_OWNER',
      'signed and voted by a majority',
    ],
  ]);
  fabricCommand(program, 'remove-org', 'take an organisation out of the running network')
    .argument('<name>', 'its short name: gamma')
    .action(removeOrganisation);
  nodeCommand(program, 'add-peer', 'give an organisation one more peer').action(addPeer);
  nodeCommand(program, 'add-orderer', 'give an organisation one more orderer').action(addOrderer);
  fabricCommand(program, 'remove-orderer', 'take an orderer out of the running network')
    .argument('<orderer>', 'its host name: orderer0.beta.kepil.test')
    .action(removeOrderer);
  fabricCommand(program, 'snapshot', "write a snapshot of a peer's ledger to a folder")
    .argument('<peer>', 'its host name: peer0.alpha.kepil.test')
    .requiredOption('--out <folder>', 'where it goes; it holds public state and hashes alone')
    .action(snapshot);
}

function nodeCommand(program: Command, name: string, description: string): Command {
  return fabricCommand(program, name, description)
    .argument('<org>', 'the organisation: beta')
    .option('--name <name>', 'first label of its host name; given again, nothing is added')
    .option('--port <port>', 'its port; by default a hundred after the last', positive);
}

async function addOrganisation(name: string, options: NewcomerOptions): Promise<void> {
  const { layout, topology } = await known(options);
  const organisation = newcomer(topology, name, options.msp, options.port);
  const member = await candidateOf(layout, options);
  const onStep = options.json ? () => undefined : say;
  await askAloud(options, layout, 'add-org', organisation);
  if (member !== undefined) await admitToRoster(readInfo(layout.root), member, onStep);
  await statePeers(layout, organisation);
  const text = `${name} has joined the channel and can endorse with the others.`;
  print(options.json, { organisation: name, inRoster: member !== undefined }, text);
}

/** What the roster is told of a newcomer; nothing where there is no roster, or it is in it. */
async function candidateOf(layout: Layout, options: NewcomerOptions) {
  const roster = await rosterOf(readInfo(layout.root));
  if (roster === undefined || roster.some(({ mspId }) => mspId === options.msp)) return undefined;
  const { msp: mspId, bin, title, kind } = options;
  const parsed = candidate.safeParse({ mspId, bin, name: title, kind });
  if (parsed.success) return parsed.data;
  throw new PlainError('The roster on the ledger asks for --bin, --title and --kind.', {
    next: `BIN: 12 digits; kind: ${memberKind.options.join(', ')}.`,
    exitCode: 2,
  });
}

/** The roster decides first: it says no where too few would be left, and the channel stays. */
async function removeOrganisation(name: string, options: Options): Promise<void> {
  const { layout, topology } = await known(options);
  const leaving = topology.organisations.find((one) => one.name === name);
  const onStep = options.json ? () => undefined : say;
  if (leaving !== undefined) {
    await removeFromRoster(readInfo(layout.root), leaving.mspId, onStep);
  }
  await askAloud(options, layout, 'remove-org', name);
  const text = `${name} is not in the channel; its folders stay.`;
  print(options.json, { organisation: name }, text);
}

async function addPeer(organisation: string, options: NodeOptions): Promise<void> {
  const { layout } = await known(options);
  await askAloud(options, layout, 'add-peer', wantedNode(organisation, options));
  const { topology } = await known(options);
  const changed = topology.organisations.find(({ name }) => name === organisation);
  if (changed !== undefined) await statePeers(layout, changed);
  const peers = changed?.peers.map(({ host }) => host) ?? [];
  print(options.json, { organisation, peers }, `${organisation} runs ${peers.join(', ')}.`);
}

async function addOrderer(organisation: string, options: NodeOptions): Promise<void> {
  const { layout } = await known(options);
  await askAloud(options, layout, 'add-orderer', wantedNode(organisation, options));
  await printOrderers(options);
}

async function removeOrderer(host: string, options: Options): Promise<void> {
  const { layout } = await known(options);
  await askAloud(options, layout, 'remove-orderer', host);
  await printOrderers(options);
}

async function printOrderers(options: Options): Promise<void> {
  const { topology } = await known(options);
  const orderers = topology.organisations.flatMap((one) => one.orderers.map(({ host }) => host));
  print(options.json, { orderers }, `The channel is ordered by ${orderers.join(', ')}.`);
}

function wantedNode(organisation: string, { name, port }: NodeOptions) {
  return { organisation, ...(name === undefined ? {} : { name }), ...(port && { port }) };
}

/** The roster shows the peers that an organisation runs, as it states them itself. */
async function statePeers(layout: Layout, { name, peers }: Organisation): Promise<void> {
  const stated = peers.map((node) => ({ host: layout.address(node), port: node.port }));
  await statePeersOf(readInfo(layout.root), name, stated);
}

/** An organisation in the manner of the others: its domain beside theirs, its port after theirs. */
function newcomer(topology: Topology, name: string, mspId: string, port?: number): Organisation {
  const [first] = topology.organisations;
  if (first === undefined) throw new PlainError('The network has no organisation.');
  const domain = `${name}${first.domain.slice(first.name.length)}`;
  const present = topology.organisations.find((one) => one.name === name);
  const ports = topology.organisations.flatMap(({ peers }) => peers.map((peer) => peer.port));
  const next = present?.peers[0]?.port ?? Math.max(...ports) + 1000;
  const peer = { name: 'peer0', host: `peer0.${domain}`, port: port ?? next };
  return { name, mspId, domain, peers: [peer], orderers: [] };
}

async function snapshot(host: string, options: Options & { readonly out: string }): Promise<void> {
  const { layout, topology, place, crypto } = await known(options);
  const out = resolve(options.out);
  const found = (await crypto()).organisations
    .flatMap((organisation) => organisation.peers.map((peer) => ({ organisation, peer })))
    .find(({ peer }) => peer.node.host === host);
  if (found === undefined) throw new PlainError(`There is no peer ${host} here.`, { exitCode: 2 });
  await mkdir(out, { recursive: true });
  if ((await readdir(out)).length > 0) {
    throw new PlainError(`${out} is not empty.`, { exitCode: 2 });
  }
  const fabric = await programs(place);
  const { lastBlock, hash } = await told(async () => {
    const made = await takeSnapshot(
      layout,
      fabric,
      found.organisation,
      found.peer,
      topology.channel,
    );
    await cp(made.folder, out, { recursive: true });
    await removeSnapshot(made);
    return made;
  });
  const text = `${out} holds the ledger up to block ${lastBlock}, with the hash ${hash}.`;
  print(options.json, { folder: out, lastBlock, hash }, text);
}
