/** What transactions asked of the peers' state, counted in the blocks that hold them. */
import { common, peer } from '@hyperledger/fabric-protos';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import {
  decodeReadWriteSet,
  type ReadWriteSet,
} from '../../network/local/engine/read-write-set.ts';

/**
 * State calls of committed transactions, which lie in these blocks: each key that was read or
 * written was one call of the chaincode, for the ledger reads and writes every key once.
 */
export async function stateCallsOf(
  connection: LedgerConnection,
  committed: readonly { readonly transactionId: string; readonly blockNumber: bigint }[],
): Promise<number> {
  const waiting = new Set(committed.map(({ transactionId }) => transactionId));
  const numbers = committed.map(({ blockNumber }) => blockNumber);
  const first = numbers.reduce((one, other) => (other < one ? other : one));
  const blocks = await connection.openBlocks(first);
  let calls = 0;
  try {
    for await (const block of blocks) {
      for (const envelope of block.getData()?.getDataList_asU8() ?? []) {
        const { transactionId, set } = readTransaction(envelope);
        if (waiting.delete(transactionId)) calls += callsOf(set);
      }
      if (waiting.size === 0) break;
    }
  } finally {
    blocks.close();
  }
  return calls;
}

function callsOf(set: ReadWriteSet): number {
  const parts = set.filter(({ chaincode }) => chaincode === 'kepil');
  return parts.reduce((sum, { reads, ranges, writes, collections }) => {
    const hidden = collections.map((each) => each.reads.length + each.writes.length);
    return [reads.length, ranges.length, writes.length, ...hidden].reduce((a, b) => a + b, sum);
  }, 0);
}

function readTransaction(bytes: Uint8Array) {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const action = peer.ChaincodeActionPayload.deserializeBinary(
    transaction.getActionsList()[0]?.getPayload_asU8() ?? new Uint8Array(),
  );
  const response = peer.ProposalResponsePayload.deserializeBinary(
    action.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  return {
    transactionId: header.getTxId(),
    set: decodeReadWriteSet(results.getResults_asU8()),
  };
}
