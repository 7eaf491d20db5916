/** What a test sees of a call on the unit tests' ledger. */
import { peer } from '@hyperledger/fabric-protos';
import type { Endorsement } from '../../network/local/engine/channel.ts';
import {
  decodePrivateChanges,
  decodePrivateWriteSet,
} from '../../network/local/engine/private-write-set.ts';
import type { ReadWriteSet } from '../../network/local/engine/read-write-set.ts';
import type { UnitProposal } from './unit-proposal.ts';

/** What became of a call. */
export type CallOutcome = {
  readonly txId: string;
  /** The function's answer, as text; empty where it was refused. */
  readonly payload: string;
  /** The chaincode's or the peer's message where it was refused. */
  readonly refusal: string | undefined;
  /** By Fabric's name: `VALID`; `undefined` where nothing was ordered. */
  readonly code: string | undefined;
  readonly event: { readonly name: string; readonly payload: string } | undefined;
  readonly writeSet: ReadWriteSet;
  /** What the endorsers put into collections, readable. */
  readonly privateWrites: readonly PrivateWrite[];
  readonly endorsers: readonly string[];
};

/** One key that a call wrote into a collection; no value is a deletion. */
type PrivateWrite = {
  readonly chaincode: string;
  readonly collection: string;
  readonly key: string;
  readonly value: string | undefined;
};

/** What became of a call that was endorsed so, before anything is ordered. */
export function outcomeOf(
  { txId }: UnitProposal,
  endorsements: readonly Endorsement[],
): CallOutcome {
  const [first] = endorsements;
  const answer = first?.response.getResponse();
  const refused = answer === undefined || answer.getStatus() >= 400;
  return {
    txId,
    payload: Buffer.from(answer?.getPayload_asU8() ?? []).toString(),
    refusal: refused ? (answer?.getMessage() ?? 'no answer') : undefined,
    code: undefined,
    event: first && eventOf(first.response),
    writeSet: first?.results?.set ?? [],
    privateWrites: first?.results?.privateBytes ? privateWritesOf(first.results.privateBytes) : [],
    endorsers: endorsements.map(({ mspId }) => mspId),
  };
}

function privateWritesOf(bytes: Uint8Array): readonly PrivateWrite[] {
  return decodePrivateWriteSet(bytes).flatMap(({ chaincode, collection, bytes: part }) =>
    decodePrivateChanges(part).writes.map(({ key, value }) => ({
      chaincode,
      collection,
      key,
      value: value && Buffer.from(value).toString(),
    })),
  );
}

function eventOf(response: peer.ProposalResponse): CallOutcome['event'] {
  if (response.getPayload_asU8().length === 0) return undefined;
  const payload = peer.ProposalResponsePayload.deserializeBinary(response.getPayload_asU8());
  const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  if (action.getEvents_asU8().length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8());
  return { name: event.getEventName(), payload: Buffer.from(event.getPayload_asU8()).toString() };
}
