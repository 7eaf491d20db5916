/**
 * What the topology asks of the channel's configuration: who is in it, which peers are anchors, who
 * orders. Each function gives the configuration as it should be, and the same where it is so.
 */
import type { ConfigGroup, ConfigItem } from './config-update.ts';

/** An address in the configuration. */
export type Address = { readonly host: string; readonly port: number };

/** An orderer as the channel names it. */
export type Consenter = {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly msp_id: string;
  /** Base64 of the PEM texts. */
  readonly identity: string;
  readonly client_tls_cert: string;
  readonly server_tls_cert: string;
};

/** MSPs of the organisations of a section. */
export function membersIn(
  channel: ConfigGroup,
  section: 'Application' | 'Orderer',
): readonly string[] {
  return Object.keys(sectionOf(channel, section).groups).sort();
}

/** With an organisation more in a section. */
export function withOrganisation(
  channel: ConfigGroup,
  section: 'Application' | 'Orderer',
  mspId: string,
  group: ConfigGroup,
): ConfigGroup {
  const present = sectionOf(channel, section);
  if (present.groups[mspId] !== undefined) return channel;
  return withSection(channel, section, {
    ...present,
    groups: { ...present.groups, [mspId]: group },
  });
}

/** With an organisation less in a section. */
export function withoutOrganisation(
  channel: ConfigGroup,
  section: 'Application' | 'Orderer',
  mspId: string,
): ConfigGroup {
  const present = sectionOf(channel, section);
  const { [mspId]: removed, ...groups } = present.groups;
  return removed === undefined ? channel : withSection(channel, section, { ...present, groups });
}

/** With an organisation's peers as anchors: by them others find it. */
export function withAnchors(
  channel: ConfigGroup,
  mspId: string,
  anchors: readonly Address[],
): ConfigGroup {
  const present = sectionOf(channel, 'Application');
  const group = present.groups[mspId];
  if (group === undefined) return channel;
  const anchor_peers = anchors.map(({ host, port }) => ({ host, port }));
  const changed = withValue(group, 'AnchorPeers', { anchor_peers });
  if (changed === group) return channel;
  return withSection(channel, 'Application', {
    ...present,
    groups: { ...present.groups, [mspId]: changed },
  });
}

/** Where the orderers of an organisation are reached. */
export function withEndpoints(
  channel: ConfigGroup,
  mspId: string,
  addresses: readonly string[],
): ConfigGroup {
  const present = sectionOf(channel, 'Orderer');
  const group = present.groups[mspId];
  if (group === undefined) return channel;
  const changed = withValue(group, 'Endpoints', { addresses: [...addresses] });
  if (changed === group) return channel;
  return withSection(channel, 'Orderer', {
    ...present,
    groups: { ...present.groups, [mspId]: changed },
  });
}

/** The orderers that agree on the blocks. */
export function consentersIn(channel: ConfigGroup): readonly Consenter[] {
  const { value } = (sectionOf(channel, 'Orderer').values?.['Orderers'] ?? {}) as {
    readonly value?: { readonly consenter_mapping?: readonly Consenter[] };
  };
  return value?.consenter_mapping ?? [];
}

/** With these orderers, and a block valid when a quorum of them has signed it. */
export function withConsenters(
  channel: ConfigGroup,
  consenters: readonly Consenter[],
): ConfigGroup {
  const present = sectionOf(channel, 'Orderer');
  const section = withValue(present, 'Orderers', { consenter_mapping: consenters });
  if (section === present) return channel;
  const policies = section.policies ?? {};
  const validation = policies['BlockValidation'];
  if (validation === undefined) throw new Error('the channel has no policy for its blocks');
  return withSection(channel, 'Orderer', {
    ...section,
    policies: { ...policies, BlockValidation: quorumPolicy(validation, consenters) },
  });
}

/**
 * Orderers refuse a configuration whose policy for blocks is not exactly this: of n orderers, of
 * whom (n - 1) / 3 may lie, so many that any two quorums share an honest one.
 */
function quorumPolicy(before: ConfigItem, consenters: readonly Consenter[]): ConfigItem {
  const faulty = Math.floor((consenters.length - 1) / 3);
  const quorum = Math.ceil((consenters.length + faulty + 1) / 2);
  const policy = {
    type: 1,
    value: {
      identities: consenters.map(({ msp_id: mspid, identity: id_bytes }) => ({
        principal: { id_bytes, mspid },
        principal_classification: 'IDENTITY',
      })),
      rule: {
        n_out_of: { n: quorum, rules: consenters.map((_, index) => ({ signed_by: index })) },
      },
      version: 0,
    },
  };
  return { ...before, policy };
}

/** The group with a value; the very same group where it has it. */
function withValue(group: ConfigGroup, name: string, value: unknown): ConfigGroup {
  const present = group.values?.[name];
  if (JSON.stringify(present?.['value']) === JSON.stringify(value)) return group;
  const item = { mod_policy: 'Admins', version: '0', ...present, value };
  return { ...group, values: { ...group.values, [name]: item } };
}

function withSection(channel: ConfigGroup, name: string, section: ConfigGroup): ConfigGroup {
  return { ...channel, groups: { ...channel.groups, [name]: section } };
}

function sectionOf(channel: ConfigGroup, name: 'Application' | 'Orderer'): ConfigGroup {
  const section = channel.groups[name];
  if (section === undefined) throw new Error(`the channel has no section ${name}`);
  return section;
}
