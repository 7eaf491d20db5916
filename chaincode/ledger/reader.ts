/**
 * Reading the ledger: typed records by key, lists in pages, histories, hashes of private records.
 */
import type { ChaincodeStub } from 'fabric-shim';
import { type Instant, instantOfSeconds } from '../kernel/instant.ts';
import { accepted, type Outcome } from '../kernel/outcome.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { Caller } from './caller.ts';
import { cursorAt, keyAt } from './cursor.ts';
import { entryKeysOf, indexName, recordPartsOf } from './index-entries.ts';
import { collectionOf } from './institutions.ts';
import { compositeKey, sealKey, sealValue } from './keys.ts';
import { readAll } from './read-batch.ts';
import {
  decodeRecord,
  keyOfRecord,
  type RecordType,
  type Stored,
  writtenRecord,
} from './record.ts';

/** What every transaction knows of itself. */
export type Circumstances = {
  readonly caller: Caller;
  /** The transaction's time, which its client chose within fifteen minutes: never a rank or a term. */
  readonly time: Instant;
  readonly transactionId: string;
  readonly channel: string;
};

/** One page of a list, and where the next one begins. */
export type Page<Data> = { readonly items: readonly Stored<Data>[]; readonly next?: string };

/** Which page of a list is asked for: the first one where there is no cursor. */
export type PageAsked = { readonly limit: number; readonly cursor?: string | undefined };

/** What stands under one key. */
type Row = { readonly key: string; readonly text: string };

/** Most records of one page; the caller asks again with the cursor. */
export const pageItemsMax = 100;

/** One change of a record, as the ledger's history keeps it. */
export type Change<Data> = {
  readonly transactionId: string;
  readonly time: Instant;
  readonly record: Stored<Data>;
};

/**
 * A private record as the asked peer has it. `LACKING`: its hash is on the chain and the peer does
 * not have it, as after a restore from an older backup.
 */
export type Own =
  { readonly state: 'HELD'; readonly text: string } | { readonly state: 'ABSENT' | 'LACKING' };

/**
 * A record that counts only under an organisation's seal. `ALTERED`: it was sealed, and what stands
 * there now is another text, or nothing.
 */
export type SealedRecord<Data> =
  { readonly state: 'SEALED'; readonly data: Data } | { readonly state: 'ABSENT' | 'ALTERED' };

/** Fabric's words for it; the shim gives no code. */
const notAvailable = 'private data matching public hash version is not available';

/** Most changes that a history shows. */
const changesMax = 500;

/** Reads records; what a query is given, and what every command stands on. */
export class Reader {
  readonly circumstances: Circumstances;
  protected readonly stub: ChaincodeStub;
  /** Texts by key as this transaction sees them, its own writes included; null where nothing is. */
  protected readonly texts = new Map<string, string | null>();
  /** Hashes of private values that a sealed list vouches for, by collection and key. */
  readonly #vouched = new Map<string, string>();

  constructor(stub: ChaincodeStub, circumstances: Circumstances) {
    this.stub = stub;
    this.circumstances = circumstances;
  }

  get caller(): Caller {
    return this.circumstances.caller;
  }

  /** The record under a key made of these parts, or nothing. */
  async find<Data>(
    type: RecordType<Data>,
    parts: readonly string[],
  ): Promise<Stored<Data> | undefined> {
    const key = compositeKey(type.name, parts);
    const text = await this.textAt(key);
    return text === null ? undefined : ownRecord(type, key, text);
  }

  /**
   * The data under a key as somebody wrote it, of whatever shape: neither a seal nor a schema has shown
   * anything of it. It may say where to look, and no more.
   */
  async hintAt<Data>(type: RecordType<Data>, parts: readonly string[]): Promise<unknown> {
    const text = await this.textAt(compositeKey(type.name, parts));
    try {
      return text === null ? undefined : writtenRecord(type, text).data;
    } catch {
      return undefined;
    }
  }

  /** Reads records that will be found one by one, in one message. */
  async foresee<Data>(
    type: RecordType<Data>,
    records: readonly (readonly string[])[],
  ): Promise<void> {
    const keys = records.map((parts) => compositeKey(type.name, parts));
    const unread = [...new Set(keys)].filter((key) => !this.texts.has(key));
    const values = await readAll(this.stub, unread);
    unread.forEach((key, index) => {
      const value = values[index];
      if (value === undefined) throw new Error('the peer answered for fewer keys than were asked');
      this.texts.set(key, value.length === 0 ? null : textOf(value));
    });
  }

  /** Whether there is a record on the ledger whose key begins with these parts. */
  async hasAny<Data>(type: RecordType<Data>, parts: readonly string[]): Promise<boolean> {
    for await (const _ of this.stub.getStateByPartialCompositeKey(type.name, [...parts])) {
      return true;
    }
    return false;
  }

  /**
   * All records whose keys begin with these parts; a command may use it. At most one page of them,
   * unless the keys themselves bound how many more there can be.
   */
  async findAll<Data>(
    type: RecordType<Data>,
    parts: readonly string[] = [],
    most = pageItemsMax,
  ): Promise<readonly Stored<Data>[]> {
    const found: Stored<Data>[] = [];
    for await (const { key, value } of this.stub.getStateByPartialCompositeKey(type.name, [
      ...parts,
    ])) {
      if (found.length === most) throw new Error(`more than ${most} of ${type.name}`);
      const record = ownRecord(type, key, this.texts.get(key) ?? textOf(value));
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  /** One page of the records whose keys begin with these parts; queries only, as Fabric demands. */
  async page<Data>(
    type: RecordType<Data>,
    parts: readonly string[],
    asked: PageAsked,
  ): Promise<Outcome<Page<Data>>> {
    const rows = await this.#rows(type.name, parts, asked);
    if (!rows.ok) return rows;
    const items = rows.value.items.flatMap(({ key, text }) => ownRecord(type, key, text) ?? []);
    return accepted({ ...rows.value, items });
  }

  /**
   * One page of the records that an index has under these values; queries only.
   *
   * A page may hold fewer records than were asked for, and yet not be the last: an entry without a
   * record that has the values is passed over.
   */
  async pageBy<Data>(
    type: RecordType<Data>,
    index: string,
    values: readonly string[],
    asked: PageAsked,
  ): Promise<Outcome<Page<Data>>> {
    const rows = await this.#rows(indexName(type, index), values, asked);
    if (!rows.ok) return rows;
    const items: Stored<Data>[] = [];
    for (const { key, text } of rows.value.items) {
      const found = await this.find(type, recordPartsOf(key, text));
      if (found !== undefined && entryKeysOf(type, found.data).has(key)) items.push(found);
    }
    return accepted({ ...rows.value, items });
  }

  /** One page of keys and texts under a prefix. */
  async #rows(
    name: string,
    parts: readonly string[],
    { limit, cursor }: PageAsked,
  ): Promise<Outcome<{ readonly items: readonly Row[]; readonly next?: string }>> {
    const prefix = compositeKey(name, parts);
    const start = cursor === undefined ? accepted('') : keyAt(prefix, cursor);
    if (!start.ok) return start;
    const { iterator, metadata } = await this.stub.getStateByPartialCompositeKeyWithPagination(
      name,
      [...parts],
      Math.min(limit, pageItemsMax),
      start.value,
    );
    const items: Row[] = [];
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      items.push({ key: step.value.key, text: textOf(step.value.value) });
    }
    await iterator.close();
    // The shim leaves metadata out of an empty page, whatever its type says.
    const next = (metadata as typeof metadata | undefined)?.bookmark ?? '';
    return accepted(next === '' ? { items } : { items, next: cursorAt(prefix, next) });
  }

  /** Every change of a record, newest first, with its transaction. */
  async history<Data>(
    type: RecordType<Data>,
    parts: readonly string[],
  ): Promise<readonly Change<Data>[]> {
    const changes: Change<Data>[] = [];
    const key = compositeKey(type.name, parts);
    for await (const { txId, timestamp, value, isDelete } of this.stub.getHistoryForKey(key)) {
      if (isDelete || changes.length === changesMax) continue;
      changes.push({
        transactionId: txId,
        time: instantOf(timestamp),
        record: decodeRecord(type, textOf(value)),
      });
    }
    return changes;
  }

  /**
   * A record's exact text with the transaction that wrote it: what an extract certifies. Queries only;
   * a peer keeps histories beside its state, and may have one of the two a block earlier.
   */
  async written<Data>(
    type: RecordType<Data>,
    data: Data,
  ): Promise<{ readonly text: string; readonly transactionId: string } | undefined> {
    const key = keyOfRecord(type, data);
    const text = await this.textAt(key);
    for await (const { txId, value } of this.stub.getHistoryForKey(key)) {
      if (text !== null && textOf(value) === text) return { text, transactionId: txId };
    }
    return undefined;
  }

  /**
   * Whether an organisation's seal agrees with a record as it stands.
   *
   * A record that only the registrar or the authority may decide counts only with the seal: the
   * majority could write the record, but not the hash in that organisation's own collection.
   */
  async isSealed<Data>(type: RecordType<Data>, data: Data, sealedBy: string): Promise<boolean> {
    const key = keyOfRecord(type, data);
    const text = await this.textAt(key);
    if (text === null) return false;
    const hash = await this.privateHash(sealedBy, sealKey(key));
    return hash === sha256Hex(sealValue(text));
  }

  /**
   * Whether an organisation has sealed a record under a key made of these parts, whatever stands there
   * now: the majority could take the record away, and not the seal.
   */
  async wasSealed<Data>(
    type: RecordType<Data>,
    parts: readonly string[],
    sealedBy: string,
  ): Promise<boolean> {
    const key = compositeKey(type.name, parts);
    return (await this.privateHash(sealedBy, sealKey(key))) !== undefined;
  }

  /**
   * The record under a key as an organisation's seal of this very key shows it. What was never sealed
   * is not there, whoever wrote it; the text is not read as a record before the seal agrees. It went
   * through its schema before it was sealed.
   */
  async findSealed<Data>(
    type: RecordType<Data>,
    parts: readonly string[],
    sealedBy: string,
  ): Promise<SealedRecord<Data>> {
    const key = compositeKey(type.name, parts);
    const seal = await this.privateHash(sealedBy, sealKey(key));
    if (seal === undefined) return { state: 'ABSENT' };
    const text = await this.textAt(key);
    return text !== null && seal === sha256Hex(sealValue(text))
      ? { state: 'SEALED', data: writtenRecord(type, text).data }
      : { state: 'ALTERED' };
  }

  /**
   * The record under a key where it bears an organisation's seal, for those to whom one that is
   * altered is none: where nothing stands, no seal is asked for.
   */
  async sealedAt<Data>(
    type: RecordType<Data>,
    parts: readonly string[],
    sealedBy: string,
  ): Promise<Data | undefined> {
    if ((await this.textAt(compositeKey(type.name, parts))) === null) return undefined;
    const found = await this.findSealed(type, parts, sealedBy);
    return found.state === 'SEALED' ? found.data : undefined;
  }

  /**
   * Takes records that were read for sealed whose seals stand in a list, so that the peer is not asked
   * for each. The list itself has to be sealed, and to lose its seal when one of the records changes.
   */
  vouch<Data>(
    type: RecordType<Data>,
    listed: { readonly records: readonly (readonly string[])[]; readonly seals: readonly string[] },
    sealedBy: string,
  ): void {
    const seals = new Set(listed.seals);
    for (const parts of listed.records) {
      const key = compositeKey(type.name, parts);
      const text = this.texts.get(key);
      if (typeof text !== 'string' || !seals.has(sealValue(text))) continue;
      // A listed text may have been put in another's place.
      if (keyOfRecord(type, writtenRecord(type, text).data) !== key) continue;
      this.#vouched.set(privatePlace(sealedBy, sealKey(key)), sha256Hex(sealValue(text)));
    }
  }

  /** SHA-256 of a private value, in hex; every peer knows it, holder or not. Nothing if there is none. */
  async privateHash(mspId: string, key: string): Promise<string | undefined> {
    const vouched = this.#vouched.get(privatePlace(mspId, key));
    if (vouched !== undefined) return vouched;
    const hash = await this.stub.getPrivateDataHash(collectionOf(mspId), key);
    return hash.length === 0 ? undefined : Buffer.from(hash).toString('hex');
  }

  /** A private record of the caller's own organisation; evaluated at that organisation's own peer. */
  async findOwn(key: string): Promise<Own> {
    try {
      const value = await this.stub.getPrivateData(collectionOf(this.caller.mspId), key);
      return value.length === 0 ? { state: 'ABSENT' } : { state: 'HELD', text: textOf(value) };
    } catch (error) {
      if (error instanceof Error && error.message.includes(notAvailable)) {
        return { state: 'LACKING' };
      }
      throw error;
    }
  }

  /** The text under a key, with this transaction's own writes; read from the peer at most once. */
  protected async textAt(key: string): Promise<string | null> {
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const value = await this.stub.getState(key);
    const text = value.length === 0 ? null : textOf(value);
    this.texts.set(key, text);
    return text;
  }
}

function privatePlace(mspId: string, key: string): string {
  return `${collectionOf(mspId)} ${key}`;
}

/**
 * The record under a key, if that is its own: a majority could put one record's text, with the seal
 * that it bears, in the place of another.
 */
function ownRecord<Data>(
  type: RecordType<Data>,
  key: string,
  text: string,
): Stored<Data> | undefined {
  const record = decodeRecord(type, text);
  return keyOfRecord(type, record.data) === key ? record : undefined;
}

/** Fabric's time stamp: the shim gives the seconds as a long here and as a number there. */
type Timestamp = {
  readonly seconds: number | { toNumber(): number };
  readonly nanos: number;
};

/** The instant of a time stamp of the ledger. */
export function instantOf({ seconds, nanos }: Timestamp): Instant {
  return instantOfSeconds(typeof seconds === 'number' ? seconds : seconds.toNumber(), nanos);
}

function textOf(value: Uint8Array): string {
  return Buffer.from(value).toString('utf8');
}
