import type { peer } from '@hyperledger/fabric-protos';

/** A key and its value, as a query gives them. */
export type KeyValue = { readonly key: string; readonly value: Uint8Array };

/** One change of a key, newest first in a history. */
export type KeyModification = {
  readonly txId: string;
  readonly value: Uint8Array;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly isDelete: boolean;
};

/** Rows that are read one by one, because only rows that were read count as read. */
export interface Rows<Row> {
  next(): Promise<Row | undefined>;
  close(): Promise<void>;
}

/** A page's rows, and where the next page starts. */
export interface PagedRows extends Rows<KeyValue> {
  /** Empty when the range is exhausted. */
  bookmark(): Promise<string>;
}

/** Names one key of a chaincode: public unless a collection is named. */
export type StateKey = { readonly collection?: string; readonly key: string };

/**
 * What a running chaincode may ask of the ledger, with Fabric's rules and Fabric's words.
 *
 * Every method rejects with the text that a peer would send back in an `ERROR` message.
 */
export interface LedgerAccess {
  get(at: StateKey): Promise<Uint8Array | undefined>;
  put(at: StateKey, value: Uint8Array): Promise<void>;
  delete(at: StateKey): Promise<void>;
  purge(at: StateKey): Promise<void>;
  /** SHA-256 of a private value, which every peer holds. */
  privateHash(at: StateKey): Promise<Uint8Array | undefined>;
  metadata(at: StateKey): Promise<ReadonlyMap<string, Uint8Array>>;
  putMetadata(at: StateKey, name: string, value: Uint8Array): Promise<void>;
  range(collection: string | undefined, startKey: string, endKey: string): Promise<Rows<KeyValue>>;
  page(startKey: string, endKey: string, pageSize: number): Promise<PagedRows>;
  query(collection: string | undefined, query: string): Promise<Rows<KeyValue>>;
  history(key: string): Promise<Rows<KeyModification>>;
  invoke(chaincode: string, input: peer.ChaincodeInput): Promise<peer.Response>;
}
