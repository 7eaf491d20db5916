/**
 * A transaction's writes, handed to the peer in few messages.
 *
 * The shim sends each write by itself and waits for the peer's answer; most of what a batch costs is
 * these round trips. Peers since 3.1 take many writes in one message. The shim of this version has
 * no call for it, but its handler carries any message. Where there is no such handler the writes go
 * one by one: what is written is the same, so that endorsers agree whichever way they wrote.
 */
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim';

/** One write; no value deletes the key, no collection means public state. */
export type Write = {
  readonly collection?: string;
  readonly key: string;
  readonly value: string | null;
};

/** As many as a peer takes in a message, unless its operator allows more. */
const writesMax = 1000;

/** What of the shim's handler is used: it sends a message and resolves with the peer's answer. */
type Handler = {
  _askPeerAndListen(message: peer.ChaincodeMessage, method: string): Promise<unknown>;
};

/** Hands the writes to the peer. */
export async function writeAll(stub: ChaincodeStub, writes: readonly Write[]): Promise<void> {
  const { handler } = stub as unknown as { readonly handler?: Partial<Handler> };
  if (handler?._askPeerAndListen === undefined) return writeEach(stub, writes);
  for (let start = 0; start < writes.length; start += writesMax) {
    const message = messageOf(stub, writes.slice(start, start + writesMax));
    await (handler as Handler)._askPeerAndListen(message, 'WriteBatchState');
  }
}

async function writeEach(stub: ChaincodeStub, writes: readonly Write[]): Promise<void> {
  for (const { collection, key, value } of writes) {
    if (value === null) await stub.deleteState(key);
    else if (collection === undefined) await stub.putState(key, Buffer.from(value));
    else await stub.putPrivateData(collection, key, Buffer.from(value));
  }
}

function messageOf(stub: ChaincodeStub, writes: readonly Write[]): peer.ChaincodeMessage {
  const batch = new peer.WriteBatchState();
  batch.setRecList(writes.map(recordOf));
  const message = new peer.ChaincodeMessage();
  message.setType(peer.ChaincodeMessage.Type.WRITE_BATCH_STATE);
  message.setPayload(batch.serializeBinary());
  message.setTxid(stub.getTxID());
  message.setChannelId(stub.getChannelID());
  return message;
}

function recordOf({ collection = '', key, value }: Write): peer.WriteRecord {
  const record = new peer.WriteRecord();
  record.setKey(key);
  record.setCollection(collection);
  if (value === null) record.setType(peer.WriteRecord.Type.DEL_STATE);
  else {
    record.setType(peer.WriteRecord.Type.PUT_STATE);
    record.setValue(Buffer.from(value));
  }
  return record;
}
