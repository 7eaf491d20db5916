/** A proposal, unpacked and checked as a peer does before it runs anything. */
import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { type Identity, MspError } from '../../identity/msp.ts';
import type { Members } from './membership.ts';
import { ProposalError } from './refusal.ts';
import { sha256 } from './bytes.ts';

/** Fabric's own `peer.authentication.timewindow`. */
const timeWindowMs = 15 * 60 * 1000;

/** What stands in a proposal. */
export type UnpackedProposal = {
  readonly channel: string;
  readonly txId: string;
  readonly chaincode: string;
  readonly input: peer.ChaincodeInput;
  readonly channelHeader: common.ChannelHeader;
  readonly nonce: Uint8Array;
  readonly creator: Uint8Array;
  /** What endorsements are bound to: header and payload without the transient data. */
  readonly hash: Uint8Array;
};

/** Several organisations get the same proposal, which need not be taken apart for each. */
const unpacked = new WeakMap<peer.SignedProposal, UnpackedProposal>();

/** Takes a proposal apart; throws a `ProposalError` where a part is missing. */
export function unpackProposal(signed: peer.SignedProposal): UnpackedProposal {
  const known = unpacked.get(signed) ?? unpack(signed);
  unpacked.set(signed, known);
  return known;
}

function unpack(signed: peer.SignedProposal): UnpackedProposal {
  const proposal = read('Proposal', () =>
    peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8()),
  );
  const header = read('Header', () => common.Header.deserializeBinary(proposal.getHeader_asU8()));
  const channelHeader = read('ChannelHeader', () =>
    common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
  );
  const signatureHeader = read('SignatureHeader', () =>
    common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
  );
  const payload = read('ChaincodeProposalPayload', () =>
    peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8()),
  );
  return {
    channel: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    chaincode: chaincodeNameOf(channelHeader),
    input: inputOf(payload),
    channelHeader,
    nonce: signatureHeader.getNonce_asU8(),
    creator: signatureHeader.getCreator_asU8(),
    hash: sha256(
      header.getChannelHeader_asU8(),
      header.getSignatureHeader_asU8(),
      withoutTransient(payload),
    ),
  };
}

/** The part of a proposal's payload that goes into the transaction. */
export function withoutTransient(payload: peer.ChaincodeProposalPayload): Uint8Array {
  const kept = new peer.ChaincodeProposalPayload();
  kept.setInput(payload.getInput_asU8());
  return kept.serializeBinary();
}

function chaincodeNameOf(channelHeader: common.ChannelHeader): string {
  const extension = read('ChaincodeHeaderExtension', () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()),
  );
  const id = extension.getChaincodeId();
  if (id === undefined) throw new ProposalError('ChaincodeHeaderExtension.ChaincodeId is nil');
  if (id.getName() === '') {
    throw new ProposalError('ChaincodeHeaderExtension.ChaincodeId.Name is empty');
  }
  return id.getName();
}

function inputOf(payload: peer.ChaincodeProposalPayload): peer.ChaincodeInput {
  const spec = read('ChaincodeInvocationSpec', () =>
    peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()),
  ).getChaincodeSpec();
  if (spec === undefined) {
    throw new ProposalError('chaincode invocation spec did not contain chaincode spec');
  }
  const input = spec.getInput();
  if (input === undefined) throw new ProposalError('chaincode input did not contain any input');
  return input;
}

function read<Message>(name: string, parse: () => Message): Message {
  try {
    return parse();
  } catch (error) {
    throw new ProposalError(`error unmarshalling ${name}: ${String(error)}`);
  }
}

/** Refuses a proposal whose time is off, or whose client's certificate has run out. */
export function assertTimely(proposal: UnpackedProposal, members: Members, now: Date): void {
  const notAfter = expiryOf(proposal.creator, members);
  if (notAfter !== undefined && now > notAfter) {
    throw new ProposalError('proposal client identity expired', 'door');
  }
  const timestamp = proposal.channelHeader.getTimestamp();
  const at = (timestamp?.getSeconds() ?? 0) * 1000 + (timestamp?.getNanos() ?? 0) / 1e6;
  if (Math.abs(at - now.getTime()) > timeWindowMs) {
    throw new ProposalError(
      `request unauthorized due to incorrect timestamp ${seconds(at)}, ` +
        `peer time ${seconds(now.getTime())}, peer.authentication.timewindow 15m0s`,
      'door',
    );
  }
}

function expiryOf(creator: Uint8Array, members: Members): Date | undefined {
  try {
    return members.identify(creator).notAfter;
  } catch {
    // Who cannot be recognised is refused with its own words later.
    return undefined;
  }
}

function seconds(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Checks headers and signature, and gives the client; throws a `ProposalError`. */
export function authenticate(
  signed: peer.SignedProposal,
  proposal: UnpackedProposal,
  members: Members,
): Identity {
  const refused = (why: string) => new ProposalError(`error validating proposal: ${why}`);
  const { ENDORSER_TRANSACTION, CONFIG } = common.HeaderType;
  const type = proposal.channelHeader.getType();
  if (type !== ENDORSER_TRANSACTION && type !== CONFIG)
    throw refused(`invalid header type ${type}`);
  if (proposal.channelHeader.getEpoch() !== 0) throw refused('epoch is non-zero');
  if (proposal.nonce.length === 0) throw refused('nonce is empty');
  if (proposal.creator.length === 0) throw refused('creator is empty');
  const expected = transactionId(proposal.nonce, proposal.creator);
  if (proposal.txId !== expected) {
    throw refused(`incorrectly computed txid '${proposal.txId}' -- expected '${expected}'`);
  }
  if (signed.getSignature_asU8().length === 0) throw refused('empty signature bytes');
  return verifiedCreator(signed, proposal, members, refused);
}

function verifiedCreator(
  signed: peer.SignedProposal,
  proposal: UnpackedProposal,
  members: Members,
  refused: (why: string) => ProposalError,
): Identity {
  const denied = `access denied: channel [${proposal.channel}]`;
  const creator = recognised(members, proposal.creator);
  if (creator === undefined) throw refused(`${denied} creator org unknown, creator is malformed`);
  if (!('verify' in creator)) throw refused(`${denied} creator org [${creator.mspId}]`);
  if (creator.verify(signed.getProposalBytes_asU8(), signed.getSignature_asU8())) return creator;
  throw refused(`${denied} creator org [${creator.mspId}]`);
}

/** The creator; its organisation alone where that issued the certificate, but for no known role. */
function recognised(
  members: Members,
  creator: Uint8Array,
): Identity | { readonly mspId: string } | undefined {
  try {
    return members.identify(creator);
  } catch (error) {
    if (error instanceof MspError && error.code === 'roleless') {
      return members.organisationOf(creator);
    }
    return undefined;
  }
}

/** SHA-256 of nonce and creator: nobody can take another's transaction id. */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return createHash('sha256').update(nonce).update(creator).digest('hex');
}
