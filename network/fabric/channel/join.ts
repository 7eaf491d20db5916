/** Makes the channel's first block and lets orderers and peers join; safe to repeat. */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crypto } from '../../identity/folder.ts';
import { channelConfig, channelProfile } from '../config/channel.ts';
import type { Layout } from '../layout.ts';
import { flags } from '../process/flags.ts';
import type { Programs } from '../programs.ts';
import { runProgram } from '../process/run-program.ts';
import { yaml } from '../yaml.ts';
import { joinOrderer } from './participation.ts';
import { peerAdmin } from './peer-command.ts';

/** Where the channel's first block lies. */
export function genesisFile(layout: Layout, channel: string): string {
  return join(layout.channel, `${channel}.block`);
}

/** Makes the channel's first block once; a later change of the data goes by config updates. */
export async function ensureGenesis(
  layout: Layout,
  programs: Programs,
  crypto: Crypto,
  channel: string,
): Promise<string> {
  const block = genesisFile(layout, channel);
  if (await stat(block).catch(() => undefined)) return block;
  await mkdir(layout.channel, { recursive: true });
  await makeGenesis(layout, programs, crypto, channel, `${block}.draft`);
  await rename(`${block}.draft`, block);
  return block;
}

/** Makes a first block from the data and every member's certificates. */
export async function makeGenesis(
  layout: Layout,
  programs: Programs,
  { members }: Crypto,
  channel: string,
  outputBlock: string,
): Promise<void> {
  await writeFile(join(layout.channel, 'configtx.yaml'), yaml(channelConfig(layout, members)));
  const configPath = layout.channel;
  const options = { profile: channelProfile, channelID: channel, configPath, outputBlock };
  await runProgram('making the first block', programs.configtxgen, flags(options));
}

/** Lets every orderer join. */
export async function joinOrderers(
  crypto: Crypto,
  channel: string,
  genesis: string,
): Promise<void> {
  const block = await readFile(genesis);
  await Promise.all(
    crypto.organisations.flatMap((organisation) =>
      organisation.orderers.map(async (orderer) =>
        joinOrderer(organisation, orderer, channel, block),
      ),
    ),
  );
}

/** Lets every peer join that has not. */
export async function joinPeers(
  layout: Layout,
  programs: Programs,
  crypto: Crypto,
  channel: string,
  genesis: string,
): Promise<void> {
  await Promise.all(
    crypto.organisations.flatMap((organisation) =>
      organisation.peers.map(async (peer) => {
        // The folder of the channel's blocks says that the peer has joined, at no cost.
        const chains = join(layout.node(peer.node.host), 'data/ledgersData/chains/chains', channel);
        if (await stat(chains).catch(() => undefined)) return;
        const admin = peerAdmin(layout, programs, organisation, peer);
        await admin.run('joining the channel', 'channel', 'join', '-b', genesis);
      }),
    ),
  );
}
