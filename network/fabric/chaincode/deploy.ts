/** Puts chaincodes on the channel and runs their processes. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crypto, NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Member } from '../../identity/member.ts';
import type { Organisation, Topology } from '../../topology.ts';
import { untilReady } from '../channel/readiness.ts';
import { chaincodePort, type Layout } from '../layout.ts';
import { majorityCount } from '../channel/majority.ts';
import { silentPort } from '../process/port.ts';
import { chaincodeProcess, type Specification } from '../process/specification.ts';
import type { Supervisor } from '../process/supervisor.ts';
import type { Programs } from '../programs.ts';
import { codeDigest } from './code-digest.ts';
import {
  type Deployment,
  type DeployRequest,
  packageFor,
  readDeployments,
  sameDefinition,
  versionOf,
  writeDeployment,
} from './deployment.ts';
import { ownConnection } from './connection.ts';
import { type Committed, type Definition, Lifecycle } from './lifecycle.ts';
import { packageOf } from './package.ts';
import { warmUp } from './warm-up.ts';
import { isThere } from '../../presence.ts';

/** The channel on which a chaincode is approved, as its organisations' admins reach it. */
export type ChannelContext = {
  readonly topology: Topology;
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
  readonly progress: (step: string) => void;
};

/** The running network that a chaincode is put on. */
export type DeployContext = ChannelContext & { readonly supervisor: Supervisor };

/** How long an old version goes on after the new one serves. */
const lastCallsMs = 2000;

/** How long approvals that were given may take to reach our peer. */
const approvalsTimeoutMs = 10_000;
const approvalsPauseMs = 500;

/** How long a chaincode server may take to listen: Node loads it in a second or two. */
const serverTimeoutMs = 60_000;

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

/** Puts the present connection where the peer reads it at each dial; false if nothing is built. */
async function refreshBuild(
  layout: Layout,
  { node }: NodeCrypto,
  { label, packageId }: Deployment,
): Promise<boolean> {
  const dir = layout.node(node.host);
  const built = builtConnection(dir, packageId);
  if (!(await isThere(built))) return false;
  await copyFile(join(dir, 'connections', `${label}.json`), built);
  return true;
}

/** The connection that a peer uses for a package, in its node's folder. */
export function builtConnection(nodeFolder: string, packageId: string): string {
  const build = join(nodeFolder, 'data', 'externalbuilder', 'builds', packageId.replace(':', '-'));
  return join(build, 'release', 'chaincode', 'server', 'connection.json');
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

/** Tells the organisation's peers where its chaincode server listens, and with which keys. */
export async function writeConnections(
  { layout, topology }: Pick<ChannelContext, 'layout' | 'topology'>,
  organisation: OrganisationCrypto,
  deployment: Deployment,
): Promise<void> {
  const outside = deployment.request.addresses?.[organisation.name];
  const port = chaincodePort(organisationOf(topology, organisation), deployment.portIndex);
  await Promise.all(
    organisation.peers.map(async (peer) => {
      const folder = join(layout.node(peer.node.host), 'connections');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const connection =
        outside === undefined
          ? ownConnection(organisation, peer, port)
          : { address: outside, dial_timeout: '5s', tls_required: false };
      const file = join(folder, `${deployment.label}.json`);
      await writeFile(file, JSON.stringify(connection), { mode: 0o600 });
    }),
  );
}

async function startServers(context: DeployContext, deployment: Deployment): Promise<void> {
  const servers = serversOf(context, deployment);
  if (servers.length === 0) return;
  context.progress(`starting ${servers.length} processes of ${deployment.label}`);
  await Promise.all(
    servers.map(async (server) => {
      await context.supervisor.start(server);
      if ((await silentPort(server, serverTimeoutMs)) === undefined) return;
      throw new Error(`${server.name} does not listen; see its log in ${context.layout.logs}`);
    }),
  );
}

async function stopServers(context: DeployContext, deployment: Deployment): Promise<void> {
  await Promise.all(
    serversOf(context, deployment).map(async ({ name }) => context.supervisor.stop(name)),
  );
}

/** What runs a chaincode server: Node, and `fabric-shim`'s command-line program. */
type ServerPrograms = { readonly node: string; readonly shim: string };

/** The servers that the network runs itself; others are reached by their addresses. */
export function serversOf(
  { layout, crypto, topology }: Pick<ChannelContext, 'layout' | 'crypto' | 'topology'>,
  { request, label, packageId, portIndex }: Deployment,
  programs: ServerPrograms = ownServerPrograms(),
): readonly Specification[] {
  const { module } = request;
  if (module === undefined) return [];
  return crypto.organisations.map((organisation) => {
    const port = chaincodePort(organisationOf(topology, organisation), portIndex);
    const server = { name: label, packageId, module, port, ...programs };
    return chaincodeProcess(layout, organisation, server);
  });
}

function ownServerPrograms(): ServerPrograms {
  const shim = createRequire(import.meta.url).resolve('fabric-shim/cli.js');
  return { node: process.execPath, shim };
}

function organisationOf(topology: Topology, { name }: OrganisationCrypto): Organisation {
  const found = topology.organisations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not in the topology`);
  return found;
}

function freeIndex(known: readonly Deployment[]): number {
  const taken = new Set(known.map(({ portIndex }) => portIndex));
  let index = 0;
  while (taken.has(index)) index += 1;
  return index;
}
