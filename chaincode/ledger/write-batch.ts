/**
 * A transaction's writes, handed to the peer in few messages.
 *
 * Where the shim cannot carry them so, the writes go one by one: what is written is the same, so that
 * endorsers agree whichever way they wrote.
 */
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim';
import { askOf, keysOfMessageMax } from './peer-messages.ts';

/** One write; no value deletes the key, no collection means public state. */
export type Write = {
  readonly collection?: string;
  readonly key: string;
  readonly value: string | null;
};

/** Hands the writes to the peer. */
export async function writeAll(stub: ChaincodeStub, writes: readonly Write[]): Promise<void> {
  const ask = askOf(stub);
  if (ask === undefined) return writeEach(stub, writes);
  for (let start = 0; start < writes.length; start += keysOfMessageMax) {
    const batch = new peer.WriteBatchState();
    batch.setRecList(writes.slice(start, start + keysOfMessageMax).map(recordOf));
    await ask(peer.ChaincodeMessage.Type.WRITE_BATCH_STATE, batch.serializeBinary());
  }
}

async function writeEach(stub: ChaincodeStub, writes: readonly Write[]): Promise<void> {
  for (const { collection, key, value } of writes) {
    if (value === null) await stub.deleteState(key);
    else if (collection === undefined) await stub.putState(key, Buffer.from(value));
    else await stub.putPrivateData(collection, key, Buffer.from(value));
  }
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
