/** Runs `peer` as the admin of one organisation, against one of its peers. */
import { join } from 'node:path';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import type { Layout } from '../layout.ts';
import type { Programs } from '../programs.ts';
import { type ProgramOutput, runProgram } from '../process/run-program.ts';

/** An organisation's admin at one of its peers. */
export type PeerAdmin = {
  readonly organisation: OrganisationCrypto;
  readonly peer: NodeCrypto;
  run(what: string, ...args: readonly string[]): Promise<ProgramOutput>;
};

/** Makes the admin's command for a peer; the organisation's first one unless told. */
export function peerAdmin(
  layout: Layout,
  programs: Programs,
  organisation: OrganisationCrypto,
  peer = firstPeer(organisation),
): PeerAdmin {
  const admin = organisation.users.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error(`${organisation.name} has no admin`);
  const env = {
    FABRIC_CFG_PATH: layout.node(peer.node.host),
    FABRIC_LOGGING_SPEC: 'warning',
    CORE_PEER_LOCALMSPID: organisation.mspId,
    CORE_PEER_MSPCONFIGPATH: admin.mspDir,
    CORE_PEER_ADDRESS: `${layout.address(peer.node)}:${peer.node.port}`,
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_TLS_ROOTCERT_FILE: join(peer.tlsDir, 'ca.crt'),
  };
  return {
    organisation,
    peer,
    run: async (what, ...args) =>
      runProgram(`${organisation.name}: ${what}`, programs.peer, args, { env }),
  };
}

/** The organisation's first peer; every organisation of a channel has one. */
export function firstPeer(organisation: OrganisationCrypto): NodeCrypto {
  const [peer] = organisation.peers;
  if (peer === undefined) throw new Error(`${organisation.name} has no peer`);
  return peer;
}
