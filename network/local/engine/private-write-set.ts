/** The private half of a transaction: values that go to a collection's members only. */
import { ledger } from '@hyperledger/fabric-protos';
import { noBytes } from './bytes.ts';
import {
  keyWriteMessage,
  keyWriteOf,
  metadataWriteMessage,
  type KeyWrite,
} from './read-write-set.ts';
import type { CollectionName } from './store-keys.ts';

const { rwset } = ledger;
const { kvrwset } = rwset;

/** What a transaction writes into one collection. */
export type PrivateWrites = CollectionName & {
  /** `kvrwset.KVRWSet`, whose SHA-256 stands in the public set. */
  readonly bytes: Uint8Array;
};

/** The same, readable. */
export type PrivateChanges = {
  readonly writes: readonly KeyWrite[];
  /** Keys whose metadata alone changed: their version goes up with it. */
  readonly touched: readonly string[];
};

export function encodePrivateChanges({ writes, touched }: PrivateChanges): Uint8Array {
  const message = new kvrwset.KVRWSet();
  message.setWritesList(writes.map(keyWriteMessage));
  message.setMetadataWritesList(touched.map((key) => metadataWriteMessage(key, new Map())));
  return message.serializeBinary();
}

export function decodePrivateChanges(bytes: Uint8Array): PrivateChanges {
  const message = kvrwset.KVRWSet.deserializeBinary(bytes);
  return {
    writes: message.getWritesList().map(keyWriteOf),
    touched: message.getMetadataWritesList().map((write) => write.getKey()),
  };
}

/** Puts a transaction's private writes into Fabric's message; they come ordered by chaincode. */
export function privateWriteSet(parts: readonly PrivateWrites[]): ledger.rwset.TxPvtReadWriteSet {
  const message = new rwset.TxPvtReadWriteSet();
  message.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
  for (const { chaincode, collection, bytes } of parts) {
    const last = message.getNsPvtRwsetList().at(-1);
    const ns = last?.getNamespace() === chaincode ? last : message.addNsPvtRwset();
    ns.setNamespace(chaincode);
    const part = ns.addCollectionPvtRwset();
    part.setCollectionName(collection);
    part.setRwset(bytes);
  }
  return message;
}

export function decodePrivateWriteSet(bytes: Uint8Array): readonly PrivateWrites[] {
  const message = rwset.TxPvtReadWriteSet.deserializeBinary(bytes);
  return message.getNsPvtRwsetList().flatMap((ns) =>
    ns.getCollectionPvtRwsetList().map((part) => ({
      chaincode: ns.getNamespace(),
      collection: part.getCollectionName(),
      bytes: part.getRwset_asU8(),
    })),
  );
}

/** The private write set without the keys that `drop` names; empty where nothing is left. */
export function withoutKeys(bytes: Uint8Array, drop: (key: string) => boolean): Uint8Array {
  const { writes, touched } = decodePrivateChanges(bytes);
  const left = {
    writes: writes.filter(({ key }) => !drop(key)),
    touched: touched.filter((key) => !drop(key)),
  };
  return left.writes.length + left.touched.length === 0 ? noBytes : encodePrivateChanges(left);
}
