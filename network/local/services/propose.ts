/** One proposal at one organisation's peer, as the gateway of another (or the same) sees it. */
import { status as Code } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import type { Endorsement, Snapshot } from '../engine/channel.ts';
import { ProposalError } from '../engine/refusal.ts';
import type { PeerContext, PeerNode } from './peer-context.ts';
import type { FailureDetail } from './status.ts';

/** A peer's answer: an endorsement, or why there is none. */
export type Attempt =
  | { readonly endorsement: Endorsement; readonly failure?: never }
  | { readonly endorsement?: never; readonly failure: Failure };

/** Why a peer did not endorse, and whether another peer might. */
export type Failure = FailureDetail & { readonly code: Code; readonly retry: boolean };

/** How long a peer may take; Fabric's `peer.gateway.endorsementTimeout`. */
const endorsementTimeoutMs = 30_000;

/** Runs a proposal at an organisation's peer, with the faults that are asked for there. */
export async function propose(
  context: PeerContext,
  target: PeerNode,
  proposal: peer.SignedProposal,
  at: Snapshot | undefined,
): Promise<Attempt> {
  const { channel, faults } = context;
  const failed = (code: Code, message: string, retry: boolean): Attempt => ({
    failure: { address: target.address, mspId: target.mspId, code, message, retry },
  });
  const isOwn = target.mspId === context.own.mspId;
  if (faults.isDead(target.mspId)) {
    return failed(Code.UNAVAILABLE, deadPeerMessage(target.address), true);
  }
  await faults.slowness(target.mspId);
  const refused = faults.strikes('endorsement-refused', target.mspId);
  if (refused !== undefined) return failed(Code.ABORTED, refused.message, true);
  try {
    const running = channel.processProposal(target.mspId, proposal, at);
    const endorsement = await withinTime(running);
    faults.step('endorse:before-answer', target.mspId);
    return judged(endorsement, failed);
  } catch (error) {
    if (!(error instanceof ProposalError)) throw error;
    // Another organisation's peer would be asked over gRPC, and its client would add these words.
    if (!isOwn) return failed(Code.UNAVAILABLE, grpcWords('Unknown', error.message), true);
    const atDoor = error.stage === 'door';
    return failed(atDoor ? Code.UNAVAILABLE : Code.FAILED_PRECONDITION, error.message, atDoor);
  }
}

/** How gRPC for Go, which Fabric's peers speak to each other with, words a failed call. */
export function grpcWords(code: string, description: string): string {
  return `rpc error: code = ${code} desc = ${description}`;
}

/** What a peer's neighbours say when it does not answer. */
export function deadPeerMessage(address: string): string {
  const cause = `dial tcp ${address}: connect: connection refused`;
  return grpcWords(
    'Unavailable',
    `connection error: desc = "transport: Error while dialing: ${cause}"`,
  );
}

function judged(
  endorsement: Endorsement,
  failed: (code: Code, message: string, retry: boolean) => Attempt,
): Attempt {
  const response = endorsement.response.getResponse();
  const status = response?.getStatus() ?? 0;
  const message = response?.getMessage() ?? '';
  if (status >= 200 && status < 400) return { endorsement };
  // A failure without a payload is the peer's own; with one, it is the chaincode's refusal.
  const isPeers = status === 500 && endorsement.response.getPayload_asU8().length === 0;
  if (isPeers) return failed(Code.ABORTED, message, true);
  return failed(Code.UNKNOWN, `chaincode response ${status}, ${message}`, false);
}

async function withinTime(running: Promise<Endorsement>): Promise<Endorsement> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ProposalError('context deadline exceeded', 'door')),
      endorsementTimeoutMs,
    );
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
