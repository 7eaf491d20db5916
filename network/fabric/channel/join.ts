/** Makes the channel's first block and lets orderers and peers join; safe to repeat. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crypto } from '../../identity/folder.ts';
import { channelConfig, channelProfile } from '../config/channel.ts';
import type { Layout } from '../layout.ts';
import { flags } from '../process/flags.ts';
import type { Programs } from '../programs.ts';
import { runProgram } from '../process/run-program.ts';
import { yaml } from '../yaml.ts';
import { type ConfigContext, blockGroup } from './config-update.ts';
import { consentersIn } from './desired-config.ts';
import { channelStatus, joinOrderer } from './participation.ts';
import { peerAdmin } from './peer-command.ts';
import { isThere } from '../../presence.ts';

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
  if (await isThere(block)) return block;
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

/** Lets the orderers of the first block join by it; one that came later joins by a later block. */
export async function joinOrderers(
  { crypto, channel, layout, programs }: ConfigContext,
  genesis: string,
): Promise<void> {
  const orderers = crypto.organisations.flatMap((organisation) =>
    organisation.orderers.map((orderer) => ({ organisation, orderer })),
  );
  const standing = await Promise.all(
    orderers.map(async ({ organisation, orderer }) =>
      channelStatus(organisation, orderer, channel),
    ),
  );
  const joining = orderers.filter((_, index) => standing[index] === undefined);
  if (joining.length === 0) return;
  const [block, founders] = await Promise.all([
    readFile(genesis),
    blockGroup(programs, layout, genesis).then(consentersIn),
  ]);
  await Promise.all(
    joining
      .filter(({ orderer: { node } }) =>
        founders.some(({ host, port }) => host === layout.address(node) && port === node.port),
      )
      .map(async ({ organisation, orderer }) => joinOrderer(organisation, orderer, channel, block)),
  );
}

/** Whether the channel stands: a peer of it is here that has joined. */
export async function isFounded(
  layout: Layout,
  { organisations }: Crypto,
  channel: string,
): Promise<boolean> {
  const checks = organisations
    .flatMap(({ peers }) => peers)
    .map(async ({ node }) => isThere(chainFolder(layout, node.host, channel)));
  return (await Promise.all(checks)).includes(true);
}

/** The folder of a peer's blocks of the channel: that it is there says, at no cost, that it joined. */
export function chainFolder(layout: Layout, host: string, channel: string): string {
  return join(layout.node(host), 'data/ledgersData/chains/chains', channel);
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
        if (await isThere(chainFolder(layout, peer.node.host, channel))) return;
        const admin = peerAdmin(layout, programs, organisation, peer);
        await admin.run('joining the channel', 'channel', 'join', '-b', genesis);
      }),
    ),
  );
}
