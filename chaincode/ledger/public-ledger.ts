/**
 * Writing public state: what a public command and a batch are given.
 */
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { collectionOf } from './institutions.ts';
import { sealKey, sealValue, verdictKey } from './keys.ts';
import { Reader } from './reader.ts';
import { encodeRecord, decodeRecord, keyOfRecord, type RecordType, type Stored } from './record.ts';

/** Something that happened, in the past tense, with nothing personal in it. */
export type LedgerEvent = { readonly name: string } & { readonly [member: string]: Json };

/** Collects a command's writes, which reach the peer only when the whole command was accepted. */
export class PublicLedger extends Reader {
  readonly #written = new Map<string, string>();
  readonly #seals = new Map<string, { readonly collection: string; readonly value: string }>();
  #events: LedgerEvent[] = [];

  /** Writes a record; its revision is one more than that of the record read before it. */
  async put<Data>(type: RecordType<Data>, data: Data): Promise<Stored<Data>> {
    const key = keyOfRecord(type, data);
    const before = await this.textAt(key);
    const revision = before === null ? 1 : decodeRecord(type, before).revision + 1;
    const stored = { data, revision };
    const text = encodeRecord(type, stored);
    this.texts.set(key, text);
    this.#written.set(key, text);
    return stored;
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
    const stored = await this.put(type, data);
    const key = keyOfRecord(type, data);
    this.#seals.set(sealKey(key), {
      collection: collectionOf(sealedBy),
      value: sealValue(encodeRecord(type, stored)),
    });
    return stored;
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

  /** Runs one item of a batch: if it is refused, nothing of it remains. */
  async attempt<T extends { readonly ok: boolean }>(item: () => Promise<T>): Promise<T> {
    const [texts, written] = [new Map(this.texts), new Map(this.#written)];
    const [seals, events] = [new Map(this.#seals), [...this.#events]];
    const outcome = await item();
    if (!outcome.ok) {
      restore(this.texts, texts);
      restore(this.#written, written);
      restore(this.#seals, seals);
      this.#events = events;
    }
    return outcome;
  }

  /** Hands the writes and the one event to the peer; Fabric keeps a transaction's last event only. */
  async flush(eventName: string): Promise<void> {
    for (const [key, text] of this.#written) await this.stub.putState(key, Buffer.from(text));
    for (const [key, { collection, value }] of this.#seals) {
      await this.stub.putPrivateData(collection, key, Buffer.from(value));
    }
    if (this.#events.length === 0) return;
    const { transactionId, time } = this.circumstances;
    const payload = canonicalJson({ events: this.#events, time, transactionId });
    this.stub.setEvent(eventName, Buffer.from(payload));
  }
}

function restore<Key, Value>(map: Map<Key, Value>, to: ReadonlyMap<Key, Value>): void {
  map.clear();
  for (const [key, value] of to) map.set(key, value);
}
