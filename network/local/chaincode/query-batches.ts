/** Query results on their way to chaincode: batches of a hundred, as a peer sends them. */
import { ledger, peer } from '@hyperledger/fabric-protos';
import type { KeyModification, KeyValue, PagedRows, Rows } from '../engine/ledger-access.ts';
import { bytesField, varintField } from '../engine/varint.ts';

/** Fabric's `MaxResultLimit`. */
const batchSize = 100;

/** Fabric's `totalQueryLimit`. */
const totalMax = 100_000;

/** Queries that one transaction may hold open. */
const openMax = 1000;

/** A query that chaincode reads on. */
type OpenQuery = {
  readonly rows: Rows<Uint8Array>;
  /** Read already, to be the first of the next batch: so it counts as read, as on Fabric. */
  ahead: Uint8Array[];
  count: number;
};

/** The open queries of one transaction. */
export class QueryBatches {
  readonly #open = new Map<string, OpenQuery>();
  #next = 0;

  /** Opens a query and answers with its first batch. */
  open(rows: Rows<Uint8Array>): Promise<peer.QueryResponse> {
    if (this.#open.size >= openMax) throw new Error('too many open queries in one transaction');
    this.#next += 1;
    const id = String(this.#next);
    this.#open.set(id, { rows, ahead: [], count: 0 });
    return this.next(id);
  }

  /** Answers with a whole page and where the next one starts. */
  async page(rows: PagedRows, pageSize: number): Promise<peer.QueryResponse> {
    const limit = pageSize > 0 ? Math.min(pageSize, totalMax) : totalMax;
    const results: Uint8Array[] = [];
    while (results.length < limit) {
      const row = await rows.next();
      if (row === undefined) break;
      results.push(keyValueBytes(row));
    }
    const metadata = new peer.QueryResponseMetadata();
    metadata.setBookmark(await rows.bookmark());
    metadata.setFetchedRecordsCount(results.length);
    await rows.close();
    this.#next += 1;
    const response = responseOf(String(this.#next), results, false);
    response.setMetadata(metadata.serializeBinary());
    return response;
  }

  async next(id: string): Promise<peer.QueryResponse> {
    const query = this.#open.get(id);
    if (query === undefined) throw new Error('query iterator not found');
    const results = query.ahead;
    while (query.count < totalMax) {
      const row = await query.rows.next();
      if (row === undefined) break;
      query.count += 1;
      if (results.length === batchSize) {
        query.ahead = [row];
        return responseOf(id, results, true);
      }
      results.push(row);
    }
    await this.close(id);
    return responseOf(id, results, false);
  }

  async close(id: string): Promise<peer.QueryResponse> {
    const query = this.#open.get(id);
    this.#open.delete(id);
    await query?.rows.close();
    return responseOf(id, [], false);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.close(id)));
  }
}

function responseOf(
  id: string,
  results: readonly Uint8Array[],
  hasMore: boolean,
): peer.QueryResponse {
  const response = new peer.QueryResponse();
  response.setId(id);
  response.setHasMore(hasMore);
  response.setResultsList(
    results.map((bytes) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(bytes);
      return result;
    }),
  );
  return response;
}

/** Rows as the bytes that a batch carries. */
export function asBytes<Row>(rows: Rows<Row>, encode: (row: Row) => Uint8Array): Rows<Uint8Array> {
  return {
    next: async () => {
      const row = await rows.next();
      return row && encode(row);
    },
    close: () => rows.close(),
  };
}

export function keyValueBytes({ key, value }: KeyValue): Uint8Array {
  const message = new ledger.queryresult.KV();
  message.setKey(key);
  message.setValue(value);
  return message.serializeBinary();
}

/** By hand: the published stubs do not give out the class of the timestamp. */
export function modificationBytes(change: KeyModification): Uint8Array {
  const { seconds, nanos } = change.timestamp;
  return Buffer.concat([
    bytesField(1, Buffer.from(change.txId)),
    bytesField(2, change.value),
    bytesField(3, Buffer.concat([varintField(1, seconds), varintField(2, nanos)])),
    varintField(4, change.isDelete ? 1 : 0),
  ]);
}
