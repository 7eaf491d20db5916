/**
 * Writing public state: what a public command and a batch are given.
 */
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { collectionOf } from './institutions.ts';
import { brokenSeal, compositeKey, sealKey, sealValue, verdictKey } from './keys.ts';
import { entryKeysOf, entryValueOf } from './index-entries.ts';
import { Reader } from './reader.ts';
import {
  encodeRecord,
  keyOfRecord,
  type RecordType,
  type Stored,
  writtenRecord,
} from './record.ts';
import { writeAll } from './write-batch.ts';

/** Something that happened, in the past tense, with nothing personal in it. */
export type LedgerEvent = { readonly name: string } & { readonly [member: string]: Json };

/** Collects a command's writes, which reach the peer only when the whole command was accepted. */
export class PublicLedger extends Reader {
  /** Texts by key; null where a key goes. */
  readonly #written = new Map<string, string | null>();
  readonly #seals = new Map<string, { readonly collection: string; readonly value: string }>();
  readonly #events: LedgerEvent[] = [];
  /** How to take back what the item at hand has written, in the order of its writes. */
  #undo: (() => void)[] = [];

  /** Writes a record; its revision is one more than that of the record read before it. */
  async put<Data>(type: RecordType<Data>, data: Data): Promise<Stored<Data>> {
    return (await this.#write(type, data)).stored;
  }

  /**
   * Writes a record with the seal of the organisation that alone may decide it.
   *
   * Every endorser writes the hash; only the sealing organisation's endorsement makes it valid.
   */
  async putSealed<Data>(
    type: RecordType<Data>,
    data: Data,
    sealedBy: string,
  ): Promise<Stored<Data>> {
    const { key, text, stored } = await this.#write(type, data);
    const seal = { collection: collectionOf(sealedBy), value: sealValue(text) };
    this.#set(this.#seals, sealKey(key), seal);
    return stored;
  }

  /** What the seal says that this transaction has put under a record. */
  sealOf<Data>(type: RecordType<Data>, parts: readonly string[]): string {
    const seal = this.#seals.get(sealKey(compositeKey(type.name, parts)));
    if (seal === undefined) throw new Error(`no ${type.name} of this key was sealed`);
    return seal.value;
  }

  /**
   * Takes an organisation's seal off a record, without a look at either, so that of two transactions
   * that do it at a time none is in the other's way.
   */
  breakSeal<Data>(type: RecordType<Data>, parts: readonly string[], sealedBy: string): void {
    const broken = { collection: collectionOf(sealedBy), value: brokenSeal };
    this.#set(this.#seals, sealKey(compositeKey(type.name, parts)), broken);
  }

  /** SHA-256 of a private value, with this transaction's own seals. */
  override async privateHash(mspId: string, key: string): Promise<string | undefined> {
    const own = this.#seals.get(key);
    return own?.collection === collectionOf(mspId)
      ? sha256Hex(own.value)
      : super.privateHash(mspId, key);
  }

  /**
   * Whether a holder's own peer has given exactly this verdict: its text is the command's argument,
   * its hash stands in the holder's collection, where only that holder could have written it.
   */
  async hasVerdict(holder: string, text: string): Promise<boolean> {
    return (await this.privateHash(holder, verdictKey(text))) === sha256Hex(text);
  }

  /** Tells the listeners what happened; all events of a command go out as one. */
  emit(event: LedgerEvent): void {
    this.#events.push(event);
  }

  /**
   * Runs one item of a batch: if it is refused, nothing of it remains. What it did is taken back
   * write by write, so that a batch costs no more than its items.
   */
  async attempt<T extends { readonly ok: boolean }>(item: () => Promise<T>): Promise<T> {
    this.#undo = [];
    const eventsBefore = this.#events.length;
    const outcome = await item();
    if (!outcome.ok) {
      for (const takeBack of this.#undo.reverse()) takeBack();
      this.#events.length = eventsBefore;
    }
    return outcome;
  }

  /** Hands the writes and the one event to the peer; Fabric keeps a transaction's last event only. */
  async flush(eventName: string): Promise<void> {
    await writeAll(this.stub, [
      ...Array.from(this.#written, ([key, value]) => ({ key, value })),
      ...Array.from(this.#seals, ([key, seal]) => ({ key, ...seal })),
    ]);
    if (this.#events.length === 0) return;
    const { transactionId, time } = this.circumstances;
    const payload = canonicalJson({ events: this.#events, time, transactionId });
    this.stub.setEvent(eventName, Buffer.from(payload));
  }

  async #write<Data>(type: RecordType<Data>, data: Data) {
    const key = keyOfRecord(type, data);
    const before = await this.textAt(key);
    const earlier = before === null ? undefined : writtenRecord(type, before);
    const stored = { data, revision: (earlier?.revision ?? 0) + 1 };
    const text = encodeRecord(type, stored);
    this.#set(this.texts, key, text);
    this.#set(this.#written, key, text);
    this.#index(type, earlier?.data, data);
    return { key, text, stored };
  }

  /** Moves the record's index entries: one write for each that comes, one for each that goes. */
  #index<Data>(type: RecordType<Data>, earlier: Data | undefined, data: Data): void {
    const before = earlier === undefined ? new Set<string>() : entryKeysOf(type, earlier);
    const after = entryKeysOf(type, data);
    for (const key of before) if (!after.has(key)) this.#set(this.#written, key, null);
    const value = entryValueOf(type, data);
    for (const key of after) if (!before.has(key)) this.#set(this.#written, key, value);
  }

  #set<Value>(map: Map<string, Value>, key: string, value: Value): void {
    const before = map.get(key);
    this.#undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
    map.set(key, value);
  }
}
