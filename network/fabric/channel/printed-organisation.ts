/** What an organisation brings into the channel's configuration: its certificates and policies. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Member } from '../../identity/member.ts';
import { organisationConfig } from '../config/channel.ts';
import type { Layout } from '../layout.ts';
import { flags } from '../process/flags.ts';
import { runProgram } from '../process/run-program.ts';
import type { Programs } from '../programs.ts';
import type { ConfigGroup } from './config-update.ts';

/** Its group, among those that endorse as among those that order; addresses are set apart. */
export async function printedGroup(
  { layout, programs }: { readonly layout: Layout; readonly programs: Programs },
  member: Member,
): Promise<ConfigGroup> {
  await mkdir(layout.channel, { recursive: true });
  const folder = await mkdtemp(join(layout.channel, 'organisation-'));
  try {
    // JSON is YAML too.
    const text = JSON.stringify({ Organizations: [organisationConfig(layout, member)] });
    await writeFile(join(folder, 'configtx.yaml'), text);
    const options = flags({ printOrg: member.mspId, configPath: folder });
    const { stdout } = await runProgram('printing the organisation', programs.configtxgen, options);
    const printed = JSON.parse(stdout) as ConfigGroup;
    const { AnchorPeers: _anchors, Endpoints: _endpoints, ...values } = printed.values ?? {};
    return { ...printed, values };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
