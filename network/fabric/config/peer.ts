/** A peer's configuration (`core.yaml`), as data; each value of ours stands with its reason. */
import { join } from 'node:path';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import { type Layout, ownAddress, peerPorts } from '../layout.ts';
import type { Yaml } from '../yaml.ts';

/** Name of our builder of chaincode as a service in `core.yaml`. */
export const builderName = 'kepil-ccaas';

/** Configures one peer of an organisation. */
export function peerConfig(
  layout: Layout,
  organisation: OrganisationCrypto,
  peer: NodeCrypto,
): Yaml {
  const { node } = peer;
  const dir = layout.node(node.host);
  const address = `${layout.address(node)}:${node.port}`;
  const own = ownAddress(node);
  const ports = peerPorts(node);
  return {
    peer: {
      id: node.host,
      networkId: 'kepil',
      listenAddress: `${layout.bind(node)}:${node.port}`,
      address,
      chaincodeListenAddress: `${own}:${ports.chaincode}`,
      chaincodeAddress: `${own}:${ports.chaincode}`,
      localMspId: organisation.mspId,
      localMspType: 'bccsp',
      mspConfigPath: peer.mspDir,
      fileSystemPath: join(dir, 'data'),
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      tls: tls(peer.tlsDir),
      gateway: gatewayConfig,
      gossip: gossipConfig(organisation, layout, address),
      deliveryclient: deliveryConfig,
      // Fabric refuses proposals whose time is off by more; `TimeWindowCheck` below asks for it.
      authentication: { timewindow: '15m' },
      handlers: {
        authFilters: [
          { name: 'DefaultAuth' },
          { name: 'ExpirationCheck' },
          { name: 'TimeWindowCheck' },
        ],
        decorators: [{ name: 'DefaultDecorator' }],
        endorsers: { escc: { name: 'DefaultEndorsement' } },
        validators: { vscc: { name: 'DefaultValidation' } },
      },
      discovery: {
        enabled: true,
        authCacheEnabled: true,
        authCacheMaxSize: 1000,
        authCachePurgeRetentionRatio: 0.75,
        orgMembersAllowedAccess: false,
      },
      limits: {
        concurrency: {
          endorserService: 2500,
          deliverService: 2500,
          // Calls that wait for a commit count too: the stock 500 refuses a burst that the
          // orderers would take.
          gatewayService: 2000,
        },
      },
      keepalive: {
        // A cut connection is noticed within a minute and not after two hours.
        interval: '60s',
        timeout: '20s',
        // Chaincode and clients ping about every two minutes; a peer may allow more.
        minInterval: '10s',
        client: { interval: '60s', timeout: '20s' },
        // An orderer that a cut took away is left for another one; the stock minute is a long time
        // without blocks. Shorter than ten seconds gRPC does not take.
        deliveryClient: { interval: '10s', timeout: '5s' },
      },
    },
    vm: { endpoint: '' },
    chaincode: {
      mode: 'net',
      // The Node shim ends its process on a KEEPALIVE message.
      keepalive: 0,
      // A transaction of ours takes some hundred milliseconds at most; a stuck one must not hold
      // its client for the stock half minute.
      executetimeout: '10s',
      startuptimeout: '30s',
      installTimeout: '60s',
      system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
      externalBuilders: [
        {
          name: builderName,
          path: join(dir, 'builder'),
          propagateEnvironment: [connectionsVariable],
        },
      ],
      logging: { level: 'info', shim: 'warning' },
    },
    ledger: {
      blockchain: {},
      state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
      history: { enableHistoryDatabase: true },
      pvtdataStore: {
        // Purged data leaves the store of private data with the next block, not the hundredth.
        purgeInterval: 1,
        // It would print the names of purged keys.
        purgedKeyAuditLogging: false,
        deprioritizedDataReconcilerInterval: '5m',
        collElgProcMaxDbBatchSize: 5000,
        collElgProcDbBatchesInterval: 1000,
      },
      snapshots: { rootDir: join(dir, 'data', 'snapshots') },
    },
    operations: { listenAddress: `${own}:${ports.operations}`, tls: { enabled: false } },
    metrics: { provider: 'prometheus' },
  };
}

/** The variable by which our builder finds the addresses of chaincode servers. */
export const connectionsVariable = 'KEPIL_CONNECTIONS';

/** How long the gateway waits for others: a client's patience, not the stock minutes. */
const gatewayConfig: Yaml = {
  enabled: true,
  endorsementTimeout: '10s',
  broadcastTimeout: '5s',
  dialTimeout: '10s',
};

const deliveryConfig: Yaml = {
  policy: 'cluster',
  connTimeout: '3s',
  minimalReconnectInterval: '100ms',
  // Longest pause between tries to reach the orderers: after an outage the peer is back at once.
  reConnectBackoffThreshold: '5s',
  reconnectTotalTimeThreshold: '3600s',
  // A block that one orderer withholds is fetched from another after so long.
  blockCensorshipTimeoutKey: '10s',
};

/** Five peers that know each other: what the stock values save in messages, these spend on speed. */
function gossipConfig(organisation: OrganisationCrypto, layout: Layout, address: string): Yaml {
  const others = organisation.peers.map(({ node }) => `${layout.address(node)}:${node.port}`);
  return {
    bootstrap: others,
    endpoint: address,
    externalEndpoint: address,
    // Every peer takes blocks from the orderers itself.
    useLeaderElection: false,
    orgLeader: true,
    state: { enabled: false },
    // After a start, endorsement needs every peer's height and chaincodes known to the others.
    publishStateInfoInterval: '1s',
    requestStateInfoInterval: '1s',
    aliveTimeInterval: '1s',
    // A dead peer is no longer chosen for endorsement and private data after so long.
    aliveExpirationTimeout: '6s',
    reconnectInterval: '3s',
    membershipTrackerInterval: '2s',
    // A number, not a time: attempts to reach a bootstrap or anchor peer.
    maxConnectionAttempts: 120,
    msgExpirationFactor: 20,
    pvtData: {
      // A member that lacks private data holds each such block back for so long and then fetches
      // later. Data comes before its block as a rule; a peer that was restored, and alone had the
      // data, would otherwise wait at every block of its past.
      pullRetryThreshold: '2s',
      // What an invalid transaction would have written is nobody's data: no block waits for it.
      skipPullingInvalidTransactionsDuringCommit: true,
      // Private data of a proposal that was never ordered is dropped after so many blocks.
      transientstoreMaxBlockRetention: 20_000,
      pushAckTimeout: '3s',
      btlPullMargin: 10,
      reconciliationEnabled: true,
      reconcileSleepInterval: '10s',
      reconcileBatchSize: 100,
      // A second peer of the organisation gets a copy where there is one.
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
  };
}

function tls(dir: string): Yaml {
  return {
    enabled: true,
    clientAuthRequired: false,
    cert: { file: join(dir, 'server.crt') },
    key: { file: join(dir, 'server.key') },
    rootcert: { file: join(dir, 'ca.crt') },
  };
}
