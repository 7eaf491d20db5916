/** The channel's first configuration (`configtx.yaml`), as data. */
import { join } from 'node:path';
import type { Member } from '../../identity/member.ts';
import type { Layout } from '../layout.ts';
import type { Yaml } from '../yaml.ts';

/** The profile's name in `configtx.yaml`. */
export const channelProfile = 'Kepil';

/** Configures the channel of all organisations, ordered by those that have orderers. */
export function channelConfig(layout: Layout, members: readonly Member[]): Yaml {
  const organisations = members.map((one) => organisationConfig(layout, one));
  const ordering = members
    .filter(({ orderers }) => orderers.length > 0)
    .map((one) => organisationConfig(layout, one));
  return {
    Profiles: {
      [channelProfile]: {
        Capabilities: { V3_0: true },
        Policies: groupPolicies(),
        Orderer: {
          OrdererType: 'BFT',
          Capabilities: { V2_0: true },
          Policies: {
            ...groupPolicies(),
            // `configtxgen` replaces it by a quorum of the consenters.
            BlockValidation: { Type: 'ImplicitMeta', Rule: 'ANY Writers' },
          },
          BatchSize: batchSize,
          SmartBFT: smartBft,
          ConsenterMapping: consenters(layout, members),
          Organizations: ordering,
        },
        Application: {
          Capabilities: { V2_5: true },
          Policies: {
            ...groupPolicies(),
            LifecycleEndorsement: { Type: 'ImplicitMeta', Rule: 'MAJORITY Endorsement' },
            Endorsement: { Type: 'ImplicitMeta', Rule: 'MAJORITY Endorsement' },
          },
          Organizations: organisations,
        },
      },
    },
  };
}

/** One organisation, as `configtxgen` takes it here and when it prints one that joins later. */
export function organisationConfig(layout: Layout, organisation: Member): Yaml {
  const { mspId, mspDir, peers, orderers } = organisation;
  const endpoints = orderers.map(({ node }) => `${layout.address(node)}:${node.port}`);
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: mspDir,
    Policies: organisationPolicies(mspId),
    AnchorPeers: peers.map(({ node }) => ({ Host: layout.address(node), Port: node.port })),
    OrdererEndpoints: endpoints.length > 0 ? endpoints : undefined,
  };
}

function organisationPolicies(mspId: string): Yaml {
  const anyOf = (...roles: readonly string[]): Yaml => ({
    Type: 'Signature',
    Rule: `OR(${roles.map((role) => `'${mspId}.${role}'`).join(', ')})`,
  });
  return {
    Readers: anyOf('admin', 'peer', 'orderer', 'client'),
    // Orderers sign what they say to each other, and it is judged by this policy.
    Writers: anyOf('admin', 'client', 'orderer'),
    Admins: anyOf('admin'),
    Endorsement: anyOf('peer'),
  };
}

function groupPolicies(): { readonly [name: string]: Yaml } {
  return {
    Readers: { Type: 'ImplicitMeta', Rule: 'ANY Readers' },
    Writers: { Type: 'ImplicitMeta', Rule: 'ANY Writers' },
    Admins: { Type: 'ImplicitMeta', Rule: 'MAJORITY Admins' },
  };
}

/**
 * A block takes at most so many transactions, and bytes under what a gRPC message carries.
 * SmartBFT cuts blocks by count, by bytes and by its own interval; `BatchTimeout` is not used.
 *
 * What piled up during a standstill comes as full blocks, and each must be agreed on before the
 * orderers complain of the leader (`RequestComplainTimeout`). On busy processors one of the stock
 * 500 was not: every new leader proposed as many, was complained of, and nothing was ordered any
 * more, though all were there. At the usual pace a block has a handful.
 */
const batchSize: Yaml = {
  MaxMessageCount: 100,
  AbsoluteMaxBytes: '10 MB',
  PreferredMaxBytes: '2 MB',
};

/** The stock times are for the open internet; ours are for organisations of one country. */
const smartBft: Yaml = {
  // Blocks are so far apart at least, and a lone transaction waits so long for others to share its
  // block. An orderer that fell behind fetches what it lacks, and votes again only if less than two
  // blocks are made meanwhile. With 50 ms, ten a second, one on busy processors fetched 62 times in
  // two minutes, 0.7 s each, and voted on none: no other could be lost as long as the load went on.
  RequestBatchMaxInterval: '200ms',
  // A follower that holds a request passes it on to the leader after the first time, complains of
  // the leader after the second, and drops it after the third: each must not be under the one
  // before. A dead leader is so noticed under load after five seconds, not twenty-five.
  RequestForwardTimeout: '1s',
  RequestComplainTimeout: '4s',
  RequestAutoRemoveTimeout: '60s',
  // A leader that is dead while nothing is asked of it is noticed after this, not after a minute.
  LeaderHeartbeatTimeout: '8s',
  LeaderHeartbeatCount: 10,
  // What was lost of a change of leader is said again after so long, a tick of SmartBFT's clock.
  ViewChangeResendInterval: '1s',
  // A next leader that is away, or a block behind, costs this once, the one after it twice this, and
  // so on. It is not shorter because a block under way is finished in this time, two ticks and a
  // round of votes; when that comes late, SmartBFT 1.0.1 can leave the orderer hanging for good.
  ViewChangeTimeout: '8s',
  // Who asks the others where they are waits so long when they differ, which under load they do;
  // meanwhile it does not vote.
  CollectTimeout: '500ms',
  IncomingMessageBufferSize: 200,
  RequestPoolSize: 100_000,
};

function consenters(layout: Layout, members: readonly Member[]): readonly Yaml[] {
  return members
    .flatMap(({ mspId, orderers }) => orderers.map((orderer) => ({ mspId, orderer })))
    .map(({ mspId, orderer: { node, mspDir, tlsDir } }, index) => ({
      ID: node.consenter ?? index + 1,
      Host: layout.address(node),
      Port: node.port,
      MSPID: mspId,
      Identity: join(mspDir, 'signcerts', `${node.host}-cert.pem`),
      ClientTLSCert: join(tlsDir, 'server.crt'),
      ServerTLSCert: join(tlsDir, 'server.crt'),
    }));
}
