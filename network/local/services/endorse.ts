/** `gateway.Gateway/Endorse`: from a signed proposal to a transaction that the client may sign. */
import { status as Code } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import type { Endorsement, Requirement, SimulationResults, Snapshot } from '../engine/channel.ts';
import { endorsingSet } from './endorsing-set.ts';
import { allLiving, livingPeers, noPeersFor } from './living-peers.ts';
import type { PeerContext, PeerNode } from './peer-context.ts';
import { propose } from './propose.ts';
import { type ProposedCall, proposedCallOf, UnreadableProposal } from './proposed-call.ts';
import { type FailureDetail, RpcError } from './status.ts';

const mismatch = 'ProposalResponsePayloads do not match';

/** Between two organisations' runs where all are compared, so that a read of the clock shows. */
const runsApartMs = 2;

/** Answers an endorse request, with Fabric's ways of choosing organisations and of failing. */
export async function endorse(
  context: PeerContext,
  request: gateway.EndorseRequest,
): Promise<gateway.EndorseResponse> {
  const call = readCall(request.getProposedTransaction());
  const proposal = request.getProposedTransaction() as peer.SignedProposal;
  const at = context.channel.snapshot();
  try {
    const named = [...new Set(request.getEndorsingOrganizationsList())];
    const gathering = new Gathering(context, proposal, at);
    const endorsements =
      named.length > 0
        ? await endorsedByNamed(context, gathering, call, named)
        : await endorsedByChoice(context, gathering, call);
    const response = new gateway.EndorseResponse();
    response.setPreparedTransaction(preparedTransaction(call, endorsements));
    return response;
  } finally {
    await at.close();
  }
}

function readCall(proposal: peer.SignedProposal | undefined): ProposedCall {
  if (proposal === undefined || proposal.getProposalBytes_asU8().length === 0) {
    throw new RpcError(
      Code.INVALID_ARGUMENT,
      'the proposed transaction must contain a signed proposal',
    );
  }
  try {
    return proposedCallOf(proposal);
  } catch (error) {
    if (!(error instanceof UnreadableProposal)) throw error;
    throw new RpcError(Code.INVALID_ARGUMENT, error.message);
  }
}

/** The endorsements and failures of one proposal, gathered over one state of the ledger. */
class Gathering {
  readonly endorsements = new Map<string, Endorsement>();
  readonly failures: FailureDetail[] = [];
  readonly failed = new Set<string>();
  readonly #context: PeerContext;
  readonly #proposal: peer.SignedProposal;
  readonly #at: Snapshot;
  #first: Endorsement | undefined;

  constructor(context: PeerContext, proposal: peer.SignedProposal, at: Snapshot) {
    this.#context = context;
    this.#proposal = proposal;
    this.#at = at;
  }

  /** Asks peers at once, or a little apart, and holds each answer against the first. */
  async ask(targets: readonly PeerNode[], apartMs = 0): Promise<void> {
    await Promise.all(
      targets.map(async (target, index) => {
        if (apartMs > 0) await new Promise((done) => setTimeout(done, (index + 1) * apartMs));
        const attempt = await propose(this.#context, target, this.#proposal, this.#at);
        if (attempt.failure === undefined) this.#take(target, attempt.endorsement);
        else this.#fail(target, [attempt.failure]);
      }),
    );
  }

  of(mspIds: readonly string[]): readonly Endorsement[] {
    return mspIds.flatMap((mspId) => this.endorsements.get(mspId) ?? []);
  }

  #take(target: PeerNode, endorsement: Endorsement): void {
    this.#first ??= endorsement;
    if (sameBytes(payloadOf(this.#first), payloadOf(endorsement))) {
      this.endorsements.set(target.mspId, endorsement);
      return;
    }
    // Fabric's entry comes first; the first difference is also shown, which Fabric only logs.
    const failures = [{ ...target, message: mismatch }];
    if (!this.failures.some(({ message }) => message === mismatch)) {
      const difference = this.#context.channel.compare([this.#first, endorsement])?.text ?? '';
      this.#context.log(`${mismatch}: ${difference}`);
      failures.push({ ...target, message: difference });
    }
    this.#fail(target, failures);
  }

  #fail(target: PeerNode, failures: readonly FailureDetail[]): void {
    this.failed.add(target.mspId);
    this.failures.push(
      ...failures.map(({ address, mspId, message }) => ({ address, mspId, message })),
    );
  }
}

async function endorsedByNamed(
  context: PeerContext,
  gathering: Gathering,
  call: ProposedCall,
  named: readonly string[],
): Promise<readonly Endorsement[]> {
  const living = livingPeers(context, call);
  const targets = named.flatMap((mspId) => living.find((node) => node.mspId === mspId) ?? []);
  if (targets.length < named.length) {
    const missing = named.filter((mspId) => !living.some((node) => node.mspId === mspId));
    throw new RpcError(
      Code.UNAVAILABLE,
      `failed to find any endorsing peers for org(s): ${missing.join(', ')}`,
    );
  }
  await gathering.ask(targets, context.compare === 'all' ? runsApartMs : 0);
  if (gathering.failed.size > 0) throw notEnough(gathering);
  return gathering.of(named);
}

async function endorsedByChoice(
  context: PeerContext,
  gathering: Gathering,
  call: ProposedCall,
): Promise<readonly Endorsement[]> {
  const first = firstEndorser(context, call);
  await gathering.ask([first]);
  const endorsement = gathering.endorsements.get(first.mspId);
  if (endorsement === undefined) {
    throw new RpcError(
      Code.ABORTED,
      'failed to endorse transaction, see attached details for more info',
      gathering.failures,
    );
  }
  const { results } = endorsement;
  // No policy can be found for a system chaincode.
  if (results === undefined || context.channel.chaincode(call.chaincode) === undefined) {
    throw new RpcError(Code.FAILED_PRECONDITION, noPeersFor(context, call));
  }
  const able = ableToEndorse(context, call, results);
  const requirements = context.channel.requirements(results);
  assertSatisfiable(context, call, able, requirements, results);
  const endorsements = await gathered(gathering, able, requirements);
  if (context.compare === 'all') await compareWithRest(gathering, able);
  return endorsements;
}

function firstEndorser(context: PeerContext, call: ProposedCall): PeerNode {
  const living = livingPeers(context, call);
  const own = living.find(({ mspId }) => mspId === context.own.mspId);
  if (own !== undefined) return own;
  if (call.hasTransientData) {
    throw new RpcError(
      Code.FAILED_PRECONDITION,
      "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data",
    );
  }
  const [other] = living;
  if (other === undefined) throw new RpcError(Code.FAILED_PRECONDITION, noPeersFor(context, call));
  return other;
}

/**
 * Who may be asked: members of every collection that is read; and where transient data travels,
 * members of every collection that is written, since the data must not reach others. Hashes anyone
 * may read.
 */
function ableToEndorse(
  context: PeerContext,
  call: ProposedCall,
  results: SimulationResults,
  careful = call.hasTransientData,
): readonly PeerNode[] {
  return membersAmong(livingPeers(context, call), context, results, careful);
}

function membersAmong(
  peers: readonly PeerNode[],
  { channel }: PeerContext,
  { collections }: SimulationResults,
  careful: boolean,
): readonly PeerNode[] {
  const confined = collections.filter(({ read, written }) => read || (careful && written));
  return peers.filter(({ mspId }) =>
    confined.every(({ chaincode, collection }) =>
      channel.collectionMembers(chaincode, collection)?.includes(mspId),
    ),
  );
}

function assertSatisfiable(
  context: PeerContext,
  call: ProposedCall,
  able: readonly PeerNode[],
  requirements: readonly Requirement[],
  results: SimulationResults,
): void {
  const meets = (nodes: readonly PeerNode[]) =>
    requirements.every((requirement) => requirement.satisfiedBy(nodes.map(({ mspId }) => mspId)));
  if (meets(able)) return;
  const blind = results.collections
    .filter(({ read, written }) => written && !read)
    .map(({ collection }) => collection);
  const careless = call.hasTransientData && blind.length > 0;
  if (careless && meets(ableToEndorse(context, call, results, false))) {
    throw new RpcError(
      Code.FAILED_PRECONDITION,
      `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${blind.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`,
    );
  }
  const living = allLiving(context, call);
  const why = meets(membersAmong(living, context, results, call.hasTransientData))
    ? 'required chaincodes are not installed on sufficient peers'
    : 'no peer combination can satisfy the endorsement policy';
  throw new RpcError(
    Code.FAILED_PRECONDITION,
    `no combination of peers can be derived which satisfy the endorsement policy: ${why}`,
  );
}

/** Asks the fewest that suffice; where one fails, the next fewest without it. */
async function gathered(
  gathering: Gathering,
  able: readonly PeerNode[],
  requirements: readonly Requirement[],
): Promise<readonly Endorsement[]> {
  // Each round either suffices or loses a peer, so there are at most as many rounds as peers.
  for (let round = 0; round <= able.length; round++) {
    const left = able.filter(({ mspId }) => !gathering.failed.has(mspId));
    const mspIds = left.map(({ mspId }) => mspId);
    const chosen = endorsingSet(mspIds, requirements, new Set(gathering.endorsements.keys()));
    if (chosen === undefined) break;
    const asked = left.filter(
      ({ mspId }) => chosen.includes(mspId) && !gathering.endorsements.has(mspId),
    );
    if (asked.length === 0) return gathering.of(chosen);
    await gathering.ask(asked);
  }
  throw notEnough(gathering);
}

/** Runs the proposal wherever else it can run; only a different result refuses it. */
async function compareWithRest(gathering: Gathering, able: readonly PeerNode[]): Promise<void> {
  const rest = able.filter(
    ({ mspId }) => !gathering.endorsements.has(mspId) && !gathering.failed.has(mspId),
  );
  await gathering.ask(rest, runsApartMs);
  if (gathering.failures.some(({ message }) => message === mismatch)) throw notEnough(gathering);
}

function notEnough(gathering: Gathering): RpcError {
  return new RpcError(
    Code.ABORTED,
    'failed to collect enough transaction endorsements, see attached details for more info',
    gathering.failures,
  );
}

function preparedTransaction(
  call: ProposedCall,
  endorsements: readonly Endorsement[],
): common.Envelope {
  const endorsed = new peer.ChaincodeEndorsedAction();
  const [first] = endorsements;
  if (first !== undefined) endorsed.setProposalResponsePayload(payloadOf(first));
  endorsed.setEndorsementsList(
    endorsements.flatMap(({ response }) => response.getEndorsement() ?? []),
  );
  const withoutTransient = new peer.ChaincodeProposalPayload();
  withoutTransient.setInput(call.input);
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(withoutTransient.serializeBinary());
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(call.header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.addActions(action);
  const payload = new common.Payload();
  payload.setHeader(call.header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

function payloadOf(endorsement: Endorsement): Uint8Array {
  return endorsement.response.getPayload_asU8();
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
