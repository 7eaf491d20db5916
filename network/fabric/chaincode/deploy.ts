/** Puts chaincodes on the channel and runs their processes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrganisationCrypto } from '../../identity/folder.ts';
import { isThere } from '../../presence.ts';
import { untilReady } from '../channel/readiness.ts';
import { approveDeployment, commitDeployment } from './approval.ts';
import { codeDigest } from './code-digest.ts';
import { builtConnection, refreshBuild, writeConnections } from './connection.ts';
import type { ChannelContext, DeployContext } from './context.ts';
import {
  type Deployment,
  type DeployRequest,
  packageFor,
  readDeployments,
  sameDefinition,
  versionOf,
  writeDeployment,
} from './deployment.ts';
import { type Committed, Lifecycle } from './lifecycle.ts';
import { packageOf } from './package.ts';
import { serversOf, startServers, stopServers } from './servers.ts';
import { warmUp } from './warm-up.ts';

/** How long an old version goes on after the new one serves. */
const lastCallsMs = 2000;

/**
 * Puts a chaincode on the channel: runs a server of it for each organisation, installs, approves,
 * commits, and returns when every organisation can endorse with the others. What stands already
 * is left as it is. A new version runs beside the old one until it is committed.
 */
export async function deploy(context: DeployContext, request: DeployRequest): Promise<Deployment> {
  const known = await readDeployments(context.layout);
  const prior = known.find((one) => one.request.name === request.name);
  const digest = request.module === undefined ? undefined : await codeDigest(request.module);
  const code = packageOf({ ...versionOf(request), digest });
  const samePackage = prior?.label === code.label;
  if (samePackage && prior.digest !== undefined && digest !== undefined) {
    assertSameCode(prior, digest);
  }
  if (prior !== undefined && sameDefinition(prior.request, request)) {
    if (isRunning(context, prior, request)) return prior;
    const same = { ...prior, request };
    await writeDeployment(context.layout, same);
    await runDeployment(context, same);
    return same;
  }
  const { sequence, isCommitted } = await nextSequence(context, request, prior?.sequence ?? 0);
  const portIndex = samePackage ? prior.portIndex : freeIndex(known);
  const { id: packageId, label } = code;
  const deployment: Deployment = { request, label, packageId, digest, sequence, portIndex };
  await startServers(context, deployment);
  await approveDeployment(context, deployment);
  if (!isCommitted) await commitDeployment(context, deployment);
  await writeDeployment(context.layout, deployment);
  await serve(context, deployment);
  if (prior !== undefined && !samePackage) {
    // What was proposed to the old version just before the commit may still run there.
    await sleep(lastCallsMs);
    await stopServers(context, prior);
  }
  return deployment;
}

/** Other code under an approved version would run at some organisations and not at others. */
function assertSameCode({ label, digest, request: { name } }: Deployment, present: string): void {
  if (digest === present) return;
  throw new Error(
    `the code of ${label} is not what was approved: give it a version of its own ` +
      `(kepil network upgrade --chaincode ${name} --to ...)`,
  );
}

/** The sequence of a new definition; or of the one that a run that was cut short has committed. */
async function nextSequence(
  context: ChannelContext,
  request: DeployRequest,
  known: number,
): Promise<{ readonly sequence: number; readonly isCommitted: boolean }> {
  const standing = await committedNow(context, request.name);
  if (standing === undefined) return { sequence: 1, isCommitted: false };
  const isCommitted = standing.sequence > known && standing.version === versionOf(request).version;
  return { sequence: standing.sequence + (isCommitted ? 0 : 1), isCommitted };
}

/** The definition that stands on the channel, as the first peer here knows it. */
export async function committedNow(
  { layout, programs, crypto, topology }: ChannelContext,
  name: string,
): Promise<Committed | undefined> {
  const [organisation] = crypto.organisations;
  if (organisation === undefined) throw new Error('the network has no organisation');
  return new Lifecycle(layout, programs, topology.channel).committed(organisation, name);
}

/** Whether nothing is left to do for a request: its very processes run. */
function isRunning(context: DeployContext, prior: Deployment, request: DeployRequest): boolean {
  const running = new Set(context.supervisor.states().map(({ name }) => name));
  return (
    prior.request.module === request.module &&
    serversOf(context, prior).every(({ name }) => running.has(name))
  );
}

/** Starts the processes of a chaincode that stands on the channel, and waits until it serves. */
export async function runDeployment(context: DeployContext, deployment: Deployment): Promise<void> {
  await startServers(context, deployment);
  await ensureInstalled(context, deployment);
  await serve(context, deployment);
}

/**
 * Runs and installs a chaincode for organisations and peers that are new; those that serve already
 * are left alone, as a server that starts anew fails the calls of that moment.
 */
export async function extendDeployment(
  context: DeployContext,
  deployment: Deployment,
): Promise<void> {
  const { layout, crypto, supervisor } = context;
  const running = new Set(supervisor.states().map(({ name }) => name));
  const lacking: OrganisationCrypto[] = [];
  for (const organisation of crypto.organisations) {
    const own = { ...context, crypto: { ...crypto, organisations: [organisation] } };
    const isDown = serversOf(own, deployment).some(({ name }) => !running.has(name));
    if (isDown) await startServers(own, deployment);
    const built = organisation.peers.map(async ({ node }) =>
      isThere(builtConnection(layout.node(node.host), deployment.packageId)),
    );
    if (isDown || (await Promise.all(built)).includes(false)) lacking.push(organisation);
  }
  if (lacking.length === 0) return;
  await ensureInstalled({ ...context, crypto: { ...crypto, organisations: lacking } }, deployment);
  await serve(context, deployment);
}

/**
 * Installs the chaincode on peers that lack it (new ones, and ones whose folder was made anew),
 * and tells the others where their server listens now.
 */
async function ensureInstalled(context: DeployContext, deployment: Deployment): Promise<void> {
  const { layout, programs, crypto, topology } = context;
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  await Promise.all(
    crypto.organisations.map(async (organisation) => {
      await writeConnections(context, organisation, deployment);
      const lacking = await Promise.all(
        organisation.peers.map(async (peer) => !(await refreshBuild(layout, peer, deployment))),
      );
      if (!lacking.includes(true)) return;
      await lifecycle.install(organisation, packageFor(deployment));
    }),
  );
}

/** Lets an organisation that has joined later run and approve a chaincode that stands. */
export async function joinDeployment(
  context: DeployContext,
  organisation: OrganisationCrypto,
  deployment: Deployment,
): Promise<void> {
  const own = { ...context, crypto: { ...context.crypto, organisations: [organisation] } };
  await startServers(own, deployment);
  await approveDeployment(own, deployment);
}

/** Waits until the chaincode serves everywhere, and has each peer here call its server once. */
export async function serve(context: ChannelContext, { request }: Deployment): Promise<void> {
  const { layout, crypto, topology, progress } = context;
  progress(`waiting until every organisation can endorse ${request.name}`);
  await untilReady(layout, crypto, topology.channel, [versionOf(request)]);
  await Promise.all(
    crypto.organisations.map(async (organisation) =>
      warmUp(layout, organisation, topology.channel, request.name),
    ),
  );
}

function freeIndex(known: readonly Deployment[]): number {
  const taken = new Set(known.map(({ portIndex }) => portIndex));
  let index = 0;
  while (taken.has(index)) index += 1;
  return index;
}
