/**
 * What runs for a network: each process as data, from which it is started here, and from which a
 * systemd unit is written for a machine of its own.
 */
import { join } from 'node:path';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Node } from '../../topology.ts';
import { connectionsVariable } from '../config/peer.ts';
import { firstPeer } from '../channel/peer-command.ts';
import { type Layout, ordererPorts, ownAddress, peerPorts } from '../layout.ts';
import type { Programs } from '../programs.ts';
import { flags } from './flags.ts';

/** A process of the network. */
export type Specification = {
  /** Unique in the network: a node's host name, or `kepil.alpha.kepil.test` for a chaincode. */
  readonly name: string;
  readonly kind: 'peer' | 'orderer' | 'chaincode';
  /** Name of its organisation: `alpha`. */
  readonly organisation: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where it listens, at which ports: the main one first; they must be free before it starts. */
  readonly address: string;
  readonly ports: readonly number[];
};

/** Levels that show what an operator needs and not every gossip connection. */
const logging =
  'info:gossip=warning:comm.grpc.server=warning:policies=warning:grpc=error:core.comm=warning';

/** Without the colours of a terminal: an operator's tools read these files. */
const loggingFormat = '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}';

/** A peer as a process. */
export function peerProcess(
  layout: Layout,
  programs: Programs,
  organisation: OrganisationCrypto,
  { node }: NodeCrypto,
): Specification {
  const { chaincode, operations } = peerPorts(node);
  const common = nodeProcess(layout, organisation, node, [programs.peer, 'node', 'start']);
  return {
    ...common,
    kind: 'peer',
    env: { ...common.env, [connectionsVariable]: join(common.cwd, 'connections') },
    ports: [node.port, chaincode, operations],
  };
}

/** An orderer as a process. */
export function ordererProcess(
  layout: Layout,
  programs: Programs,
  organisation: OrganisationCrypto,
  { node }: NodeCrypto,
): Specification {
  const { admin, operations } = ordererPorts(node);
  return {
    ...nodeProcess(layout, organisation, node, [programs.orderer]),
    kind: 'orderer',
    ports: [node.port, admin, operations],
  };
}

/** What peers and orderers have in common. */
function nodeProcess(
  layout: Layout,
  organisation: OrganisationCrypto,
  node: Node,
  words: readonly [string, ...string[]],
): Omit<Specification, 'kind' | 'ports'> {
  const dir = layout.node(node.host);
  return {
    name: node.host,
    organisation: organisation.name,
    ...launched(node, words),
    env: {
      FABRIC_CFG_PATH: dir,
      FABRIC_LOGGING_SPEC: logging,
      FABRIC_LOGGING_FORMAT: loggingFormat,
    },
    cwd: dir,
    address: ownAddress(node),
  };
}

/** A command as it starts on the node's machine. */
function launched(
  { machine }: Node,
  [program, ...rest]: readonly [string, ...string[]],
): Pick<Specification, 'command' | 'args'> {
  const [launcher, ...before] = machine?.launch ?? [];
  if (launcher === undefined) return { command: program, args: rest };
  return { command: launcher, args: [...before, program, ...rest] };
}

/** What an organisation's chaincode process runs. */
export type ChaincodeProcess = {
  readonly name: string;
  readonly packageId: string;
  /** Folder of a Node package whose `main` exports the contracts. */
  readonly module: string;
  readonly port: number;
  /** The program that runs it: Node. */
  readonly node: string;
  /** `fabric-shim`'s command-line program. */
  readonly shim: string;
};

/** An organisation's chaincode server as a process. */
export function chaincodeProcess(
  layout: Layout,
  organisation: OrganisationCrypto,
  chaincode: ChaincodeProcess,
): Specification {
  const { tlsDir } = organisation.chaincode;
  const { node } = firstPeer(organisation);
  const address = ownAddress(node);
  return {
    name: `${chaincode.name}.${organisation.domain}`,
    kind: 'chaincode',
    organisation: organisation.name,
    ...launched(node, [
      chaincode.node,
      chaincode.shim,
      'server',
      ...flags({
        'chaincode-address': `${address}:${chaincode.port}`,
        'chaincode-id': chaincode.packageId,
        'module-path': chaincode.module,
        'chaincode-tls-cert-file': join(tlsDir, 'server.crt'),
        'chaincode-tls-key-file': join(tlsDir, 'server.key'),
        // Only this organisation's own nodes may talk to its chaincode.
        'chaincode-tls-client-cacert-file': join(tlsDir, 'ca.crt'),
      }),
    ]),
    env: { CORE_PEER_LOCALMSPID: organisation.mspId, CORE_CHAINCODE_LOGGING_LEVEL: 'warn' },
    cwd: layout.root,
    address,
    ports: [chaincode.port],
  };
}
