/** A chaincode's definition on the channel: approved by each organisation, committed by a majority. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Member } from '../../identity/member.ts';
import { majorityCount } from '../channel/majority.ts';
import type { Layout } from '../layout.ts';
import { writeConnections } from './connection.ts';
import type { ChannelContext } from './context.ts';
import { type Deployment, type DeployRequest, packageFor, versionOf } from './deployment.ts';
import { type Definition, Lifecycle } from './lifecycle.ts';

/** How long approvals that were given may take to reach our peer. */
const approvalsTimeoutMs = 10_000;
const approvalsPauseMs = 500;

/** Installs a chaincode at the organisations whose keys are here, and approves it for each. */
export async function approveDeployment(
  context: ChannelContext,
  deployment: Deployment,
): Promise<void> {
  const { layout, programs, crypto, topology, progress } = context;
  const { organisations, members } = crypto;
  const { request, sequence, packageId, label } = deployment;
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  const definition = await definitionOf(layout, request, sequence);
  const names = organisations.map(({ name }) => name).join(', ');
  progress(`installing ${label} at ${names}`);
  await Promise.all(
    organisations.map(async (organisation) => {
      await writeConnections(context, organisation, deployment);
      await lifecycle.install(organisation, packageFor(deployment));
    }),
  );
  progress(`approving ${request.name}, sequence ${sequence}, for ${names}`);
  const ordering = members.filter(({ orderers }) => orderers.length > 0);
  await Promise.all(
    organisations.map(async (organisation, index) => {
      const orderer = ordering[index % ordering.length];
      if (orderer === undefined) throw new Error('no organisation orders');
      await lifecycle.approve(organisation, definition, packageId, orderer);
    }),
  );
}

/** Commits what a majority has approved; the peers of all who have approved it endorse. */
export async function commitDeployment(
  { layout, programs, crypto, topology, progress }: ChannelContext,
  { request, sequence }: Deployment,
): Promise<void> {
  const [organisation] = crypto.organisations;
  const orderer = crypto.members.find(({ orderers }) => orderers.length > 0);
  if (organisation === undefined || orderer === undefined) throw new Error('nobody orders');
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  const definition = await definitionOf(layout, request, sequence);
  const approving = await untilApproved(crypto.members, request.name, async () =>
    lifecycle.approvals(organisation, definition),
  );
  progress(`committing ${request.name}`);
  await lifecycle.commit(organisation, approving, definition, orderer);
}

/** The members that have approved; an approval of this moment may still be on its way to our peer. */
async function untilApproved(
  members: readonly Member[],
  name: string,
  ask: () => Promise<Readonly<Record<string, boolean>>>,
): Promise<readonly Member[]> {
  const needed = majorityCount(members.length);
  for (const deadline = Date.now() + approvalsTimeoutMs; ;) {
    const approvals = await ask();
    const approving = members.filter(({ mspId }) => approvals[mspId]);
    if (approving.length >= needed) return approving;
    if (Date.now() > deadline) {
      const missing = members.filter((member) => !approving.includes(member));
      throw new Error(
        `${approving.length} of ${members.length} organisations have approved ${name} and ` +
          `${needed} are needed; not yet ${missing.map((one) => one.name).join(', ')}`,
      );
    }
    await sleep(approvalsPauseMs);
  }
}

async function definitionOf(
  layout: Layout,
  request: DeployRequest,
  sequence: number,
): Promise<Definition> {
  const file = await collectionsFile(layout, request);
  return { ...versionOf(request), sequence, policy: request.policy, collectionsFile: file };
}

async function collectionsFile(
  layout: Layout,
  { name, collections }: DeployRequest,
): Promise<string | undefined> {
  if (collections === undefined || collections.length === 0) return undefined;
  await mkdir(layout.channel, { recursive: true });
  const file = join(layout.channel, `${name}.collections.json`);
  await writeFile(file, JSON.stringify(collections, undefined, 2));
  return file;
}
