/**
 * Changes the channel's configuration: takes the present one, lets a function change it, has those
 * sign the difference whom the channel's policies ask, and sends it to the orderers.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import type { Crypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Signer } from '../../identity/signer.ts';
import type { Layout } from '../layout.ts';
import { type Flags, flags } from '../process/flags.ts';
import { runProgram } from '../process/run-program.ts';
import type { Programs } from '../programs.ts';
import { majorityCount } from './majority.ts';
import { peerAdmin } from './peer-command.ts';
import {
  type Asked,
  type ChannelUpdate,
  envelopeOf,
  missingSignatures,
  signUpdate,
} from './update-file.ts';

/** A group of the configuration, as `configtxlator` writes it in JSON. */
export type ConfigGroup = {
  readonly groups: Readonly<Record<string, ConfigGroup>>;
  readonly values?: Readonly<Record<string, ConfigItem>>;
  readonly policies?: Readonly<Record<string, ConfigItem>>;
  readonly [member: string]: unknown;
};

/** A value or a policy of a group. */
export type ConfigItem = { readonly [member: string]: unknown };

/** The network whose channel is changed. */
export type ConfigContext = {
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
  readonly channel: string;
};

/**
 * Changes the channel group of the configuration, signed by the admins whose keys are here; false
 * where it says already what the change would make of it.
 */
export async function updateChannel(
  context: ConfigContext,
  what: string,
  change: (channelGroup: ConfigGroup) => ConfigGroup,
): Promise<boolean> {
  const proposed = await proposeUpdate(context, what, change);
  if (proposed === undefined) return false;
  await submitUpdate(context, signedHere(context.crypto, proposed));
  return true;
}

/** The difference that a change makes, unsigned; nothing where it makes none. */
export async function proposeUpdate(
  context: ConfigContext,
  what: string,
  change: (channelGroup: ConfigGroup) => ConfigGroup,
): Promise<ChannelUpdate | undefined> {
  const { channel } = context;
  return inWorkFolder(context, async (work) => {
    const present = await presentConfig(context, work);
    const before = present.config.channel_group;
    const after = change(before);
    if (JSON.stringify(after) === JSON.stringify(before)) return undefined;
    const changed = JSON.stringify({ ...present.config, channel_group: after });
    const bytes = await difference(context, work, present.proto, changed);
    const update = Buffer.from(bytes).toString('base64');
    return { channel, what, update, asked: askedFor(before, after), signatures: [] };
  });
}

/** The change with the signatures of those that are asked and whose keys are here. */
export function signedHere({ organisations }: Crypto, proposed: ChannelUpdate): ChannelUpdate {
  const admins = organisations.map(adminOf);
  const { owners, majorities } = proposed.asked;
  const chosen = majorities.flatMap(({ of }) =>
    admins.filter(({ mspId }) => of.includes(mspId)).slice(0, majorityCount(of.length)),
  );
  const own = admins.filter(({ mspId }) => owners.includes(mspId));
  return [...own, ...chosen].reduce(signUpdate, proposed);
}

/** Sends a change to the orderers; below what the policies ask they would refuse it, and so do we. */
export async function submitUpdate(context: ConfigContext, update: ChannelUpdate): Promise<void> {
  const [sender] = context.crypto.organisations;
  if (sender === undefined) throw new Error('the network has no organisation');
  // Fabric's program adds the signature of whoever sends it.
  const missing = missingSignatures(signUpdate(update, adminOf(sender)));
  if (missing.length > 0) throw new Error(missing.join('; '));
  await sendUpdate(context, update);
}

/** Sends a change as it is: what it lacks, the orderers say. */
export async function sendUpdate(context: ConfigContext, update: ChannelUpdate): Promise<void> {
  const { layout, programs, crypto, channel } = context;
  const [sender] = crypto.organisations;
  if (sender === undefined) throw new Error('the network has no organisation');
  await inWorkFolder(context, async (work) => {
    const file = join(work, 'envelope.pb');
    await writeFile(file, envelopeOf(update));
    const admin = peerAdmin(layout, programs, sender);
    await atSomeOrderer(context, async (orderer) =>
      admin.run(
        update.what,
        'channel',
        'update',
        ...flags({ file, channelID: channel, ...orderer }),
      ),
    );
  });
}

/** The channel group as it stands. */
export async function presentGroup(context: ConfigContext): Promise<ConfigGroup> {
  return inWorkFolder(context, async (work) => {
    const { config } = await presentConfig(context, work);
    return config.channel_group;
  });
}

/** The channel group that a block in a file holds. */
export async function blockGroup(
  programs: Programs,
  layout: Layout,
  block: string,
): Promise<ConfigGroup> {
  return inWorkFolder({ layout }, async (work) => {
    const proto = join(work, 'config.pb');
    await writeFile(proto, configIn(await readFile(block)));
    const config = JSON.parse(await decoded(programs, 'common.Config', proto)) as Config;
    return config.channel_group;
  });
}

/** Fetches the last block that holds a configuration: an orderer joins by it. */
export async function configBlock(context: ConfigContext): Promise<Buffer> {
  return inWorkFolder(context, async (work) => fetchConfig(context, work));
}

/** Whom a change asks: the owners of changed parts, and majorities where a section itself changes. */
export function askedFor(before: ConfigGroup, after: ConfigGroup): Asked {
  const owners = new Set<string>();
  const majorities: { of: string[] }[] = [];
  const differs = (one: unknown, other: unknown): boolean =>
    JSON.stringify(one) !== JSON.stringify(other);
  for (const section of ['Application', 'Orderer']) {
    const [was, is] = [before.groups[section], after.groups[section]];
    if (was === undefined || is === undefined || !differs(was, is)) continue;
    const members = Object.keys(was.groups).sort();
    const { groups: _was, ...ownBefore } = was;
    const { groups: _is, ...ownAfter } = is;
    if (differs(members, Object.keys(is.groups).sort()) || differs(ownBefore, ownAfter)) {
      majorities.push({ of: members });
    }
    for (const name of members) {
      const group = is.groups[name];
      if (group !== undefined && differs(was.groups[name], group)) owners.add(name);
    }
  }
  return { owners: [...owners].sort(), majorities };
}

async function inWorkFolder<T>(
  { layout }: Pick<ConfigContext, 'layout'>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(layout.channel, { recursive: true });
  const folder = await mkdtemp(join(layout.channel, 'update-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Config = { readonly channel_group: ConfigGroup };

async function presentConfig(
  context: ConfigContext,
  work: string,
): Promise<{ readonly proto: string; readonly config: Config }> {
  const bytes = configIn(await fetchConfig(context, work));
  const proto = join(work, 'present.pb');
  await writeFile(proto, bytes);
  const text = await decoded(context.programs, 'common.Config', proto);
  return { proto, config: JSON.parse(text) as Config };
}

async function fetchConfig(context: ConfigContext, work: string): Promise<Buffer> {
  const { layout, programs, crypto, channel } = context;
  const [organisation] = crypto.organisations;
  if (organisation === undefined) throw new Error('the network has no organisation');
  const block = join(work, 'block.pb');
  const admin = peerAdmin(layout, programs, organisation);
  await atSomeOrderer(context, async (orderer) =>
    admin.run(
      'fetching the configuration',
      'channel',
      'fetch',
      'config',
      block,
      ...flags({ channelID: channel, ...orderer }),
    ),
  );
  return readFile(block);
}

function configIn(block: Uint8Array): Uint8Array {
  const [data] = common.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? [];
  if (data === undefined) throw new Error('the block holds no configuration');
  const envelope = common.Envelope.deserializeBinary(data);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  if (config === undefined) throw new Error('the block holds no configuration');
  return config.serializeBinary();
}

async function difference(
  { programs, channel }: ConfigContext,
  work: string,
  present: string,
  changedJson: string,
): Promise<Uint8Array> {
  const json = join(work, 'changed.json');
  const changed = join(work, 'changed.pb');
  const update = join(work, 'update.pb');
  await writeFile(json, changedJson);
  const encode = flags({ type: 'common.Config', input: json, output: changed });
  await translate(programs, 'proto_encode', ...encode);
  const files = { channel_id: channel, original: present, updated: changed, output: update };
  await translate(programs, 'compute_update', ...flags(files));
  return readFile(update);
}

/** A message of Fabric's as JSON. Its own output is a socket here, which the program cannot open: it writes to a file. */
export async function decoded(programs: Programs, type: string, file: string): Promise<string> {
  const output = `${file}.json`;
  await translate(programs, 'proto_decode', ...flags({ type, input: file, output }));
  return readFile(output, 'utf8');
}

async function translate(programs: Programs, command: string, ...args: readonly string[]) {
  return runProgram(`configtxlator ${command}`, programs.configtxlator, [command, ...args]);
}

/** Asks one orderer after the other until one does what is asked; the last refusal is told. */
async function atSomeOrderer<T>(
  { layout, crypto }: ConfigContext,
  work: (orderer: Flags) => Promise<T>,
): Promise<T> {
  let refusal: unknown = new Error('the network has no orderer');
  for (const { orderers, tlsRootPath } of crypto.members) {
    for (const { node } of orderers) {
      const orderer = `${layout.address(node)}:${node.port}`;
      try {
        return await work({ orderer, tls: true, cafile: tlsRootPath });
      } catch (error) {
        refusal = error;
      }
    }
  }
  throw refusal;
}

/** The admin of an organisation whose keys are here. */
export function adminOf({ name, users }: OrganisationCrypto): Signer {
  const admin = users.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error(`${name} has no admin`);
  return admin.signer;
}
