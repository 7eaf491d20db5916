/** `kepil network update`: a change of the channel that each organisation signs on its own machine. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ChannelContext } from '../../network/fabric/chaincode/context.ts';
import { adminOf, submitUpdate } from '../../network/fabric/channel/config-update.ts';
import {
  changesIn,
  type ChannelUpdate,
  mergeUpdates,
  missingSignatures,
  readUpdate,
  signersOf,
  signUpdate,
  writeUpdate,
} from '../../network/fabric/channel/update-file.ts';
import { proposeTopology } from '../../network/fabric/machines/propose.ts';
import { examples, groupOf, print } from '../command-line.ts';
import { anyPart, folderOptions, told } from '../fabric-command.ts';
import { PlainError } from '../plain-error.ts';

type Options = { readonly dir: string; readonly json?: boolean };

export function register(program: Command): void {
  const network = groupOf(program, 'network', 'run and look after networks');
  const update = groupOf(network, 'update', 'change the channel, each signing on its own machine');
  const proposing = folderOptions(update.command('propose'))
    .description('write what topology.json asks of the channel to a file')
    .requiredOption('--out <file>', 'the file: gamma.update')
    .action(proposeChange);
  examples(proposing, [
    ['kepil network update propose --out gamma.update', 'then send it to the others'],
  ]);
  folderOptions(update.command('show'))
    .description('show what a file would change, and who has signed it')
    .argument('<file>', 'the file')
    .action(show);
  folderOptions(update.command('sign'))
    .description("sign a file as an organisation's admin")
    .argument('<file>', 'the file; the signature is written into it')
    .option('--org <org>', 'the organisation; the own one on a machine of its own')
    .action(sign);
  folderOptions(update.command('submit'))
    .description('put a change on the channel that enough have signed')
    .argument('<files...>', 'the file, or copies of it with different signatures')
    .action(submit);
}

async function proposeChange(options: Options & { readonly out: string }): Promise<void> {
  const part = await anyPart(options);
  const proposed = await told(async () => proposeTopology(part));
  if (proposed === undefined) {
    print(options.json, { proposed: null }, 'The channel is as topology.json says.');
    return;
  }
  const file = resolve(options.out);
  await writeUpdate(file, proposed);
  describe(options, proposed, `Written to ${file}; each signs it: kepil network update sign`);
}

async function show(file: string, options: Options): Promise<void> {
  describe(options, await told(async () => readUpdate(file)), '');
}

async function sign(file: string, options: Options & { readonly org?: string }): Promise<void> {
  const part = await anyPart(options);
  const update = await told(async () => readUpdate(file));
  const signed = signUpdate(update, adminOf(organisationHere(part, options.org)));
  await writeUpdate(file, signed);
  describe(options, signed, `Signed; send ${file} to whoever submits it.`);
}

async function submit(files: readonly string[], options: Options): Promise<void> {
  const part = await anyPart(options);
  const copies = await told(async () => Promise.all(files.map(readUpdate)));
  const merged = await told(async () => Promise.resolve(mergeUpdates(copies)));
  await told(async () => submitUpdate({ ...part, channel: part.topology.channel }, merged));
  describe(options, merged, 'The channel has taken it.');
}

/** On one machine all are here, and the one that signs is to be named. */
function organisationHere({ crypto }: ChannelContext, name: string | undefined) {
  const { organisations } = crypto;
  const [only, ...others] = organisations;
  const found =
    name === undefined && others.length === 0
      ? only
      : organisations.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = organisations.map((one) => one.name).join(', ');
  throw new PlainError(`Say who signs with --org; keys are here of ${names}.`, { exitCode: 2 });
}

/** What a change does is read from the change, and not from what its proposer says of it. */
function describe({ json }: Options, update: ChannelUpdate, end: string): void {
  const changes = changesIn(update);
  const signers = signersOf(update);
  const missing = missingSignatures(update);
  const lines = [
    ...changes,
    signers.length === 0 ? 'Nobody has signed it.' : `Signed by ${signers.join(', ')}.`,
    ...missing.map((one) => `Missing: ${one}.`),
    ...(end === '' ? [] : [end]),
  ];
  print(json, { channel: update.channel, changes, signers, missing }, lines.join('\n'));
}
