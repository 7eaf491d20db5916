/**
 * Changes the channel's configuration: takes the present one, lets a function change it, has a
 * majority of the organisations' admins sign the difference, and sends it to the orderers.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import type { Crypto, OrganisationCrypto } from '../../identity/folder.ts';
import { serializedIdentity, type Signer } from '../../identity/signer.ts';
import type { Layout } from '../layout.ts';
import { flags } from '../process/flags.ts';
import { runProgram } from '../process/run-program.ts';
import type { Programs } from '../programs.ts';
import { majorityCount } from './majority.ts';
import { peerAdmin } from './peer-command.ts';

/** A group of the configuration, as `configtxlator` writes it in JSON. */
export type ConfigGroup = {
  readonly groups: Readonly<Record<string, ConfigGroup>>;
  readonly [member: string]: unknown;
};

/** The network whose channel is changed. */
export type ConfigContext = {
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
  readonly channel: string;
};

/**
 * Changes the channel group of the configuration. A majority of the organisations signs, as their
 * admins; each on its own machine where the network stands on several.
 */
export async function updateChannel(
  context: ConfigContext,
  what: string,
  change: (channelGroup: ConfigGroup) => ConfigGroup,
): Promise<void> {
  const { layout, crypto, channel } = context;
  const work = await mkdtemp(join(layout.channel, 'update-'));
  try {
    const present = await presentConfig(context, work);
    const config = JSON.parse(present.json) as { readonly channel_group: ConfigGroup };
    const changed = { ...config, channel_group: change(config.channel_group) };
    const update = await difference(context, work, present.proto, JSON.stringify(changed));
    const signers = majorityOf(crypto.organisations).map(adminOf);
    const file = join(work, 'envelope.pb');
    await writeFile(file, signedUpdate(channel, update, signers));
    await send(context, what, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The organisations that sign: just more than half, as the channel's policy of admins asks. */
export function majorityOf<T>(organisations: readonly T[]): readonly T[] {
  return organisations.slice(0, majorityCount(organisations.length));
}

async function presentConfig(
  { layout, programs, crypto, channel }: ConfigContext,
  work: string,
): Promise<{ readonly proto: string; readonly json: string }> {
  const [organisation] = crypto.organisations;
  if (organisation === undefined) throw new Error('the network has no organisation');
  const block = join(work, 'block.pb');
  await peerAdmin(layout, programs, organisation).run(
    'fetching the configuration',
    'channel',
    'fetch',
    'config',
    block,
    ...flags({ channelID: channel, ...ordererFlags(layout, crypto) }),
  );
  const config = configIn(await readFile(block));
  const proto = join(work, 'present.pb');
  await writeFile(proto, config);
  return { proto, json: await decoded(programs, 'common.Config', proto) };
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

/** The update with every signer's signature, in an envelope that whoever sends it signs. */
function signedUpdate(channel: string, update: Uint8Array, signers: readonly Signer[]): Uint8Array {
  const signed = new common.ConfigUpdateEnvelope();
  signed.setConfigUpdate(update);
  for (const signer of signers) signed.addSignatures(signatureOf(signer, update));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE);
  channelHeader.setChannelId(channel);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(signed.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}

function signatureOf(signer: Signer, update: Uint8Array): common.ConfigSignature {
  const header = new common.SignatureHeader();
  header.setCreator(serializedIdentity(signer));
  header.setNonce(randomBytes(24));
  const bytes = header.serializeBinary();
  const signature = new common.ConfigSignature();
  signature.setSignatureHeader(bytes);
  signature.setSignature(signer.sign(Buffer.concat([bytes, update])));
  return signature;
}

async function send(context: ConfigContext, what: string, file: string): Promise<void> {
  const { layout, programs, crypto, channel } = context;
  const [sender] = crypto.organisations;
  if (sender === undefined) throw new Error('the network has no organisation');
  await peerAdmin(layout, programs, sender).run(
    what,
    'channel',
    'update',
    ...flags({ file, channelID: channel, ...ordererFlags(layout, crypto) }),
  );
}

/** Flags that name the first orderer that the data has. */
export function ordererFlags(
  layout: Layout,
  { members }: Crypto,
): { readonly orderer: string; readonly tls: true; readonly cafile: string } {
  const ordering = members.find(({ orderers }) => orderers.length > 0);
  const [orderer] = ordering?.orderers ?? [];
  if (ordering === undefined || orderer === undefined) throw new Error('nobody orders');
  const address = `${layout.address(orderer.node)}:${orderer.node.port}`;
  return { orderer: address, tls: true, cafile: ordering.tlsRootPath };
}

function adminOf({ name, users }: OrganisationCrypto): Signer {
  const admin = users.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error(`${name} has no admin`);
  return admin.signer;
}
