/** The file by which a Prometheus finds every node of the network. */
import type { Crypto } from '../../identity/folder.ts';
import type { Node } from '../../topology.ts';
import { ordererPorts, ownAddress, peerPorts } from '../layout.ts';
import { yaml } from '../yaml.ts';

/** Writes Prometheus's `scrape_configs` for the nodes on this machine. */
export function scrapeFile(crypto: Crypto): string {
  const targets = crypto.organisations.flatMap(({ name, peers, orderers }) => [
    ...peers.map(({ node }) => target(name, 'peer', node, peerPorts(node).operations)),
    ...orderers.map(({ node }) => target(name, 'orderer', node, ordererPorts(node).operations)),
  ]);
  return yaml({
    scrape_configs: [{ job_name: 'kepil-fabric', scrape_interval: '15s', static_configs: targets }],
  });
}

function target(organisation: string, kind: string, node: Node, port: number) {
  const labels = { organisation, kind, host: node.host };
  return { targets: [`${ownAddress(node)}:${port}`], labels };
}
