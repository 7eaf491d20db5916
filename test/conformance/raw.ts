/**
 * Proposals and envelopes made by hand: what no client library makes, a network must still refuse,
 * and what one peer alone endorses, the suite can order.
 */
import { createHash, randomBytes } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';
import type { Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway, msp, peer } from '@hyperledger/fabric-protos';
import { serializedIdentity } from '../../network/identity/signer.ts';
import type { Step } from './chaincode/step.ts';
import { type Client, signAs } from './client.ts';
import { chaincodes, type Member } from './network-handle.ts';

/** What a hand-made proposal says. */
export type ProposalParts = {
  readonly channel: string;
  readonly creator: Member;
  readonly args: readonly (string | Uint8Array)[];
  readonly chaincode?: string;
  readonly timestamp?: Date;
  readonly nonce?: Uint8Array;
  /** Another id than the one that follows from nonce and creator. */
  readonly txId?: string;
  readonly transient?: Readonly<Record<string, string>>;
};

/** A proposal with its id. */
export type RawProposal = {
  readonly txId: string;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly bytes: Uint8Array;
};

/** The arguments that run steps on the conformance chaincode. */
export const argsOf = (steps: readonly Step[]): readonly string[] => ['run', JSON.stringify(steps)];

/** Makes a proposal. */
export function proposalOf(parts: ProposalParts): RawProposal {
  const nonce = parts.nonce ?? randomBytes(24);
  const creator = serializedIdentity(parts.creator);
  const computed = createHash('sha256').update(nonce).update(creator).digest('hex');
  const txId = parts.txId ?? computed;
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(parts.chaincode ?? chaincodes.caller);

  const header = headerOf(parts, txId, chaincodeId, nonce, creator).serializeBinary();
  const payload = payloadOf(parts, chaincodeId).serializeBinary();
  const proposal = new peer.Proposal();
  proposal.setHeader(header);
  proposal.setPayload(payload);
  return { txId, header, payload, bytes: proposal.serializeBinary() };
}

function headerOf(
  parts: ProposalParts,
  txId: string,
  chaincodeId: peer.ChaincodeID,
  nonce: Uint8Array,
  creator: Uint8Array,
): common.Header {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(txId);
  channelHeader.setTimestamp(timestampOf(parts.timestamp ?? new Date()));
  channelHeader.setChannelId(parts.channel);
  channelHeader.setEpoch(0);
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

/** The stubs export no class for time stamps: an empty one comes out of a header that has one. */
function timestampOf(date: Date): ReturnType<common.ChannelHeader['getTimestamp']> {
  const lengthDelimitedField3 = 0x1a;
  const header = common.ChannelHeader.deserializeBinary(Uint8Array.of(lengthDelimitedField3, 0));
  const timestamp = header.getTimestamp();
  timestamp?.fromDate(date);
  return timestamp;
}

function payloadOf(
  parts: ProposalParts,
  chaincodeId: peer.ChaincodeID,
): peer.ChaincodeProposalPayload {
  const input = new peer.ChaincodeInput();
  input.setArgsList(parts.args.map((arg) => Buffer.from(arg)));
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(chaincodeId);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  for (const [name, value] of Object.entries(parts.transient ?? {})) {
    payload.getTransientmapMap().set(name, Buffer.from(value));
  }
  return payload;
}

/** Signs a proposal as a member. */
export async function signedProposal(
  proposal: RawProposal,
  member: Member,
): Promise<peer.SignedProposal> {
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.bytes);
  signed.setSignature(await signAs(member, proposal.bytes));
  return signed;
}

/** Has the library of a client take a proposal made by hand, so that its errors are the library's. */
export async function proposalFor(
  client: Client,
  proposal: RawProposal,
  signature?: Uint8Array,
): Promise<ReturnType<Client['gateway']['newSignedProposal']>> {
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.bytes);
  const proposed = new gateway.ProposedTransaction();
  proposed.setTransactionId(proposal.txId);
  proposed.setProposal(signed);
  return client.gateway.newSignedProposal(
    proposed.serializeBinary(),
    signature ?? (await signAs(client.member, proposal.bytes)),
  );
}

/** Asks one peer's endorser service, past its gateway. */
export function processProposal(
  client: Client,
  signed: peer.SignedProposal,
): Promise<peer.ProposalResponse> {
  return new Promise((resolve, reject) => {
    client.grpc.makeUnaryRequest(
      '/protos.Endorser/ProcessProposal',
      (message: peer.SignedProposal) => Buffer.from(message.serializeBinary()),
      (bytes: Buffer) => peer.ProposalResponse.deserializeBinary(bytes),
      signed,
      new grpc.Metadata(),
      { deadline: Date.now() + 30_000 },
      (error, response) => {
        if (error !== null) reject(error);
        else if (response === undefined) reject(new Error('no proposal response'));
        else resolve(response);
      },
    );
  });
}

/** Puts a proposal and its endorsements into an envelope that awaits the creator's signature. */
export function envelopeOf(
  proposal: RawProposal,
  responses: readonly peer.ProposalResponse[],
): common.Envelope {
  const [first] = responses;
  if (first === undefined) throw new Error('no endorsement');
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(first.getPayload_asU8());
  endorsed.setEndorsementsList(
    responses.map((response) => response.getEndorsement() ?? new peer.Endorsement()),
  );
  const visible = peer.ChaincodeProposalPayload.deserializeBinary(proposal.payload);
  visible.clearTransientmapMap();
  const action = new peer.ChaincodeActionPayload();
  action.setChaincodeProposalPayload(visible.serializeBinary());
  action.setAction(endorsed);
  const header = common.Header.deserializeBinary(proposal.header);
  const transactionAction = new peer.TransactionAction();
  transactionAction.setHeader(header.getSignatureHeader_asU8());
  transactionAction.setPayload(action.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.addActions(transactionAction);
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

/** Gives an envelope made by hand to the client's library, signed by the client or as told. */
export async function transactionFor(
  client: Client,
  txId: string,
  envelope: common.Envelope,
  signature?: Uint8Array,
): Promise<Transaction> {
  const prepared = new gateway.PreparedTransaction();
  prepared.setTransactionId(txId);
  prepared.setEnvelope(envelope);
  return client.gateway.newSignedTransaction(
    prepared.serializeBinary(),
    signature ?? (await signAs(client.member, envelope.getPayload_asU8())),
  );
}

/** The envelope inside a transaction that the library endorsed. */
export function envelopeIn(transaction: Transaction): common.Envelope {
  const prepared = gateway.PreparedTransaction.deserializeBinary(transaction.getBytes());
  return prepared.getEnvelope() ?? new common.Envelope();
}

/** The MSPs whose peers endorsed a transaction. */
export function endorsersOf(envelope: common.Envelope): readonly string[] {
  return actionIn(envelope)
    .getEndorsementsList()
    .map((endorsement) =>
      msp.SerializedIdentity.deserializeBinary(endorsement.getEndorser_asU8()).getMspid(),
    )
    .toSorted();
}

/** The endorsed action inside an envelope. */
export function actionIn(envelope: common.Envelope): peer.ChaincodeEndorsedAction {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  if (action === undefined) throw new Error('a transaction without an action');
  return (
    peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction() ??
    new peer.ChaincodeEndorsedAction()
  );
}

/** Endorses by hand at the peers of exactly these organisations. */
export async function endorseAt(
  clients: readonly Client[],
  proposal: RawProposal,
  creator: Member,
): Promise<readonly peer.ProposalResponse[]> {
  const signed = await signedProposal(proposal, creator);
  return Promise.all(clients.map((client) => processProposal(client, signed)));
}
