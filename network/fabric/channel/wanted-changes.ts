/** Changes of the channel that a topology asks for, by the members' public certificates alone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crypto } from '../../identity/folder.ts';
import type { Member, MemberOrderer } from '../../identity/member.ts';
import type { Layout } from '../layout.ts';
import type { Programs } from '../programs.ts';
import type { ConfigGroup } from './config-update.ts';
import {
  type Consenter,
  consentersIn,
  withAnchors,
  withConsenters,
  withEndpoints,
  withOrganisation,
  withoutOrganisation,
} from './desired-config.ts';
import { printedGroup } from './printed-organisation.ts';

/** What is known of the network that is wanted. */
export type Wanted = {
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
};

/** A change of the channel's configuration. */
export type Change = (channel: ConfigGroup) => ConfigGroup;

/** Admits members that are not known to the channel, and makes every member's peers its anchors. */
export async function membersChange(wanted: Wanted, known: readonly string[]): Promise<Change> {
  const { layout, crypto } = wanted;
  const printed = new Map<string, ConfigGroup>();
  for (const member of crypto.members.filter(({ mspId }) => !known.includes(mspId))) {
    printed.set(member.mspId, await printedGroup(wanted, member));
  }
  return (channel) =>
    crypto.members.reduce((group, { mspId, peers }) => {
      const newcomer = printed.get(mspId);
      const wider =
        newcomer === undefined ? group : withOrganisation(group, 'Application', mspId, newcomer);
      const anchors = peers.map(({ node }) => ({ host: layout.address(node), port: node.port }));
      return withAnchors(wider, mspId, anchors);
    }, channel);
}

/** Makes an orderer one of those that agree on the blocks. */
export async function ordererChange(
  wanted: Wanted,
  member: Member,
  orderer: MemberOrderer,
): Promise<Change> {
  const { layout } = wanted;
  const group = await printedGroup(wanted, member);
  const consenter = await consenterOf(layout, member.mspId, orderer);
  return (channel) => {
    const consenters = [...consentersIn(channel), consenter];
    const wider = withOrganisation(channel, 'Orderer', member.mspId, group);
    const reached = withEndpoints(wider, member.mspId, endpointsOf(layout, member, consenters));
    return withConsenters(reached, consenters);
  };
}

/** Takes an orderer out; its organisation too, where it was its last one. */
export function withoutConsenter(
  channel: ConfigGroup,
  layout: Layout,
  members: readonly Member[],
  leaving: Pick<Consenter, 'host' | 'port'>,
): ConfigGroup {
  const before = consentersIn(channel);
  const left = before.filter(({ host, port }) => host !== leaving.host || port !== leaving.port);
  const mspId = before.find((one) => !left.includes(one))?.msp_id;
  if (mspId === undefined) return channel;
  const narrower = withConsenters(channel, left);
  if (!left.some((one) => one.msp_id === mspId)) {
    return withoutOrganisation(narrower, 'Orderer', mspId);
  }
  const member = members.find((one) => one.mspId === mspId);
  return member === undefined
    ? narrower
    : withEndpoints(narrower, mspId, endpointsOf(layout, member, left));
}

/** Orderers that the channel lacks, and those that it has and should not. */
export function ordererDifference(
  { layout, crypto }: Pick<Wanted, 'layout' | 'crypto'>,
  channel: ConfigGroup,
): {
  readonly lacking: readonly { readonly member: Member; readonly orderer: MemberOrderer }[];
  readonly surplus: readonly Consenter[];
} {
  const present = consentersIn(channel);
  const wanted = crypto.members.flatMap((member) =>
    member.orderers.map((orderer) => ({ member, orderer })),
  );
  const isOf = ({ host, port }: Consenter, { node }: MemberOrderer): boolean =>
    host === layout.address(node) && port === node.port;
  return {
    lacking: wanted.filter(({ orderer }) => !present.some((one) => isOf(one, orderer))),
    surplus: present.filter((one) => !wanted.some(({ orderer }) => isOf(one, orderer))),
  };
}

/** Endpoints of a member's orderers that are consenters. */
function endpointsOf(
  layout: Layout,
  { orderers }: Member,
  consenters: readonly Consenter[],
): readonly string[] {
  return orderers
    .map(({ node }) => ({ host: layout.address(node), port: node.port }))
    .filter(({ host, port }) => consenters.some((one) => one.host === host && one.port === port))
    .map(({ host, port }) => `${host}:${port}`);
}

async function consenterOf(
  layout: Layout,
  mspId: string,
  { node, mspDir, tlsDir }: MemberOrderer,
): Promise<Consenter> {
  if (node.consenter === undefined) throw new Error(`${node.host} has no number`);
  const [identity, tls] = await Promise.all([
    readFile(join(mspDir, 'signcerts', `${node.host}-cert.pem`), 'base64'),
    readFile(join(tlsDir, 'server.crt'), 'base64'),
  ]);
  return {
    id: node.consenter,
    host: layout.address(node),
    port: node.port,
    msp_id: mspId,
    identity,
    client_tls_cert: tls,
    server_tls_cert: tls,
  };
}
