/** How a peer reaches its organisation's own chaincode server: over mutual TLS on its machine. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import { isThere } from '../../presence.ts';
import type { Topology } from '../../topology.ts';
import { chaincodePort, type Layout, ownAddress } from '../layout.ts';
import type { ChannelContext } from './context.ts';
import type { Deployment } from './deployment.ts';

/** Tells the organisation's peers where its chaincode server listens, and with which keys. */
export async function writeConnections(
  { layout, topology }: Pick<ChannelContext, 'layout' | 'topology'>,
  organisation: OrganisationCrypto,
  deployment: Deployment,
): Promise<void> {
  const outside = deployment.request.addresses?.[organisation.name];
  const port = serverPort(topology, organisation, deployment);
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

/** Puts the present connection where the peer reads it at each dial; false if nothing is built. */
export async function refreshBuild(
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

/** The port at which an organisation's server of a chaincode listens. */
export function serverPort(
  topology: Topology,
  { name }: OrganisationCrypto,
  { portIndex }: Pick<Deployment, 'portIndex'>,
): number {
  const organisation = topology.organisations.find((one) => one.name === name);
  if (organisation === undefined) throw new Error(`${name} is not in the topology`);
  return chaincodePort(organisation, portIndex);
}

/** A `connection.json`, as Fabric's peer reads it. */
function ownConnection(organisation: OrganisationCrypto, peer: NodeCrypto, port: number): object {
  return {
    address: `${ownAddress(peer.node)}:${port}`,
    domain: organisation.chaincode.host,
    dial_timeout: '5s',
    tls_required: true,
    client_auth_required: true,
    client_key: peer.tlsKey,
    client_cert: peer.tlsCert,
    root_cert: organisation.tlsRoots.join('\n'),
  };
}
