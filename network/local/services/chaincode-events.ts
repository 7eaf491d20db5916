/** `gateway.Gateway/ChaincodeEvents`: the events of valid transactions, block by block, for ever. */
import { gateway, orderer, peer } from '@hyperledger/fabric-protos';
import { numberOf, transactionsOf } from './block-content.ts';
import { blocksFrom } from './block-cursor.ts';
import type { PeerContext } from './peer-context.ts';
import { assertReader, invalid, requestIn } from './signed-request.ts';

/** Yields a response for each block with events that the request asks for. */
export async function* chaincodeEvents(
  context: PeerContext,
  signed: gateway.SignedChaincodeEventsRequest,
  signal: AbortSignal,
): AsyncGenerator<gateway.ChaincodeEventsResponse> {
  const name = { missing: 'a chaincode events request', broken: 'chaincode events request' };
  const request = requestIn(signed, name, (bytes) =>
    gateway.ChaincodeEventsRequest.deserializeBinary(bytes),
  );
  assertReader(context, signed, request);
  const start = await startBlock(context, request);
  const isWanted = eventFilter(request.getChaincodeId(), request.getAfterTransactionId());
  for await (const block of blocksFrom(context.channel, start, signal)) {
    const events = transactionsOf(block)
      .filter(({ code }) => code === peer.TxValidationCode.VALID)
      .flatMap((transaction) => transaction.events)
      .filter(isWanted);
    if (events.length === 0) continue;
    const response = new gateway.ChaincodeEventsResponse();
    response.setBlockNumber(numberOf(block));
    response.setEventsList(events);
    yield response;
  }
}

/**
 * Wants a chaincode's events, after the event of the named transaction if one is named.
 *
 * As on Fabric the named transaction is looked for among events: one without an event holds the
 * stream for ever.
 */
export function eventFilter(
  chaincode: string,
  afterTransactionId: string,
): (event: peer.ChaincodeEvent) => boolean {
  let passed = afterTransactionId === '';
  return (event) => {
    if (passed) return event.getChaincodeId() === chaincode;
    if (event.getTxId() === afterTransactionId) passed = true;
    return false;
  };
}

async function startBlock(
  { channel }: PeerContext,
  request: gateway.ChaincodeEventsRequest,
): Promise<bigint> {
  const after = request.getAfterTransactionId();
  const committed = after === '' ? undefined : await channel.transaction(after);
  if (committed !== undefined) return committed.blockNumber;
  const { TypeCase } = orderer.SeekPosition;
  const position = request.getStartPosition();
  switch (position?.getTypeCase() ?? TypeCase.TYPE_NOT_SET) {
    case TypeCase.SPECIFIED:
      return BigInt(position?.getSpecified()?.getNumber() ?? 0);
    case TypeCase.NEXT_COMMIT:
    case TypeCase.TYPE_NOT_SET:
      return channel.height();
    case TypeCase.OLDEST:
      throw invalid('invalid start position type: *orderer.SeekPosition_Oldest');
    default:
      throw invalid('invalid start position type: *orderer.SeekPosition_Newest');
  }
}
