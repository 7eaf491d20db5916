/** Proposals and transactions as a client's library makes and signs them. */
import { randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { serializedIdentity, type Signer } from '../../network/identity/signer.ts';
import { transactionId, withoutTransient } from '../../network/local/engine/proposal.ts';
import { bytesField, varintField } from '../../network/local/engine/varint.ts';

/** What a client asks for. */
export type ProposalRequest = {
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly (string | Uint8Array)[];
  readonly transient?: Readonly<Record<string, string | Uint8Array>>;
  readonly signer: Signer;
  readonly now: Date;
};

/** A signed proposal with what the transaction made of it needs. */
export type UnitProposal = {
  readonly txId: string;
  readonly signed: peer.SignedProposal;
  readonly header: common.Header;
  /** The payload that goes into the transaction. */
  readonly payload: Uint8Array;
  readonly signer: Signer;
};

/** Makes and signs a proposal. */
export function unitProposal(request: ProposalRequest): UnitProposal {
  const nonce = randomBytes(24);
  const creator = serializedIdentity(request.signer);
  const txId = transactionId(nonce, creator);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setNonce(nonce);
  signatureHeader.setCreator(creator);
  const header = new common.Header();
  header.setChannelHeader(channelHeader(request, txId).serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = proposalPayload(request);
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(request.signer.sign(signed.getProposalBytes_asU8()));
  return { txId, signed, header, payload: withoutTransient(payload), signer: request.signer };
}

function channelHeader(request: ProposalRequest, txId: string): common.ChannelHeader {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId(request.chaincode));
  // Field 3 is the timestamp, whose class the published stubs do not give out.
  const ms = request.now.getTime();
  const timestamp = Buffer.concat([
    varintField(1, Math.floor(ms / 1000)),
    varintField(2, (ms % 1000) * 1_000_000),
  ]);
  const header = common.ChannelHeader.deserializeBinary(bytesField(3, timestamp));
  header.setType(common.HeaderType.ENDORSER_TRANSACTION);
  header.setChannelId(request.channel);
  header.setTxId(txId);
  header.setExtension$(extension.serializeBinary());
  return header;
}

function proposalPayload(request: ProposalRequest): peer.ChaincodeProposalPayload {
  const input = new peer.ChaincodeInput();
  input.setArgsList(request.args.map(bytesOf));
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(chaincodeId(request.chaincode));
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  for (const [name, value] of Object.entries(request.transient ?? {})) {
    payload.getTransientmapMap().set(name, bytesOf(value));
  }
  return payload;
}

function chaincodeId(name: string): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(name);
  return id;
}

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

/** Makes and signs the transaction of a proposal and its endorsements. */
export function unitEnvelope(
  { header, payload, signer }: UnitProposal,
  responses: readonly peer.ProposalResponse[],
): common.Envelope {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(responses[0]?.getPayload_asU8() ?? new Uint8Array());
  endorsed.setEndorsementsList(responses.flatMap((response) => response.getEndorsement() ?? []));
  const content = new peer.ChaincodeActionPayload();
  content.setChaincodeProposalPayload(payload);
  content.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(content.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.addActions(action);
  const body = new common.Payload();
  body.setHeader(header);
  body.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(body.serializeBinary());
  envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
  return envelope;
}
