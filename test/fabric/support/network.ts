/** A Fabric network of a test's own, in a temporary folder and at ports that nobody else uses. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerConnection } from '../../../gateway/ledger/connection.ts';
import { programPlaces } from '../../../network/fabric/config.ts';
import type { DeployRequest } from '../../../network/fabric/chaincode/deployment.ts';
import { deployOrStop } from '../../../network/fabric/first-deployment.ts';
import { type FabricNetwork, startFabricNetwork } from '../../../network/fabric/network.ts';
import { findPrograms, type Programs, ProgramsError } from '../../../network/fabric/programs.ts';
import { signerOf } from '../../../network/identity/signer.ts';
import { type Topology, topologyOf } from '../../../network/topology.ts';
import { skip } from '../../support/skip.ts';

/** Between one organisation's ports and the next one's; the tests run beside a real network. */
const portStep = 150;

/** The five organisations, at the tests' own ports. */
export function testTopology(basePort = testBasePort()): Topology {
  const topology = topologyOf();
  return {
    ...topology,
    organisations: topology.organisations.map((organisation, index) => ({
      ...organisation,
      peers: organisation.peers.map((node) => ({ ...node, port: basePort + index * portStep + 1 })),
      orderers: organisation.orderers.map((node) => ({
        ...node,
        port: basePort + index * portStep,
      })),
    })),
  };
}

/** Where the ports of the tests begin. */
export function testBasePort(): number {
  return Number(process.env['KEPIL_TEST_FABRIC_PORT'] ?? '20050');
}

/** The same, with a second peer for the first organisation: a change of the data alone. */
export function withSecondPeer(topology: Topology): Topology {
  const [first, ...others] = topology.organisations;
  const [peer] = first?.peers ?? [];
  if (first === undefined || peer === undefined) throw new Error('the topology is empty');
  const second = { name: 'peer1', host: `peer1.${first.domain}`, port: peer.port + 100 };
  return { ...topology, organisations: [{ ...first, peers: [peer, second] }, ...others] };
}

/** Fabric's programs; without them the suite is skipped with the reason. */
export async function needPrograms(context: Mocha.Context): Promise<Programs> {
  try {
    return await findPrograms(programPlaces());
  } catch (error) {
    if (error instanceof ProgramsError) return skip(context, error.message);
    throw error;
  }
}

/** A network with a chaincode on it: `marks`, unless told. */
export type TestNetwork = {
  readonly network: FabricNetwork;
  readonly dir: string;
  readonly startSeconds: number;
  /** An organisation's one connection to its first peer, which goes with the network. */
  readonly connection: (organisation: string, user?: string) => LedgerConnection;
  /** Another connection, which its maker closes. */
  connect(organisation: string, user?: string, peer?: number): LedgerConnection;
  remove(): Promise<void>;
};

/** The chaincode of the failure tests, as its sources lie. */
export const marksModule = 'test/fabric/chaincode';

/** Starts a network with a chaincode on it. */
export async function startTestNetwork(
  programs: Programs,
  topology = testTopology(),
  chaincode: DeployRequest = { name: 'marks', module: join(process.cwd(), marksModule) },
): Promise<TestNetwork> {
  const dir = await mkdtemp(join(tmpdir(), 'kepil-fabric-'));
  const startedMs = Date.now();
  const network = await startFabricNetwork({ dir, programs, topology });
  await deployOrStop(network, chaincode);
  const startSeconds = (Date.now() - startedMs) / 1000;
  const connect = (organisation: string, user = 'User1', peer = 0) =>
    connectionTo({ network, chaincode: chaincode.name, organisation, user, peer });
  const kept = new Map<string, LedgerConnection>();
  return {
    network,
    dir,
    startSeconds,
    connection: (organisation, user) => {
      const who = `${organisation} ${user}`;
      const connection = kept.get(who) ?? connect(organisation, user);
      kept.set(who, connection);
      return connection;
    },
    connect,
    remove: async () => {
      for (const connection of kept.values()) connection.close();
      await network.stop();
      await rm(dir, { recursive: true });
    },
  };
}

type Wanted = {
  readonly network: FabricNetwork;
  readonly chaincode: string;
  readonly organisation: string;
  readonly user: string;
  /** Place of the peer among the organisation's. */
  readonly peer: number;
};

function connectionTo(wanted: Wanted): LedgerConnection {
  const { network, chaincode } = wanted;
  const { channel, organisations } = network.info();
  const organisation = organisations.find((one) => one.name === wanted.organisation);
  const user = organisation?.users.find((one) => one.name === wanted.user);
  if (organisation === undefined || user === undefined) {
    throw new Error(`no ${wanted.user} of ${wanted.organisation}`);
  }
  const { tlsRootPath, mspId } = organisation;
  const own = network.crypto.organisations.find((one) => one.name === wanted.organisation);
  const node = own?.peers[wanted.peer]?.node;
  if (node === undefined) throw new Error(`${wanted.organisation} has no peer ${wanted.peer}`);
  const endpoint = `${network.layout.address(node)}:${node.port}`;
  return new LedgerConnection({
    peer: { endpoint, hostAlias: node.host, tlsRootPem: readFileSync(tlsRootPath, 'utf8') },
    signer: signerOf(
      mspId,
      readFileSync(user.certificatePath, 'utf8'),
      readFileSync(user.keyPath, 'utf8'),
    ),
    channel,
    chaincode,
  });
}
