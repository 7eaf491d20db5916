/**
 * Records of the ledger: what stands under a key, with the schema it was written by and the count of
 * its changes.
 */
import type { z } from 'zod';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { compositeKey } from './keys.ts';

/** A kind of record: its name in keys, its version, its schema, and where one of it stands. */
export type RecordType<Data> = {
  /** Stands in the key and in the record: `regime.edition`. */
  readonly name: string;
  /** Grows when the schema changes its meaning; older records then need `upgrade`. */
  readonly version: number;
  readonly schema: z.ZodType<Data>;
  /** The parts of the key, from the record itself. */
  readonly keyOf: (data: Data) => readonly string[];
  /** By what else than its key a record is found; `index-entries.ts` says how. */
  readonly indexes?: Readonly<Record<string, Index<Data>>>;
  /** Turns the data of an older version into today's; the ledger's text stays as it was written. */
  readonly upgrade?: (data: unknown, version: number) => unknown;
};

/** The values under which a record is found, each as parts of a key; none where it is not. */
export type Index<Data> = (data: Data) => readonly (readonly string[])[];

/** A record as read: its data and how many times it was written. */
export type Stored<Data> = { readonly data: Data; readonly revision: number };

/** Keeps the type of the data that a schema gives. */
export function recordType<Data>(type: RecordType<Data>): RecordType<Data> {
  return type;
}

/** The key of a record. */
export function keyOfRecord<Data>(type: RecordType<Data>, data: Data): string {
  return compositeKey(type.name, type.keyOf(data));
}

/** The text that stands on the ledger; seals and extracts are hashes of exactly this. */
export function encodeRecord<Data>(
  type: RecordType<Data>,
  { data, revision }: Stored<Data>,
): string {
  const parsed = type.schema.parse(data);
  return canonicalJson({ data: parsed as Json, revision, type: type.name, version: type.version });
}

/**
 * A record as it was written, without holding its data to the schema again: where a writer needs the
 * count of its changes and by what it was found, and where a seal shows that the text went through
 * the schema when it was written.
 */
export function writtenRecord<Data>(type: RecordType<Data>, text: string): Stored<Data> {
  const { data, version, revision } = envelopeOf(type, text);
  const current = version === type.version ? data : type.upgrade?.(data, version);
  return { data: current as Data, revision };
}

/** Reads a record back; text that does not fit its type is a fault of ours and stops the command. */
export function decodeRecord<Data>(type: RecordType<Data>, text: string): Stored<Data> {
  const { data, revision } = writtenRecord(type, text);
  return { data: type.schema.parse(data), revision };
}

/** What stands around a record's data. */
type Envelope = {
  readonly type: string;
  readonly version: number;
  readonly revision: number;
  readonly data: unknown;
};

function envelopeOf({ name }: { readonly name: string }, text: string): Envelope {
  const envelope = JSON.parse(text) as Envelope;
  if (envelope.type !== name) throw new Error(`a ${name} was expected under this key`);
  return envelope;
}
