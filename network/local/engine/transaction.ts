/** A transaction as it stands in a block: parsed once, then checked step by step. */
import { common, peer } from '@hyperledger/fabric-protos';
import { sameBytes, sha256 } from './bytes.ts';
import type { Identity } from '../../identity/msp.ts';
import type { Members } from './membership.ts';
import { transactionId } from './proposal.ts';
import { decodeReadWriteSet, type ReadWriteSet } from './read-write-set.ts';

/** Fabric's names of outcomes, with their numbers. */
export const ValidationCode = peer.TxValidationCode;

/** One of the numbers of `ValidationCode`. */
export type ValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];

/** The code's name: `MVCC_READ_CONFLICT`. */
export function validationCodeName(code: ValidationCode): string {
  return Object.entries(ValidationCode).find(([, number]) => number === code)?.[0] ?? String(code);
}

export type Timestamp = { readonly seconds: number; readonly nanos: number };

/** An endorsement, and the message that it signs. */
export type SignedEndorsement = {
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
};

/** The parts of an endorsed transaction that the rules look at. */
export type EndorsedTransaction = {
  readonly kind: 'endorsed';
  readonly channel: string;
  readonly txId: string;
  readonly timestamp: Timestamp;
  readonly chaincode: string;
  readonly version: string;
  readonly set: ReadWriteSet;
  readonly event: peer.ChaincodeEvent | undefined;
  readonly endorsements: readonly SignedEndorsement[];
};

/** What an envelope turned out to be: only `endorsed` can become valid among clients' envelopes. */
export type ParsedEnvelope =
  | EndorsedTransaction
  | { readonly kind: 'config'; readonly channel: string; readonly txId: string }
  | { readonly kind: 'bad'; readonly txId: string; readonly code: ValidationCode };

/** A failure that marks the transaction, and stops no block. */
class Invalid extends Error {
  readonly code: ValidationCode;

  constructor(code: ValidationCode) {
    super(validationCodeName(code));
    this.code = code;
  }
}

/** Parses an envelope and checks all that does not need the ledger. */
export function parseEnvelope(bytes: Uint8Array, members: Members): ParsedEnvelope {
  try {
    return parsed(bytes, members);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { kind: 'bad', txId: readableTxId(bytes), code: error.code };
  }
}

/** The id that clients ask for, even where nothing else of the envelope is sound. */
function readableTxId(bytes: Uint8Array): string {
  try {
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
    );
    const header = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
    return common.ChannelHeader.deserializeBinary(header).getTxId();
  } catch {
    // Nobody can ask for it either.
    return '';
  }
}

function parsed(bytes: Uint8Array, members: Members): ParsedEnvelope {
  const code = ValidationCode;
  const envelope = must(code.INVALID_OTHER_REASON, () => common.Envelope.deserializeBinary(bytes));
  const payload = must(code.BAD_PAYLOAD, () =>
    common.Payload.deserializeBinary(envelope.getPayload_asU8()),
  );
  const { channelHeader, signatureHeader } = commonHeader(payload);
  const txId = channelHeader.getTxId();
  const creator = signatureHeader.getCreator_asU8();
  assertSignedBy(creator, envelope, members);
  if (channelHeader.getType() === common.HeaderType.CONFIG) {
    return { kind: 'config', channel: channelHeader.getChannelId(), txId };
  }
  if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
    throw new Invalid(code.UNSUPPORTED_TX_PAYLOAD);
  }
  if (txId !== transactionId(signatureHeader.getNonce_asU8(), creator)) {
    throw new Invalid(code.BAD_PROPOSAL_TXID);
  }
  return endorsedTransaction(payload, channelHeader);
}

function commonHeader(payload: common.Payload): {
  channelHeader: common.ChannelHeader;
  signatureHeader: common.SignatureHeader;
} {
  const bad = ValidationCode.BAD_COMMON_HEADER;
  const header = payload.getHeader();
  if (header === undefined) throw new Invalid(bad);
  const channelHeader = must(bad, () =>
    common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
  );
  const signatureHeader = must(bad, () =>
    common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
  );
  const { ENDORSER_TRANSACTION, CONFIG_UPDATE, CONFIG } = common.HeaderType;
  const known: readonly number[] = [ENDORSER_TRANSACTION, CONFIG_UPDATE, CONFIG];
  const sound =
    known.includes(channelHeader.getType()) &&
    channelHeader.getEpoch() === 0 &&
    signatureHeader.getNonce_asU8().length > 0 &&
    signatureHeader.getCreator_asU8().length > 0;
  if (!sound) throw new Invalid(bad);
  return { channelHeader, signatureHeader };
}

function assertSignedBy(creator: Uint8Array, envelope: common.Envelope, members: Members): void {
  const bad = ValidationCode.BAD_CREATOR_SIGNATURE;
  const identity: Identity = must(bad, () => members.identify(creator));
  if (!identity.verify(envelope.getPayload_asU8(), envelope.getSignature_asU8())) {
    throw new Invalid(bad);
  }
}

function endorsedTransaction(
  payload: common.Payload,
  channelHeader: common.ChannelHeader,
): EndorsedTransaction {
  const txId = channelHeader.getTxId();
  const { proposalResponse, endorsements } = boundAction(payload);
  const action = must(ValidationCode.BAD_RESPONSE_PAYLOAD, () =>
    peer.ChaincodeAction.deserializeBinary(proposalResponse.getExtension_asU8()),
  );
  const set = must(ValidationCode.BAD_RWSET, () => decodeReadWriteSet(action.getResults_asU8()));
  const timestamp = channelHeader.getTimestamp();
  return {
    kind: 'endorsed',
    channel: channelHeader.getChannelId(),
    txId,
    timestamp: { seconds: timestamp?.getSeconds() ?? 0, nanos: timestamp?.getNanos() ?? 0 },
    ...calledChaincode(channelHeader, action),
    set,
    endorsements,
  };
}

/** The one action of a transaction, which must belong to the proposal that the header names. */
function boundAction(payload: common.Payload): {
  proposalResponse: peer.ProposalResponsePayload;
  endorsements: readonly SignedEndorsement[];
} {
  const invalid = ValidationCode.INVALID_ENDORSER_TRANSACTION;
  return must(invalid, () => {
    const actions = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
    const [only] = actions;
    if (only === undefined || actions.length !== 1) throw new Invalid(invalid);
    const signatureHeader = common.SignatureHeader.deserializeBinary(only.getHeader_asU8());
    const named =
      signatureHeader.getNonce_asU8().length > 0 && signatureHeader.getCreator_asU8().length > 0;
    const content = peer.ChaincodeActionPayload.deserializeBinary(only.getPayload_asU8());
    const endorsed = content.getAction();
    if (!named || endorsed === undefined) throw new Invalid(invalid);
    const responseBytes = endorsed.getProposalResponsePayload_asU8();
    const proposalResponse = peer.ProposalResponsePayload.deserializeBinary(responseBytes);
    const hash = sha256(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
      only.getHeader_asU8(),
      content.getChaincodeProposalPayload_asU8(),
    );
    if (!sameBytes(hash, proposalResponse.getProposalHash_asU8())) {
      throw new Invalid(invalid);
    }
    const endorsements = endorsed.getEndorsementsList().map((endorsement) => ({
      endorser: endorsement.getEndorser_asU8(),
      signature: endorsement.getSignature_asU8(),
      message: Buffer.concat([responseBytes, endorsement.getEndorser_asU8()]),
    }));
    return { proposalResponse, endorsements };
  });
}

function calledChaincode(
  channelHeader: common.ChannelHeader,
  action: peer.ChaincodeAction,
): { chaincode: string; version: string; event: peer.ChaincodeEvent | undefined } {
  const code = ValidationCode;
  const extension = must(code.BAD_HEADER_EXTENSION, () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()),
  );
  const id = action.getChaincodeId();
  const chaincode = extension.getChaincodeId()?.getName();
  if (chaincode === undefined || id === undefined) throw new Invalid(code.INVALID_OTHER_REASON);
  if (chaincode === '' || chaincode !== id.getName() || id.getVersion() === '') {
    throw new Invalid(code.INVALID_CHAINCODE);
  }
  return { chaincode, version: id.getVersion(), event: eventOf(action, chaincode) };
}

function eventOf(action: peer.ChaincodeAction, chaincode: string): peer.ChaincodeEvent | undefined {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return undefined;
  const other = ValidationCode.INVALID_OTHER_REASON;
  const event = must(other, () => peer.ChaincodeEvent.deserializeBinary(bytes));
  if (event.getChaincodeId() !== chaincode) throw new Invalid(other);
  return event;
}

function must<Result>(code: ValidationCode, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Invalid) throw error;
    throw new Invalid(code);
  }
}
