/** `kepil network render` and what an organisation does with the part that it renders. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  awaited,
  type Received,
  receiveCertificates,
} from '../../network/fabric/machines/exchange.ts';
import { makeFirstBlock, receiveFirstBlock } from '../../network/fabric/machines/first-block.ts';
import {
  approveOwn,
  commitAsOne,
  joinOwn,
  untilServing,
} from '../../network/fabric/machines/own-part.ts';
import type { Place } from '../../network/fabric/place.ts';
import { renderOrganisation } from '../../network/fabric/render/render.ts';
import { readTopology } from '../../network/fabric/topology-file.ts';
import { topologyOf } from '../../network/topology.ts';
import { examples, print } from '../command-line.ts';
import { packageFolder } from '../config.ts';
import { fabricCommand, ownPart, told } from '../fabric-command.ts';
import { PlainError } from '../plain-error.ts';

type Options = { readonly dir: string; readonly json?: boolean };

export function register(program: Command): void {
  const render = fabricCommand(program, 'render', 'write what one organisation runs elsewhere')
    .requiredOption('--org <org>', 'the organisation: alpha')
    .requiredOption('--out <folder>', 'where to write; keys that are there are kept')
    .option('--root <folder>', 'where the folder will lie on its machine', '/srv/kepil')
    .option('--bin <folder>', "Fabric's programs on its machine", '/usr/local/bin')
    .option('--module <folder>', 'this package on its machine', '/opt/kepil')
    .option('--node <program>', 'Node on its machine', '/usr/bin/node')
    .option('--user <user>', 'the user that runs the nodes', 'kepil')
    .action(renderFor);
  examples(render, [['kepil network render --org alpha --out alpha', 'then read alpha/STEPS.md']]);
  const part = "on one organisation's machine:";
  fabricCommand(program, 'receive', `${part} check and take over what the others sent`).action(
    receive,
  );
  fabricCommand(program, 'genesis', `${part} make the channel's first block`).action(genesis);
  fabricCommand(program, 'join', `${part} let its nodes join the channel`)
    .option('--snapshot <folder>', 'in a channel that stands: a snapshot that another one sent')
    .action(joinChannel);
  fabricCommand(program, 'approve', `${part} install the chaincode and approve it`).action(approve);
  fabricCommand(program, 'commit', `${part} put on the channel what a majority approved`).action(
    commit,
  );
  fabricCommand(program, 'ready', `${part} wait until all can endorse with one another`).action(
    ready,
  );
}

type RenderFlags = Options &
  Omit<Place, 'organisation'> & {
    readonly org: string;
    readonly out: string;
    readonly root: string;
  };

async function renderFor({ dir, json, org, out, ...machine }: RenderFlags): Promise<void> {
  const topology = (await readTopology(resolve(dir))) ?? topologyOf();
  if (!topology.organisations.some(({ name }) => name === org)) {
    const names = topology.organisations.map(({ name }) => name).join(', ');
    throw new PlainError(`There is no organisation ${org}; there are ${names}.`, { exitCode: 2 });
  }
  const folder = resolve(out);
  const rendered = await renderOrganisation({
    ...machine,
    topology,
    organisation: org,
    out: folder,
    code: packageFolder,
  });
  const steps = join(folder, 'STEPS.md');
  print(json, { folder, steps, ...rendered }, `Written to ${folder}; go on with ${steps}.`);
}

async function receive(options: Options): Promise<void> {
  const part = await ownPart(options);
  const { layout, topology, place } = part;
  const received = await told(async () =>
    receiveCertificates(layout, topology, place.organisation),
  );
  const missing = await awaited(layout, topology);
  // The block names every certificate: before all are here there is nothing to compare it with.
  const firstBlock =
    missing.length === 0 ? await told(async () => receiveFirstBlock(part)) : undefined;
  const text = receivedText(received, missing, firstBlock);
  print(options.json, { received, missing, firstBlock }, text);
  if (missing.length > 0) process.exitCode = 1;
}

function receivedText(
  received: readonly Received[],
  missing: readonly string[],
  firstBlock: string | undefined,
): string {
  return [
    ...received.map(({ organisation, fingerprint }) => `${organisation}: ${fingerprint}`),
    missing.length === 0
      ? 'All certificates are here. Compare the fingerprints with their owners.'
      : `Certificates are awaited from ${missing.join(', ')}.`,
    ...(firstBlock === undefined ? [] : [`The first block has SHA-256 ${firstBlock}.`]),
  ].join('\n');
}

async function genesis(options: Options): Promise<void> {
  const part = await ownPart(options);
  const missing = await awaited(part.layout, part.topology);
  if (missing.length > 0) {
    throw new PlainError(`Certificates are awaited from ${missing.join(', ')}.`, {
      next: 'Put what they send into received/NAME, then: kepil network receive',
    });
  }
  const sha256 = await told(async () => makeFirstBlock(part));
  const text = `The first block has SHA-256 ${sha256}.\nSend send/channel to all the others.`;
  print(options.json, { sha256 }, text);
}

async function joinChannel(options: Options & { readonly snapshot?: string }): Promise<void> {
  const part = await ownPart(options);
  await told(async () => joinOwn(part, options.snapshot && resolve(options.snapshot)));
  const { channel } = part.topology;
  print(options.json, { channel }, `The nodes here are in the channel ${channel}.`);
}

async function approve(options: Options): Promise<void> {
  const part = await ownPart(options);
  const { packageId, sequence } = await told(async () => approveOwn(part));
  const text = `${packageId} is installed and approved, sequence ${sequence}.`;
  print(options.json, { packageId, sequence }, text);
}

async function commit(options: Options): Promise<void> {
  await serving(options, commitAsOne);
}

async function ready(options: Options): Promise<void> {
  await serving(options, untilServing);
}

async function serving(options: Options, work: typeof commitAsOne): Promise<void> {
  const part = await ownPart(options);
  const { packageId, sequence } = await told(async () => work(part));
  print(options.json, { packageId, sequence }, 'Every organisation can endorse with the others.');
}
