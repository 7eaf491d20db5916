/** Reads what a block holds, as the event services hand it on. */
import { common, peer } from '@hyperledger/fabric-protos';

/** A transaction of a block, with the verdict of validation. */
export type BlockTransaction = {
  readonly txId: string;
  readonly channel: string;
  readonly type: number;
  readonly code: number;
  /** The event of each action that has one; an endorsed transaction has one action. */
  readonly events: readonly peer.ChaincodeEvent[];
};

const known = new WeakMap<common.Block, readonly BlockTransaction[]>();

/** The block's transactions in order; read once, however many streams carry the block. */
export function transactionsOf(block: common.Block): readonly BlockTransaction[] {
  const before = known.get(block);
  if (before !== undefined) return before;
  const codes = validationCodes(block);
  const transactions = (block.getData()?.getDataList_asU8() ?? []).flatMap((bytes, index) => {
    const transaction = readTransaction(bytes, codes[index] ?? 0);
    return transaction === undefined ? [] : [transaction];
  });
  known.set(block, transactions);
  return transactions;
}

/** Number of a block; Fabric's header has 64 bits, of which a JavaScript number bears 53. */
export function numberOf(block: common.Block): number {
  return block.getHeader()?.getNumber() ?? 0;
}

/** Whether the block configures the channel. */
export function isConfigBlock(block: common.Block): boolean {
  return transactionsOf(block).some(({ type }) => type === common.HeaderType.CONFIG);
}

/** The block as clients of `DeliverFiltered` see it: no arguments, no results, no payloads. */
export function filteredBlockOf(block: common.Block): peer.FilteredBlock {
  const filtered = new peer.FilteredBlock();
  filtered.setNumber(numberOf(block));
  for (const transaction of transactionsOf(block)) {
    filtered.setChannelId(transaction.channel);
    filtered.addFilteredTransactions(filteredTransactionOf(transaction));
  }
  return filtered;
}

function filteredTransactionOf(transaction: BlockTransaction): peer.FilteredTransaction {
  const filtered = new peer.FilteredTransaction();
  filtered.setTxid(transaction.txId);
  filtered.setType(transaction.type as common.HeaderTypeMap[keyof common.HeaderTypeMap]);
  filtered.setTxValidationCode(
    transaction.code as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap],
  );
  if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION) return filtered;
  const actions = new peer.FilteredTransactionActions();
  for (const event of transaction.events) {
    const bare = new peer.ChaincodeEvent();
    bare.setTxId(event.getTxId());
    bare.setChaincodeId(event.getChaincodeId());
    bare.setEventName(event.getEventName());
    const action = new peer.FilteredChaincodeAction();
    action.setChaincodeEvent(bare);
    actions.addChaincodeActions(action);
  }
  filtered.setTransactionActions(actions);
  return filtered;
}

function validationCodes(block: common.Block): Uint8Array {
  const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
  return metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
}

function readTransaction(bytes: Uint8Array, code: number): BlockTransaction | undefined {
  try {
    const envelope = common.Envelope.deserializeBinary(bytes);
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    );
    const type = header.getType();
    const isEndorsed = type === common.HeaderType.ENDORSER_TRANSACTION;
    const events = isEndorsed ? eventsOf(payload.getData_asU8()) : [];
    return { txId: header.getTxId(), channel: header.getChannelId(), type, code, events };
  } catch {
    // Fabric passes over what it cannot read; validation has marked it invalid.
    return undefined;
  }
}

function eventsOf(transaction: Uint8Array): readonly peer.ChaincodeEvent[] {
  return peer.Transaction.deserializeBinary(transaction)
    .getActionsList()
    .flatMap((action) => {
      const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
      const response = payload.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array();
      const proposalResponse = peer.ProposalResponsePayload.deserializeBinary(response);
      const chaincodeAction = peer.ChaincodeAction.deserializeBinary(
        proposalResponse.getExtension_asU8(),
      );
      const event = peer.ChaincodeEvent.deserializeBinary(chaincodeAction.getEvents_asU8());
      const isComplete = event.getChaincodeId() !== '' && event.getEventName() !== '';
      return isComplete ? [event] : [];
    });
}
