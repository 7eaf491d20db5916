/**
 * Changes of the topology, as data: an organisation, a peer or an orderer more or less. What is so
 * already stays as it is, so that a command that was cut short can be given once more.
 */
import { type Node, numbered, type Organisation, type Topology } from '../../topology.ts';

/** Between a node's port and that of its organisation's next one of the kind. */
const portStep = 100;

/** With an organisation more. */
export function withOrganisation(topology: Topology, newcomer: Organisation): Topology {
  const { organisations } = numbered(topology);
  const present = organisations.find(({ name }) => name === newcomer.name);
  if (present === undefined) {
    return numbered({ ...topology, organisations: [...organisations, newcomer] });
  }
  if (present.mspId === newcomer.mspId && present.peers[0]?.port === newcomer.peers[0]?.port) {
    return topology;
  }
  throw new Error(`${newcomer.name} is in the network already, with another MSP or port`);
}

/** With an organisation less; its orderers go with it. */
export function withoutOrganisation(topology: Topology, name: string): Topology {
  const { organisations } = numbered(topology);
  return { ...topology, organisations: organisations.filter((one) => one.name !== name) };
}

/** With a peer more: the named one, or the organisation's next. */
export function withPeer(
  topology: Topology,
  organisation: string,
  wanted: { readonly name?: string | undefined; readonly port?: number | undefined } = {},
): Topology {
  return withNode(topology, organisation, 'peers', wanted);
}

/** With an orderer more: the named one, or the organisation's next. */
export function withOrderer(
  topology: Topology,
  organisation: string,
  wanted: { readonly name?: string | undefined; readonly port?: number | undefined } = {},
): Topology {
  return numbered(withNode(numbered(topology), organisation, 'orderers', wanted));
}

/** With an orderer less. */
export function withoutOrderer(topology: Topology, host: string): Topology {
  const { organisations } = numbered(topology);
  return {
    ...topology,
    organisations: organisations.map((one) => ({
      ...one,
      orderers: one.orderers.filter((orderer) => orderer.host !== host),
    })),
  };
}

function withNode(
  topology: Topology,
  name: string,
  kind: 'peers' | 'orderers',
  wanted: { readonly name?: string | undefined; readonly port?: number | undefined },
): Topology {
  const organisation = topology.organisations.find((one) => one.name === name);
  if (organisation === undefined) throw new Error(`there is no organisation ${name}`);
  const nodes = organisation[kind];
  const label = wanted.name ?? `${kind === 'peers' ? 'peer' : 'orderer'}${nodes.length}`;
  const port = wanted.port ?? nextPort(organisation, kind);
  const node: Node = { name: label, host: `${label}.${organisation.domain}`, port };
  const present = nodes.find(({ host }) => host === node.host);
  if (present !== undefined) {
    if (wanted.port === undefined || wanted.port === present.port) return topology;
    throw new Error(`${node.host} is in the network already, at port ${present.port}`);
  }
  return {
    ...topology,
    organisations: topology.organisations.map((one) =>
      one === organisation ? { ...one, [kind]: [...nodes, node] } : one,
    ),
  };
}

/** An organisation's first orderer stands one below its first peer; others follow at steps. */
function nextPort({ name, peers, orderers }: Organisation, kind: 'peers' | 'orderers'): number {
  const [peer] = peers;
  if (peer === undefined) throw new Error(`${name} has no peer`);
  const last = (kind === 'peers' ? peers : orderers).at(-1);
  return last === undefined ? peer.port - 1 : last.port + portStep;
}
