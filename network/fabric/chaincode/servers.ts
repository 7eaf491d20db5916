/** The processes in which a chaincode runs: one for each organisation whose keys are here. */
import { createRequire } from 'node:module';
import { silentPort } from '../process/port.ts';
import { chaincodeProcess, type Specification } from '../process/specification.ts';
import { serverPort } from './connection.ts';
import type { ChannelContext, DeployContext } from './context.ts';
import type { Deployment } from './deployment.ts';

/** How long a chaincode server may take to listen: Node loads it in a second or two. */
const serverTimeoutMs = 60_000;

/** Starts an organisation's servers that are here, and waits until they listen. */
export async function startServers(context: DeployContext, deployment: Deployment): Promise<void> {
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

/** Stops them. */
export async function stopServers(context: DeployContext, deployment: Deployment): Promise<void> {
  await Promise.all(
    serversOf(context, deployment).map(async ({ name }) => context.supervisor.stop(name)),
  );
}

/** What runs a chaincode server: Node, and `fabric-shim`'s command-line program. */
type ServerPrograms = { readonly node: string; readonly shim: string };

/** The servers that the network runs itself; others are reached by their addresses. */
export function serversOf(
  { layout, crypto, topology }: Pick<ChannelContext, 'layout' | 'crypto' | 'topology'>,
  deployment: Deployment,
  programs: ServerPrograms = ownServerPrograms(),
): readonly Specification[] {
  const { request, label, packageId } = deployment;
  const { module } = request;
  if (module === undefined) return [];
  return crypto.organisations.map((organisation) => {
    const port = serverPort(topology, organisation, deployment);
    const server = { name: label, packageId, module, port, ...programs };
    return chaincodeProcess(layout, organisation, server);
  });
}

function ownServerPrograms(): ServerPrograms {
  const shim = createRequire(import.meta.url).resolve('fabric-shim/cli.js');
  return { node: process.execPath, shim };
}
