/**
 * The channel's first block where organisations stand on machines of their own: one makes it, and
 * every other one takes it over only if it holds what it would have made itself from the same data.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../../chaincode/kernel/canonical-json.ts';
import type { Json } from '../../../chaincode/kernel/canonical-json.ts';
import type { Crypto } from '../../identity/folder.ts';
import type { Topology } from '../../topology.ts';
import { decoded } from '../channel/config-update.ts';
import { ensureGenesis, genesisFile, makeGenesis } from '../channel/join.ts';
import type { Layout } from '../layout.ts';
import type { Programs } from '../programs.ts';
import { ExchangeError, receivedFolder, sendFolder } from './exchange.ts';
import { isThere } from '../../presence.ts';

/** The part of a network that makes or checks the block. */
export type BlockContext = {
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
  readonly topology: Topology;
};

/** Makes the first block and puts it to what is sent; gives its SHA-256. */
export async function makeFirstBlock(context: BlockContext): Promise<string> {
  const { layout, programs, crypto, topology } = context;
  const block = await ensureGenesis(layout, programs, crypto, topology.channel);
  const folder = join(sendFolder(layout), 'channel');
  await mkdir(folder, { recursive: true });
  await cp(block, join(folder, `${topology.channel}.block`));
  return sha256Of(block);
}

/** Takes over the first block where another organisation has sent it; gives its SHA-256. */
export async function receiveFirstBlock(context: BlockContext): Promise<string | undefined> {
  const { layout, topology } = context;
  const target = genesisFile(layout, topology.channel);
  const sent = await sentBlock(context);
  if (sent === undefined) return (await isThere(target)) ? sha256Of(target) : undefined;
  if (await isThere(target)) {
    if ((await sha256Of(target)) === (await sha256Of(sent))) return sha256Of(target);
    throw new ExchangeError(`${sent} is another first block than the one that is here`);
  }
  await assertOurOwn(context, sent);
  await mkdir(layout.channel, { recursive: true });
  await cp(sent, `${target}.draft`);
  await rename(`${target}.draft`, target);
  return sha256Of(target);
}

async function sentBlock({ layout, topology }: BlockContext): Promise<string | undefined> {
  const found: string[] = [];
  for (const { name } of topology.organisations) {
    const file = join(receivedFolder(layout, name), 'channel', `${topology.channel}.block`);
    if (await isThere(file)) found.push(file);
  }
  if (found.length > 1) throw new ExchangeError(`one first block is wanted: ${found.join(', ')}`);
  return found[0];
}

/** Compares with a block of our own, but for the time and the nonce that every block has. */
async function assertOurOwn(context: BlockContext, sent: string): Promise<void> {
  const { layout, programs, crypto, topology } = context;
  await mkdir(layout.channel, { recursive: true });
  const work = await mkdtemp(join(layout.channel, 'check-'));
  try {
    const own = join(work, 'own.block');
    await makeGenesis(layout, programs, crypto, topology.channel, own);
    await cp(sent, join(work, 'sent.block'));
    const [ours, theirs] = await Promise.all(
      [own, join(work, 'sent.block')].map(async (file) => agreedPart(programs, file)),
    );
    if (ours === theirs) return;
    throw new ExchangeError(
      `${sent} is not the first block of what was agreed on: compare topology.json and the ` +
        "organisations' fingerprints with the one that made it",
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What a first block says of the channel: its number, its name, its whole configuration. */
async function agreedPart(programs: Programs, file: string): Promise<string> {
  const block = JSON.parse(await decoded(programs, 'common.Block', file)) as {
    readonly header: { readonly number: Json };
    readonly data: {
      readonly data: readonly [
        {
          readonly payload: {
            readonly header: { readonly channel_header: { readonly channel_id: string } };
            readonly data: { readonly config: Json };
          };
        },
      ];
    };
  };
  const [{ payload }] = block.data.data;
  const { channel_id: channel } = payload.header.channel_header;
  return canonicalJson({ number: block.header.number, channel, config: payload.data.config });
}

async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
