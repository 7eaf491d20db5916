/**
 * That a transaction wrote a record and its seal, sent by a member and endorsed by a majority of the
 * organisations with the State Corporation: all of it signatures over what stands in the block.
 */
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { accepted, type Outcome, refused } from '../../chaincode/kernel/outcome.ts';
import { collectionOf, registrarMsp } from '../../chaincode/ledger/institutions.ts';
import { sealKey, sealValue } from '../../chaincode/ledger/keys.ts';
import { bytesOf, readable, sha256 } from './bytes.ts';
import { type ChannelConfig, memberOf } from './channel-config.ts';
import { areEnough, counting, peerBehind } from './endorsements.ts';
import type { ExtractBlock } from './file.ts';
import { refuse } from './refusals.ts';

const { rwset } = ledger;

/** What a transaction is checked against. */
export type Expected = {
  readonly chaincode: string;
  readonly transactionId: string;
  /** The record's id, for words. */
  readonly record: string;
  readonly key: string;
  readonly text: string;
};

/** Who stands behind a transaction, and the time that its sender gave it. */
export type TransactionProof = {
  readonly sentBy: string;
  readonly endorsedBy: readonly string[];
  readonly sentAt: string;
};

/** Proves that a block's transaction wrote a record with its seal. */
export function writtenBy(
  block: ExtractBlock,
  config: ChannelConfig,
  expected: Expected,
): Outcome<TransactionProof> {
  const { transactionId: transaction, record } = expected;
  const found = transactionIn(block, transaction);
  if (found === undefined) {
    return refused(refuse('EXTRACT_TRANSACTION_MISSING', { params: { transaction } }));
  }
  const action = readable(() => actionOf(found.payload));
  const sender = memberOf(config, found.creator);
  const isSound =
    action !== undefined &&
    found.channel === config.channel &&
    action.chaincode === expected.chaincode &&
    transaction === sha256(found.nonce, found.creator).toString('hex') &&
    sender?.verify(found.payloadBytes, found.signature) === true;
  if (!isSound) return refused(refuse('EXTRACT_TRANSACTION_BROKEN', { params: { transaction } }));
  const endorsedBy = endorsersOf(config, action);
  if (!areEnough(config, endorsedBy)) {
    return refused(refuse('EXTRACT_NOT_ENDORSED', { params: { transaction } }));
  }
  const set = readable(() => setOf(action.results, expected.chaincode));
  if (set === undefined || !writes(set, expected)) {
    return refused(refuse('EXTRACT_RECORD_NOT_WRITTEN', { params: { record } }));
  }
  if (readable(() => seals(set, expected)) !== true) {
    return refused(refuse('EXTRACT_SEAL_MISSING', { params: { record } }));
  }
  return accepted({ sentBy: sender.mspId, endorsedBy, sentAt: found.sentAt });
}

/** The first transaction of an id in a block; a later one would be a duplicate without effect. */
export function transactionIn({ data }: ExtractBlock, id: string): Opened | undefined {
  return data
    .map((bytes) => readable(() => opened(bytesOf(bytes))))
    .find((each) => each?.transactionId === id);
}

/** An envelope, as far as it says what it is. */
type Opened = {
  readonly transactionId: string;
  readonly channel: string;
  readonly sentAt: string;
  readonly nonce: Uint8Array;
  readonly creator: Uint8Array;
  readonly payload: common.Payload;
  readonly payloadBytes: Uint8Array;
  readonly signature: Uint8Array;
};

function opened(bytes: Uint8Array): Opened {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payloadBytes = envelope.getPayload_asU8();
  const payload = common.Payload.deserializeBinary(payloadBytes);
  const header = payload.getHeader() ?? new common.Header();
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(
    header.getSignatureHeader_asU8(),
  );
  return {
    transactionId: channelHeader.getTxId(),
    channel: channelHeader.getChannelId(),
    sentAt: timeOf(channelHeader) ?? '',
    nonce: signatureHeader.getNonce_asU8(),
    creator: signatureHeader.getCreator_asU8(),
    payload,
    payloadBytes,
    signature: envelope.getSignature_asU8(),
  };
}

/** The time in a header, if it has one that can be written. */
export function timeOf(header: common.ChannelHeader): string | undefined {
  return readable(() => header.getTimestamp()?.toDate().toISOString());
}

/** What was endorsed, and by whom. */
type Action = {
  readonly chaincode: string;
  readonly results: Uint8Array;
  readonly responsePayload: Uint8Array;
  readonly endorsements: readonly peer.Endorsement[];
};

/** The one action of a transaction, if it answers the proposal that the headers name. */
function actionOf(payload: common.Payload): Action | undefined {
  const actions = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const [only, ...others] = actions;
  if (only === undefined || others.length > 0) return undefined;
  const content = peer.ChaincodeActionPayload.deserializeBinary(only.getPayload_asU8());
  const endorsed = content.getAction();
  const responsePayload = endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array();
  const response = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
  const proposal = sha256(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    only.getHeader_asU8(),
    content.getChaincodeProposalPayload_asU8(),
  );
  if (!proposal.equals(response.getProposalHash_asU8())) return undefined;
  const action = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  return {
    chaincode: action.getChaincodeId()?.getName() ?? '',
    results: action.getResults_asU8(),
    responsePayload,
    endorsements: endorsed?.getEndorsementsList() ?? [],
  };
}

/** The organisations whose peers endorsed, each once. */
function endorsersOf(config: ChannelConfig, action: Action): readonly string[] {
  const organisations = action.endorsements.flatMap((endorsement) => {
    const signed = {
      payload: action.responsePayload,
      endorser: endorsement.getEndorser_asU8(),
      signature: endorsement.getSignature_asU8(),
    };
    return peerBehind(config, signed)?.mspId ?? [];
  });
  return counting(config, organisations);
}

/** What a transaction did in the chaincode's own state and collections. */
function setOf(results: Uint8Array, chaincode: string) {
  const all = rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList();
  const own = all.filter((each) => each.getNamespace() === chaincode);
  return own.length === 1 ? own[0] : undefined;
}

type OwnSet = NonNullable<ReturnType<typeof setOf>>;

function writes(set: OwnSet, { key, text }: Expected): boolean {
  const writesOfKey = readable(() =>
    rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8())
      .getWritesList()
      .filter((write) => write.getKey() === key),
  );
  const [write, ...others] = writesOfKey ?? [];
  return (
    write !== undefined &&
    others.length === 0 &&
    !write.getIsDelete() &&
    Buffer.from(write.getValue_asU8()).equals(Buffer.from(text))
  );
}

/** The seal is private: on the chain stand the hashes of its key and of its value. */
function seals(set: OwnSet, { key, text }: Expected): boolean {
  const keyHash = sha256(Buffer.from(sealKey(key)));
  const valueHash = sha256(Buffer.from(sealValue(text)));
  return set
    .getCollectionHashedRwsetList()
    .filter((each) => each.getCollectionName() === collectionOf(registrarMsp))
    .flatMap((each) =>
      rwset.kvrwset.HashedRWSet.deserializeBinary(each.getHashedRwset_asU8()).getHashedWritesList(),
    )
    .some(
      (write) =>
        !write.getIsDelete() &&
        keyHash.equals(write.getKeyHash_asU8()) &&
        valueHash.equals(write.getValueHash_asU8()),
    );
}
