import type { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeOutcome } from './chaincode-runner.ts';
import type { Metadata } from './read-write-set.ts';

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

/** Names one key of a chaincode: public where the collection is empty. */
export type StateKey = { readonly collection: string; readonly key: string };

/**
 * What a running chaincode may ask of the ledger, with Fabric's rules and Fabric's words.
 *
 * Every method throws or rejects with the text that a peer would send back in an `ERROR` message.
 */
export interface LedgerAccess {
  get(at: StateKey): Uint8Array | undefined;
  put(at: StateKey, value: Uint8Array): void;
  delete(at: StateKey): void;
  purge(at: StateKey): void;
  /** SHA-256 of a private value, which every peer holds. */
  privateHash(at: StateKey): Uint8Array | undefined;
  metadata(at: StateKey): Metadata;
  putMetadata(at: StateKey, metadata: Metadata): void;
  range(collection: string, startKey: string, endKey: string): Rows<KeyValue>;
  page(startKey: string, endKey: string, pageSize: number): PagedRows;
  query(collection: string, paginated: boolean): Rows<KeyValue>;
  history(key: string): Rows<KeyModification>;
  /** `NAME`, `NAME:VERSION` or `NAME/CHANNEL`, as chaincode may name another. */
  invoke(chaincode: string, input: peer.ChaincodeInput): Promise<ChaincodeOutcome>;
}
