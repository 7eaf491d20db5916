/** Blocks as a ledger holds them, built for tests of what reads them. */
import { common, peer } from '@hyperledger/fabric-protos';

export type TestTransaction = {
  readonly txId: string;
  readonly code?: peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];
  readonly event?: string;
};

export function blockOf(number: number, transactions: readonly TestTransaction[]): common.Block {
  const header = new common.BlockHeader();
  header.setNumber(number);
  const data = new common.BlockData();
  data.setDataList(transactions.map((transaction) => envelopeOf(transaction).serializeBinary()));
  const metadata = new common.BlockMetadata();
  const codes = transactions.map(({ code }) => code ?? peer.TxValidationCode.VALID);
  metadata.setMetadataList([new Uint8Array(), new Uint8Array(), Uint8Array.from(codes)]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block;
}

export function envelopeOf({ txId, event }: TestTransaction): common.Envelope {
  const action = new peer.TransactionAction();
  action.setPayload(actionPayloadOf(txId, event).serializeBinary());
  const transaction = new peer.Transaction();
  transaction.addActions(action);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(txId);
  channelHeader.setChannelId('kepil');
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

function actionPayloadOf(txId: string, name: string | undefined): peer.ChaincodeActionPayload {
  const chaincodeAction = new peer.ChaincodeAction();
  if (name !== undefined) {
    const event = new peer.ChaincodeEvent();
    event.setChaincodeId('kepil');
    event.setTxId(txId);
    event.setEventName(name);
    event.setPayload(Buffer.from('payload'));
    chaincodeAction.setEvents(event.serializeBinary());
  }
  const response = new peer.ProposalResponsePayload();
  response.setExtension$(chaincodeAction.serializeBinary());
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(response.serializeBinary());
  const payload = new peer.ChaincodeActionPayload();
  payload.setAction(endorsed);
  return payload;
}
