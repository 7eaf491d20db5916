/**
 * A change of the channel's configuration as a file: proposed by one organisation, signed by each on
 * its own machine, and submitted when enough have signed. The network of one machine goes the same
 * way in one breath.
 */
import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { common, msp } from '@hyperledger/fabric-protos';
import { z } from 'zod';
import { serializedIdentity, type Signer } from '../../identity/signer.ts';
import { majorityCount } from './majority.ts';

/** Whose signatures a change asks for. */
const askedSchema = z.object({
  /** Organisations whose own part is changed: each of them must sign. */
  owners: z.array(z.string()),
  /** Of each of these groups more than half must sign. */
  majorities: z.array(z.object({ of: z.array(z.string()) })),
});
export type Asked = z.output<typeof askedSchema>;

const updateSchema = z.object({
  channel: z.string(),
  /** In the proposer's words; what it really changes is read from the update itself. */
  what: z.string(),
  /** Fabric's `ConfigUpdate`, as base64. */
  update: z.base64(),
  asked: askedSchema,
  /** Each Fabric's `ConfigSignature`, as base64. */
  signatures: z.array(z.base64()),
});

/** A proposed change with the signatures that it has. */
export type ChannelUpdate = z.output<typeof updateSchema>;

/** Reads a proposed change. */
export async function readUpdate(file: string): Promise<ChannelUpdate> {
  const text = await readFile(file, 'utf8');
  const parsed = updateSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is not a proposed change: ${z.prettifyError(parsed.error)}`);
}

/** Writes a proposed change. */
export async function writeUpdate(file: string, update: ChannelUpdate): Promise<void> {
  await writeFile(`${file}.draft`, `${JSON.stringify(update, undefined, 2)}\n`, { flush: true });
  await rename(`${file}.draft`, file);
}

/** The change with one more signature; who has signed before does not sign twice. */
export function signUpdate(proposed: ChannelUpdate, signer: Signer): ChannelUpdate {
  if (signersOf(proposed).includes(signer.mspId)) return proposed;
  const signature = signatureOf(signer, Buffer.from(proposed.update, 'base64'));
  const text = Buffer.from(signature.serializeBinary()).toString('base64');
  return { ...proposed, signatures: [...proposed.signatures, text] };
}

/** One change with the signatures of several copies of it. */
export function mergeUpdates(copies: readonly ChannelUpdate[]): ChannelUpdate {
  const [first, ...others] = copies;
  if (first === undefined) throw new Error('there is no change to submit');
  if (others.some(({ update, channel }) => update !== first.update || channel !== first.channel)) {
    throw new Error('the files hold different changes: submit each on its own');
  }
  const bySigner = new Map(
    copies.flatMap(({ signatures }) => signatures.map((one) => [signerOf(one), one] as const)),
  );
  return { ...first, signatures: [...bySigner.values()] };
}

/** MSPs of those who have signed, by the certificates in the signatures. */
export function signersOf({ signatures }: ChannelUpdate): readonly string[] {
  return signatures.map(signerOf);
}

/** What is missing until the channel takes the change, in words; empty when it has enough. */
export function missingSignatures(proposed: ChannelUpdate): readonly string[] {
  const { asked } = proposed;
  const signed = signersOf(proposed);
  return [
    ...asked.owners
      .filter((mspId) => !signed.includes(mspId))
      .map((mspId) => `${mspId}, whose own part it changes, has not signed`),
    ...asked.majorities.flatMap(({ of }) => {
      const have = of.filter((mspId) => signed.includes(mspId)).length;
      const need = majorityCount(of.length);
      return have >= need ? [] : [`${of.join(', ')} have ${have} signatures and need ${need}`];
    }),
  ];
}

/** What a change writes, read from the change itself: the names are Fabric's. */
export function changesIn(proposed: ChannelUpdate): readonly string[] {
  const update = common.ConfigUpdate.deserializeBinary(Buffer.from(proposed.update, 'base64'));
  const [read, written] = [update.getReadSet(), update.getWriteSet()];
  if (written === undefined) return [];
  return groupChanges('Channel', read ?? new common.ConfigGroup(), written);
}

function groupChanges(
  path: string,
  read: common.ConfigGroup,
  written: common.ConfigGroup,
): readonly string[] {
  const changes: string[] = [];
  if (written.getVersion() !== read.getVersion()) {
    const names = [...written.getGroupsMap().keys()].sort().join(', ');
    changes.push(`${path}: its members are then ${names === '' ? 'other ones' : names}`);
  }
  written.getGroupsMap().forEach((group, name) => {
    const before = read.getGroupsMap().get(name);
    if (before === undefined) changes.push(`${path}/${name}: joins`);
    else changes.push(...groupChanges(`${path}/${name}`, before, group));
  });
  written.getValuesMap().forEach((value, name) => {
    const before = read.getValuesMap().get(name);
    if (before?.getVersion() !== value.getVersion()) changes.push(`${path}: ${name} is set anew`);
  });
  written.getPoliciesMap().forEach((policy, name) => {
    const before = read.getPoliciesMap().get(name);
    if (before?.getVersion() !== policy.getVersion()) {
      changes.push(`${path}: the policy ${name} is set anew`);
    }
  });
  return changes;
}

/** The change with its signatures, in an envelope that whoever submits it signs. */
export function envelopeOf({ channel, update, signatures }: ChannelUpdate): Uint8Array {
  const signed = new common.ConfigUpdateEnvelope();
  signed.setConfigUpdate(Buffer.from(update, 'base64'));
  for (const text of signatures) signed.addSignatures(decoded(text));
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

function signerOf(text: string): string {
  const header = common.SignatureHeader.deserializeBinary(decoded(text).getSignatureHeader_asU8());
  return msp.SerializedIdentity.deserializeBinary(header.getCreator_asU8()).getMspid();
}

function decoded(text: string): common.ConfigSignature {
  return common.ConfigSignature.deserializeBinary(Buffer.from(text, 'base64'));
}
