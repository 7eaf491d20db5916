/**
 * Entries of indexes: how records are found by something else than their key.
 *
 * An entry is a key made of the index, the values and the record's own key, with a tiny value. It is
 * written with the record, in one transaction, and only where the values changed. It is a pointer and
 * proves nothing: whoever follows it reads the record, its seal, and whether it still has the values.
 *
 * Commands never read indexes, since two that run at the same time would meet in a range; only
 * queries do, which nobody orders. An index that is declared for records that there are already finds
 * each of them once it is written again with other values.
 */
import { compositeKey } from './keys.ts';
import type { RecordType } from './record.ts';

/** The name that the keys of an index begin with: `application.by.pledgee`. */
export function indexName({ name }: { readonly name: string }, index: string): string {
  return `${name}.by.${index}`;
}

/** The keys of all entries of a record. */
export function entryKeysOf<Data>(type: RecordType<Data>, data: Data): ReadonlySet<string> {
  const keys = Object.entries(type.indexes ?? {}).flatMap(([index, valuesOf]) =>
    valuesOf(data).map((values) =>
      compositeKey(indexName(type, index), [...values, ...type.keyOf(data)]),
    ),
  );
  return new Set(keys);
}

/** What stands under an entry's key: how many of its last parts are the record's own key. */
export function entryValueOf<Data>(type: RecordType<Data>, data: Data): string {
  return String(type.keyOf(data).length);
}

/** The parts of the record's key at the end of an entry's. */
export function recordPartsOf(entryKey: string, entryValue: string): readonly string[] {
  const parts = entryKey.slice(1, -1).split('\u0000');
  return parts.slice(-Number(entryValue));
}
