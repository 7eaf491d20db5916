/** Puts chaincodes on the channel and runs their processes. */
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crypto, NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Organisation, Topology } from '../../topology.ts';
import { untilReady } from '../channel/readiness.ts';
import { chaincodePort, type Layout } from '../layout.ts';
import { listens } from '../process/port.ts';
import { chaincodeProcess, type Specification } from '../process/specification.ts';
import type { Supervisor } from '../process/supervisor.ts';
import type { Programs } from '../programs.ts';
import {
  type Deployment,
  type DeployRequest,
  readDeployments,
  sameDefinition,
  versionOf,
  writeDeployment,
} from './deployment.ts';
import { ownConnection } from './connection.ts';
import { type Definition, Lifecycle } from './lifecycle.ts';
import { type ChaincodePackage, packageOf } from './package.ts';
import { warmUp } from './warm-up.ts';

/** The running network that a chaincode is put on. */
export type DeployContext = {
  readonly topology: Topology;
  readonly layout: Layout;
  readonly programs: Programs;
  readonly crypto: Crypto;
  readonly supervisor: Supervisor;
  readonly progress: (step: string) => void;
};

/** How long an old version goes on after the new one serves. */
const lastCallsMs = 2000;

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
  const code = packageOf(versionOf(request));
  const samePackage = prior?.label === code.label;
  const deployment: Deployment = {
    request,
    label: code.label,
    packageId: code.id,
    sequence: prior === undefined ? 1 : prior.sequence + 1,
    portIndex: samePackage ? prior.portIndex : freeIndex(known),
  };
  if (prior !== undefined && sameDefinition(prior.request, request)) {
    if (isRunning(context, prior, request)) return prior;
    const same = { ...deployment, sequence: prior.sequence };
    await writeDeployment(context.layout, same);
    await runDeployment(context, same);
    return same;
  }
  await startServers(context, deployment);
  await carryOut(context, deployment, code);
  await writeDeployment(context.layout, deployment);
  await serve(context, deployment);
  if (prior !== undefined && !samePackage) {
    // What was proposed to the old version just before the commit may still run there.
    await sleep(lastCallsMs);
    await stopServers(context, prior);
  }
  return deployment;
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
      await lifecycle.install(organisation, packageOf(versionOf(deployment.request)));
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
  if ((await stat(built).catch(() => undefined)) === undefined) return false;
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
  const { layout, programs, crypto, topology, progress } = context;
  const { request, sequence, packageId } = deployment;
  progress(`installing and approving ${deployment.label} at ${organisation.name}`);
  const own = { ...context, crypto: { ...crypto, organisations: [organisation] } };
  await startServers(own, deployment);
  await writeConnections(context, organisation, deployment);
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  await lifecycle.install(organisation, packageOf(versionOf(request)));
  const definition = await definitionOf(layout, request, sequence);
  const orderer = crypto.organisations.find(({ orderers }) => orderers.length > 0);
  if (orderer === undefined) throw new Error('no organisation orders');
  await lifecycle.approve(organisation, definition, packageId, orderer);
}

async function serve(context: DeployContext, { request }: Deployment): Promise<void> {
  const { layout, crypto, topology, progress } = context;
  progress(`waiting until every organisation can endorse ${request.name}`);
  await untilReady(layout, crypto, topology.channel, [versionOf(request)]);
  await Promise.all(
    crypto.organisations.map(async (organisation) =>
      warmUp(layout, organisation, topology.channel, request.name),
    ),
  );
}

async function carryOut(
  context: DeployContext,
  deployment: Deployment,
  code: ChaincodePackage,
): Promise<void> {
  const { layout, programs, crypto, topology, progress } = context;
  const { organisations } = crypto;
  const { request, sequence } = deployment;
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  const definition = await definitionOf(layout, request, sequence);
  progress(`installing ${code.label} on ${organisations.length} organisations' peers`);
  await Promise.all(
    organisations.map(async (organisation) => {
      await writeConnections(context, organisation, deployment);
      await lifecycle.install(organisation, code);
    }),
  );
  progress(`approving ${request.name}, sequence ${sequence}`);
  const ordering = organisations.filter(({ orderers }) => orderers.length > 0);
  await Promise.all(
    organisations.map(async (organisation, index) => {
      const orderer = ordering[index % ordering.length] ?? organisation;
      await lifecycle.approve(organisation, definition, code.id, orderer);
    }),
  );
  progress(`committing ${request.name}`);
  const [orderer] = ordering;
  if (orderer === undefined) throw new Error('no organisation orders');
  await lifecycle.commit(organisations, definition, orderer);
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
async function writeConnections(
  { layout, topology }: DeployContext,
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
      const [port] = server.ports;
      if (port === undefined || (await listens(port, serverTimeoutMs))) return;
      throw new Error(`${server.name} does not listen; see its log in ${context.layout.logs}`);
    }),
  );
}

async function stopServers(context: DeployContext, deployment: Deployment): Promise<void> {
  await Promise.all(
    serversOf(context, deployment).map(async ({ name }) => context.supervisor.stop(name)),
  );
}

/** The servers that the network runs itself; others are reached by their addresses. */
function serversOf(
  { layout, crypto, topology }: DeployContext,
  { request, label, packageId, portIndex }: Deployment,
): readonly Specification[] {
  const { module } = request;
  if (module === undefined) return [];
  const shim = createRequire(import.meta.url).resolve('fabric-shim/cli.js');
  return crypto.organisations.map((organisation) => {
    const port = chaincodePort(organisationOf(topology, organisation), portIndex);
    return chaincodeProcess(layout, organisation, { name: label, packageId, module, port, shim });
  });
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
