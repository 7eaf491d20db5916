/**
 * A stub for contracts that reads from a world and collects what is written: all that our contracts
 * use of the shim's own, without a peer and a stream behind it. `ledger.test.ts` compares the two.
 */
import type { ChaincodeStub } from 'fabric-shim';
import type { World } from './world.ts';

/** One call, as the peer hands it to the chaincode. */
export type Proposal = {
  readonly transactionId: string;
  readonly timeMs: number;
  readonly transient: ReadonlyMap<string, Uint8Array>;
  /** The organisation at whose peer it runs: its collection alone can be read there. */
  readonly at: string;
};

/** The part of the shim's stub that contracts may use. */
type Served = Pick<
  ChaincodeStub,
  | 'getState'
  | 'putState'
  | 'deleteState'
  | 'getPrivateData'
  | 'getPrivateDataHash'
  | 'putPrivateData'
  | 'deletePrivateData'
  | 'purgePrivateData'
  | 'getTransient'
  | 'getTxID'
  | 'getChannelID'
  | 'setEvent'
>;

const nothing = Buffer.alloc(0);

/** What a peer says of a value whose hash it knows and whose bytes it has not. */
const notAvailable = 'private data matching public hash version is not available';

/** Runs one proposal over a world; the world changes only when the caller commits the writes. */
export class ModelStub implements Served {
  readonly state = new Map<string, Buffer | undefined>();
  readonly privates = new Map<string, Map<string, Buffer | undefined>>();
  event: { readonly name: string; readonly payload: string } | undefined;
  readonly #world: World;
  readonly #proposal: Proposal;

  constructor(world: World, proposal: Proposal) {
    this.#world = world;
    this.#proposal = proposal;
  }

  getTxID(): string {
    return this.#proposal.transactionId;
  }

  getChannelID(): string {
    return channelName;
  }

  getTransient(): Map<string, Uint8Array> {
    return new Map(this.#proposal.transient);
  }

  getTxTimestamp(): { seconds: number; nanos: number } {
    return timestampOf(this.#proposal.timeMs);
  }

  /** As the ledger stands: a transaction does not see its own writes. */
  async getState(key: string): Promise<Uint8Array> {
    return this.#world.value(key) ?? nothing;
  }

  async putState(key: string, value: Uint8Array): Promise<void> {
    this.state.set(key, written(key, value));
  }

  async deleteState(key: string): Promise<void> {
    this.state.set(key, undefined);
  }

  async getPrivateData(collection: string, key: string): Promise<Uint8Array> {
    if (collection !== `_implicit_org_${this.#proposal.at}`) {
      throw new Error(`tx creator does not have read access permission on ${collection}`);
    }
    if (this.#world.isLost(collection, key)) throw new Error(notAvailable);
    return this.#world.privateValue(collection, key) ?? nothing;
  }

  async getPrivateDataHash(collection: string, key: string): Promise<Uint8Array> {
    return this.#world.privateHash(collection, key) ?? nothing;
  }

  async putPrivateData(collection: string, key: string, value: Uint8Array): Promise<void> {
    this.#writePrivate(collection, key, written(key, value));
  }

  async deletePrivateData(collection: string, key: string): Promise<void> {
    this.#writePrivate(collection, key, undefined);
  }

  async purgePrivateData(collection: string, key: string): Promise<void> {
    this.#writePrivate(collection, key, undefined);
  }

  /** The keys that begin with these parts; a value of the whole key's own is not among them. */
  async *getStateByPartialCompositeKey(type: string, attributes: readonly string[]) {
    for (const key of this.#world.keysFrom(partialKey(type, attributes))) {
      yield { key, value: this.#world.value(key) ?? nothing };
    }
  }

  /** One page of them; the bookmark is the key with which the next page begins. */
  async getStateByPartialCompositeKeyWithPagination(
    type: string,
    attributes: readonly string[],
    pageSize: number,
    bookmark = '',
  ) {
    const keys = this.#world.keysFrom(partialKey(type, attributes));
    const first = bookmark === '' ? 0 : keys.indexOf(bookmark);
    const page = keys.slice(first, first + pageSize);
    const next = keys[first + pageSize] ?? '';
    const iterator = listed(page.map((key) => ({ key, value: this.#world.value(key) ?? nothing })));
    return { iterator, metadata: { bookmark: next, fetchedRecordsCount: page.length } };
  }

  /** The changes of a key, newest first. */
  async *getHistoryForKey(key: string) {
    for (const { transactionId, timeMs, value } of this.#world.history(key).toReversed()) {
      const isDelete = value === undefined;
      yield {
        txId: transactionId,
        timestamp: timestampOf(timeMs),
        value: value ?? nothing,
        isDelete,
      };
    }
  }

  setEvent(name: string, payload: Uint8Array): void {
    this.event = { name, payload: Buffer.from(payload).toString() };
  }

  #writePrivate(collection: string, key: string, value: Buffer | undefined): void {
    const values = this.privates.get(collection) ?? new Map<string, Buffer | undefined>();
    values.set(key, value);
    this.privates.set(collection, values);
  }
}

/** The channel of every world. */
export const channelName = 'kepil';

function partialKey(type: string, attributes: readonly string[]): string {
  return `\u0000${[type, ...attributes].map((part) => `${part}\u0000`).join('')}`;
}

/** Fabric refuses an empty key and takes an empty value for none. */
function written(key: string, value: Uint8Array): Buffer {
  if (key === '' || value.length === 0) throw new Error('an empty key or value');
  return Buffer.from(value);
}

function timestampOf(timeMs: number) {
  return { seconds: Math.floor(timeMs / 1000), nanos: (timeMs % 1000) * 1_000_000 };
}

/** A list as the shim's iterators give it. */
function listed<T>(items: readonly T[]) {
  let next = 0;
  return {
    next: async () =>
      next < items.length
        ? { done: false as const, value: items[next++] as T }
        : { done: true as const, value: undefined },
    close: async () => undefined,
  };
}
