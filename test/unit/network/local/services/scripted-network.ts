/** A network whose peers answer as a test scripts them: for what the gateway makes of answers. */
import { common, peer } from '@hyperledger/fabric-protos';
import type {
  CollectionUse,
  Endorsement,
  Requirement,
} from '../../../../../network/local/engine/channel.ts';
import { type FaultPlan, Faults } from '../../../../../network/local/faults.ts';
import type {
  Comparison,
  PeerContext,
} from '../../../../../network/local/services/peer-context.ts';

export const mspIds = ['AMSP', 'BMSP', 'CMSP', 'DMSP', 'EMSP'] as const;

/** What a peer does with the proposal: its result, an error to throw, or a response's status. */
export type Script = {
  readonly result?: string;
  readonly error?: Error;
  readonly status?: { readonly code: number; readonly message: string; readonly own?: boolean };
};

export type ScriptedNetwork = {
  readonly scripts?: Partial<Record<string, Script>>;
  readonly requirements?: readonly Requirement[];
  readonly collections?: readonly CollectionUse[];
  readonly members?: Readonly<Record<string, readonly string[]>>;
  readonly without?: readonly string[];
  readonly faults?: FaultPlan;
  readonly compare?: Comparison;
  readonly own?: string;
};

/** So many of the five, one endorsement each. */
export function anyOf(count: number, of: readonly string[] = mspIds): Requirement {
  return {
    subject: 'chaincode kepil',
    satisfiedBy: (given) => [...given].filter((mspId) => of.includes(mspId)).length >= count,
  };
}

/** A peer's context in that network, and the organisations that were asked, in order. */
export function scripted(network: ScriptedNetwork): {
  readonly context: PeerContext;
  readonly asked: string[];
  readonly log: string[];
} {
  const asked: string[] = [];
  const log: string[] = [];
  const own = network.own ?? 'AMSP';
  const peers = mspIds.map((mspId) => ({ mspId, address: `peer0.${mspId}:7051` }));
  const channel = {
    name: 'kepil',
    snapshot: () => ({ height: 1n, close: () => Promise.resolve() }),
    chaincode: (name: string) =>
      name === 'kepil'
        ? { runner: (mspId: string) => (network.without?.includes(mspId) ? undefined : {}) }
        : undefined,
    collectionMembers: (_: string, collection: string) => network.members?.[collection],
    requirements: () => network.requirements ?? [anyOf(3)],
    compare: ([first, second]: readonly Endorsement[]) => ({
      mspIds: [first?.mspId, second?.mspId],
      text: `${first?.mspId} differs from ${second?.mspId}`,
    }),
    processProposal: async (mspId: string) => {
      asked.push(mspId);
      return endorsementOf(mspId, network.scripts?.[mspId] ?? {}, network.collections ?? []);
    },
  };
  const context = {
    channel,
    own: peers.find(({ mspId }) => mspId === own),
    peers,
    faults: new Faults(network.faults),
    compare: network.compare ?? 'endorsers',
    now: () => new Date(),
    log: (line: string) => log.push(line),
  } as unknown as PeerContext;
  return { context, asked, log };
}

function endorsementOf(
  mspId: string,
  { result = 'same', error, status }: Script,
  collections: readonly CollectionUse[],
): Endorsement {
  if (error !== undefined) throw error;
  const answer = new peer.Response();
  answer.setStatus(status?.code ?? 200);
  answer.setMessage(status?.message ?? '');
  const response = new peer.ProposalResponse();
  response.setResponse(answer);
  if (status?.own !== true) response.setPayload(payloadOf(result));
  if (status === undefined) {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(Buffer.from(mspId));
    response.setEndorsement(endorsement);
  }
  const results = {
    publicBytes: Buffer.from(result),
    collections,
    chaincode: 'kepil',
    set: [],
  };
  return { mspId, response, results };
}

function payloadOf(result: string): Uint8Array {
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(Buffer.from(result));
  const action = new peer.ChaincodeAction();
  action.setResponse(response);
  const payload = new peer.ProposalResponsePayload();
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

/** A proposal that calls a chaincode. */
export function proposalFor(
  options: {
    readonly channel?: string;
    readonly chaincode?: string;
    readonly transient?: boolean;
  } = {},
): peer.SignedProposal {
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(options.chaincode ?? 'kepil');
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(chaincodeId);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  if (options.transient === true) {
    payload.getTransientmapMap().set('secret', Buffer.from('dossier'));
  }
  const channelHeader = new common.ChannelHeader();
  channelHeader.setChannelId(options.channel ?? 'kepil');
  channelHeader.setTxId('tx');
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  return signed;
}
