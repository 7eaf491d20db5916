/**
 * What a peer of the channel knows after some commands: public state, every organisation's private
 * collection, the history of each key.
 *
 * It is a value that is cheap to copy, so that thousands of sequences start from one prepared
 * world instead of founding the consortium thousands of times.
 */
import { createHash } from 'node:crypto';

/** One change of a public key; no value is a deletion. */
export type KeyChange = {
  readonly transactionId: string;
  readonly timeMs: number;
  readonly value: Buffer | undefined;
};

/** What a transaction writes; no value is a deletion or a purge. */
export type Writes = {
  readonly state: ReadonlyMap<string, Buffer | undefined>;
  /** By collection, then by key. */
  readonly privates: ReadonlyMap<string, ReadonlyMap<string, Buffer | undefined>>;
};

/** A ledger in memory; only whole transactions change it. */
export class World {
  readonly #state: Map<string, Buffer>;
  readonly #privates: Map<string, Map<string, Buffer>>;
  readonly #history: Map<string, readonly KeyChange[]>;
  /** By collection and key, the hashes of values that the holder's peer has lost. */
  readonly #lost: Map<string, Buffer>;

  constructor(like?: World) {
    this.#state = new Map(like === undefined ? [] : like.#state);
    this.#history = new Map(like === undefined ? [] : like.#history);
    this.#lost = new Map(like === undefined ? [] : like.#lost);
    this.#privates = new Map();
    for (const [collection, values] of like === undefined ? [] : like.#privates) {
      this.#privates.set(collection, new Map(values));
    }
  }

  /** A public value. */
  value(key: string): Buffer | undefined {
    return this.#state.get(key);
  }

  /** The public keys that begin so, in the order of the ledger: by the bytes of their UTF-8. */
  keysFrom(prefix: string): readonly string[] {
    const found: string[] = [];
    for (const key of this.#state.keys()) if (key.startsWith(prefix)) found.push(key);
    return found.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  }

  /** A private value, as the peers of the collection's organisation hold it. */
  privateValue(collection: string, key: string): Buffer | undefined {
    return this.#privates.get(collection)?.get(key);
  }

  /** SHA-256 of a private value, which every peer knows. */
  privateHash(collection: string, key: string): Buffer | undefined {
    const value = this.privateValue(collection, key);
    return value ? sha256(value) : this.#lost.get(`${collection} ${key}`);
  }

  /** The holder's peer loses a value, as by a restore from an older backup; its hash stands. */
  lose(collection: string, key: string): void {
    const value = this.privateValue(collection, key);
    if (value === undefined) throw new Error('nothing to lose');
    this.#lost.set(`${collection} ${key}`, sha256(value));
    this.#privates.get(collection)?.delete(key);
  }

  /** Whether the hash of a value stands that the holder's peer has not. */
  isLost(collection: string, key: string): boolean {
    return this.#lost.has(`${collection} ${key}`);
  }

  /** The keys of a collection. */
  privateKeys(collection: string): readonly string[] {
    return [...(this.#privates.get(collection)?.keys() ?? [])];
  }

  /** The collections in which anything was ever written. */
  collections(): readonly string[] {
    return [...this.#privates.keys()];
  }

  /** The changes of a public key, oldest first. */
  history(key: string): readonly KeyChange[] {
    return this.#history.get(key) ?? [];
  }

  /** Whether the same stands under every key, public and private. */
  equals(other: World): boolean {
    return (
      sameValues(this.#state, other.#state) &&
      this.#privates.size === other.#privates.size &&
      [...this.#privates].every(([collection, values]) =>
        sameValues(values, other.#privates.get(collection) ?? new Map()),
      )
    );
  }

  /** Takes a transaction's writes. */
  commit({ state, privates }: Writes, transactionId: string, timeMs: number): void {
    for (const [key, value] of state) {
      set(this.#state, key, value);
      this.#history.set(key, [...this.history(key), { transactionId, timeMs, value }]);
    }
    for (const [collection, values] of privates) {
      const held = this.#privates.get(collection) ?? new Map<string, Buffer>();
      for (const [key, value] of values) {
        set(held, key, value);
        this.#lost.delete(`${collection} ${key}`);
      }
      this.#privates.set(collection, held);
    }
  }
}

function sha256(value: Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}

function set(map: Map<string, Buffer>, key: string, value: Buffer | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function sameValues(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): boolean {
  return (
    one.size === other.size &&
    [...one].every(([key, value]) => other.get(key)?.equals(value) === true)
  );
}
