/** How a peer reaches its organisation's own chaincode server: over mutual TLS on its machine. */
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import { ownAddress } from '../layout.ts';

/** A `connection.json`, as Fabric's peer reads it. */
export function ownConnection(
  organisation: OrganisationCrypto,
  peer: NodeCrypto,
  port: number,
): object {
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
