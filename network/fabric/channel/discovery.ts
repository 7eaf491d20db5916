/** What a peer knows of the other peers of the channel, by Fabric's discovery service. */
import { credentials } from '@grpc/grpc-js';
import { discovery, gossip, msp } from '@hyperledger/fabric-protos';
import type { OrganisationCrypto } from '../../identity/folder.ts';
import { serializedIdentity } from '../../identity/signer.ts';

/** A chaincode of a definition's version. */
export type ChaincodeVersion = { readonly name: string; readonly version: string };

/** A peer as another one sees it. */
export type SeenPeer = {
  readonly mspId: string;
  readonly endpoint: string;
  readonly height: number;
  /** Chaincodes that it says it can endorse, with the version that it runs. */
  readonly chaincodes: readonly ChaincodeVersion[];
};

const timeoutMs = 5000;

/** Asks a peer, as its organisation's admin, whom it sees in the channel (itself among them). */
export async function peersSeenBy(
  organisation: OrganisationCrypto,
  endpoint: string,
  host: string,
  channel: string,
): Promise<readonly SeenPeer[]> {
  const roots = Buffer.from(organisation.tlsRoots.join('\n'));
  const client = new discovery.DiscoveryClient(endpoint, credentials.createSsl(roots), {
    'grpc.ssl_target_name_override': host,
    'grpc.default_authority': host,
  });
  try {
    const response = await new Promise<discovery.Response>((resolve, reject) => {
      const deadline = new Date(Date.now() + timeoutMs);
      client.discover(requestOf(organisation, channel), { deadline }, (error, answer) => {
        if (answer === undefined) reject(error ?? new Error('no answer'));
        else resolve(answer);
      });
    });
    return seenIn(response);
  } finally {
    client.close();
  }
}

function requestOf(organisation: OrganisationCrypto, channel: string): discovery.SignedRequest {
  const admin = organisation.users.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error(`${organisation.name} has no admin`);
  const authentication = new discovery.AuthInfo();
  authentication.setClientIdentity(serializedIdentity(admin.signer));
  const query = new discovery.Query();
  query.setChannel(channel);
  query.setPeerQuery(new discovery.PeerMembershipQuery());
  const request = new discovery.Request();
  request.setAuthentication(authentication);
  request.addQueries(query);
  const payload = request.serializeBinary();
  const signed = new discovery.SignedRequest();
  signed.setPayload(payload);
  signed.setSignature(admin.signer.sign(payload));
  return signed;
}

function seenIn(response: discovery.Response): readonly SeenPeer[] {
  const [result] = response.getResultsList();
  const failure = result?.getError()?.getContent();
  if (failure !== undefined && failure !== '') throw new Error(`discovery refused: ${failure}`);
  const seen: SeenPeer[] = [];
  result
    ?.getMembers()
    ?.getPeersByOrgMap()
    .forEach((peers) => seen.push(...peers.getPeersList().map(seenPeer)));
  return seen;
}

function seenPeer(peer: discovery.Peer): SeenPeer {
  const identity = msp.SerializedIdentity.deserializeBinary(peer.getIdentity_asU8());
  const properties = messageOf(peer.getStateInfo()).getStateInfo()?.getProperties();
  return {
    mspId: identity.getMspid(),
    endpoint:
      messageOf(peer.getMembershipInfo()).getAliveMsg()?.getMembership()?.getEndpoint() ?? '',
    height: properties?.getLedgerHeight() ?? 0,
    chaincodes: (properties?.getChaincodesList() ?? []).map((one) => ({
      name: one.getName(),
      version: one.getVersion(),
    })),
  };
}

function messageOf(envelope: gossip.Envelope | undefined): gossip.GossipMessage {
  return gossip.GossipMessage.deserializeBinary(envelope?.getPayload_asU8() ?? new Uint8Array());
}
