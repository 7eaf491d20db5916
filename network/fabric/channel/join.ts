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

/** Makes the channel's first block once; a later change of the data goes by config updates. */
export async function ensureGenesis(
  layout: Layout,
  programs: Programs,
  crypto: Crypto,
  channel: string,
): Promise<string> {
  const block = join(layout.channel, `${channel}.block`);
  if (await stat(block).catch(() => undefined)) return block;
  await mkdir(layout.channel, { recursive: true });
  await writeFile(
    join(layout.channel, 'configtx.yaml'),
    yaml(channelConfig(layout, crypto.organisations)),
  );
  const draft = `${block}.draft`;
  const options = {
    profile: channelProfile,
    channelID: channel,
    configPath: layout.channel,
    outputBlock: draft,
  };
  await runProgram('making the first block', programs.configtxgen, flags(options));
  await rename(draft, block);
  return block;
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
