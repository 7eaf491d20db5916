/**
 * Who runs what: the consortium's organisations, their nodes and their addresses, as data.
 *
 * Both networks, the command and the tests read it; nothing else knows a port or a domain.
 */

/** One organisation of the channel and the nodes that it runs. */
export type Organisation = {
  /** Short name in commands and folders: `alpha`. */
  readonly name: string;
  readonly mspId: string;
  /** Domain of its hosts and certificates: `alpha.kepil.test`. */
  readonly domain: string;
  readonly peers: readonly Node[];
  readonly orderers: readonly Node[];
};

/** A peer or an orderer: where clients reach it. */
export type Node = {
  /** First label of its host name: `peer0`. */
  readonly name: string;
  /** Full host name, which its TLS certificate carries: `peer0.alpha.kepil.test`. */
  readonly host: string;
  readonly port: number;
  /** An orderer's number among the consenters; it keeps it when others come and go. */
  readonly consenter?: number;
  /** Where it runs, if not beside all others on this machine. */
  readonly machine?: Machine;
};

/** A machine of an organisation's own, or a network namespace that stands for one. */
export type Machine = {
  /** Its nodes listen there, and are reached there. */
  readonly address: string;
  /** Words before the command of each of its processes: `ip netns exec alpha`. */
  readonly launch?: readonly string[];
};

/** A channel, the chaincode on it and the organisations that keep it. */
export type Topology = {
  readonly channel: string;
  readonly chaincode: string;
  readonly organisations: readonly Organisation[];
};

/** An organisation as flags name it; applications written elsewhere may expect its peer at a port. */
export type NamedOrganisation = {
  readonly name: string;
  readonly mspId: string;
  readonly port?: number;
};

/** What the flags of a command may change about the default network. */
export type TopologyOptions = {
  readonly channel?: string;
  readonly chaincode?: string;
  readonly organisations?: readonly NamedOrganisation[];
  /** Names of the organisations that run an orderer; the first four unless told. */
  readonly orderers?: readonly string[];
  /** The domain that every organisation's domain ends in. */
  readonly domain?: string;
  /** Port of the first peer; the next ones follow at steps of a thousand. */
  readonly basePort?: number;
};

/** The five organisations of the default network (`SE-4`), in the order of their ports. */
const consortium = [
  { name: 'goscorp', mspId: 'GosCorpMSP' },
  { name: 'authority', mspId: 'AuthorityMSP' },
  { name: 'nit', mspId: 'NitMSP' },
  { name: 'alpha', mspId: 'AlphaMSP' },
  { name: 'beta', mspId: 'BetaMSP' },
] as const;

/** Builds a topology of one peer an organisation, and one orderer for each that orders. */
export function topologyOf(options: TopologyOptions = {}): Topology {
  const domain = options.domain ?? 'kepil.test';
  const basePort = options.basePort ?? 7051;
  const members: readonly NamedOrganisation[] = options.organisations ?? consortium;
  // Four orderers bear one fault with a quorum of three; a fifth would ask for four and bear no more.
  const orderers = options.orderers ?? members.slice(0, 4).map((member) => member.name);
  return {
    channel: options.channel ?? 'kepil',
    chaincode: options.chaincode ?? 'kepil',
    organisations: members.map(({ name, mspId, port: ownPort }, index) => {
      const own = `${name}.${domain}`;
      const port = ownPort ?? basePort + index * 1000;
      return {
        name,
        mspId,
        domain: own,
        peers: [{ name: 'peer0', host: `peer0.${own}`, port }],
        orderers: orderers.includes(name)
          ? [{ name: 'orderer0', host: `orderer0.${own}`, port: port - 1 }]
          : [],
      };
    }),
  };
}

/** The same with a number for every orderer: those that have one keep it, a new one gets the next. */
export function numbered(topology: Topology): Topology {
  const { organisations } = topology;
  const known = organisations.flatMap(({ orderers }) => orderers.map((one) => one.consenter ?? 0));
  let last = Math.max(0, ...known);
  const numberOf = (node: Node): Node => {
    if (node.consenter !== undefined) return node;
    last += 1;
    return { ...node, consenter: last };
  };
  return {
    ...topology,
    organisations: organisations.map((one) => ({ ...one, orderers: one.orderers.map(numberOf) })),
  };
}
