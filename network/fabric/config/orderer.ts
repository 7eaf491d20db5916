/** An orderer's configuration (`orderer.yaml`), as data. */
import { join } from 'node:path';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import { type Layout, ordererPorts, ownAddress } from '../layout.ts';
import type { Yaml } from '../yaml.ts';

/** Configures one orderer of an organisation. */
export function ordererConfig(
  layout: Layout,
  organisation: OrganisationCrypto,
  orderer: NodeCrypto,
): Yaml {
  const { node, tlsDir } = orderer;
  const data = join(layout.node(node.host), 'data');
  const ports = ordererPorts(node);
  const certificate = join(tlsDir, 'server.crt');
  const key = join(tlsDir, 'server.key');
  const root = join(tlsDir, 'ca.crt');
  return {
    General: {
      ListenAddress: layout.bind(node),
      ListenPort: node.port,
      LocalMSPID: organisation.mspId,
      LocalMSPDir: orderer.mspDir,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      TLS: { Enabled: true, Certificate: certificate, PrivateKey: key, RootCAs: [root] },
      // Orderers know each other by these certificates, which the channel names.
      Cluster: {
        ClientCertificate: certificate,
        ClientPrivateKey: key,
        SendBufferSize: 100,
        // An orderer that fell behind fetches what it lacks, and votes on nothing until then. While
        // another one is away this takes one or two such times, since it asks everyone for their
        // heights, and perhaps that one for the blocks. It must be back before the others complain
        // of the leader, who needs its vote: with the stock 5 s it is not, and they stand still.
        DialTimeout: '1500ms',
      },
      // Peers ask every ten seconds whether their orderer is there; some arrive a little early.
      Keepalive: { ServerMinInterval: '5s', ServerInterval: '60s', ServerTimeout: '20s' },
      // Orderers that come back are dialled again within seconds, not after the stock two minutes.
      Backoff: { BaseDelay: '500ms', Multiplier: 1.6, MaxDelay: '5s' },
      Authentication: { TimeWindow: '15m' },
    },
    FileLedger: { Location: join(data, 'ledger') },
    Consensus: { WALDir: join(data, 'wal'), SnapDir: join(data, 'snapshot') },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
    Admin: {
      ListenAddress: `${layout.bind(node)}:${ports.admin}`,
      TLS: {
        Enabled: true,
        Certificate: certificate,
        PrivateKey: key,
        RootCAs: [root],
        // Joining a channel is for the organisation's own people.
        ClientAuthRequired: true,
        ClientRootCAs: [root],
      },
    },
    Operations: {
      ListenAddress: `${ownAddress(node)}:${ports.operations}`,
      TLS: { Enabled: false },
    },
    Metrics: { Provider: 'prometheus' },
  };
}
