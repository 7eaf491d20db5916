/** Write sets in words, so that a person sees where two organisations differ. */
import { utf8 } from './bytes.ts';
import type { KeyRead } from './range-reads.ts';
import type { ChaincodeSet, CollectionSet, RangeRead, ReadWriteSet } from './read-write-set.ts';
import { versionText } from './version.ts';

/** Values are shown up to that many characters. */
const shownMax = 300;

/** One read or change a line. */
export function writeSetLines(set: ReadWriteSet): readonly string[] {
  return set.flatMap((part) => [
    ...part.reads.map((read) => `${part.chaincode}: ${readText(read)}`),
    ...part.ranges.map((range) => `${part.chaincode}: ${rangeText(range)}`),
    ...writeLines(part).map((line) => `${part.chaincode}: ${line}`),
    ...part.collections.flatMap((own) =>
      collectionLines(own).map((line) => `${part.chaincode}/${own.collection}: ${line}`),
    ),
  ]);
}

function readText({ key, version }: KeyRead): string {
  return `read ${keyText(key)} at ${versionText(version)}`;
}

function rangeText({ start, end, exhausted, reads, summary }: RangeRead): string {
  const whole = exhausted ? '' : ', not to its end';
  const seen = summary
    ? `hashes ${summary.hashes.map((hash) => Buffer.from(hash).toString('hex')).join(' ')}`
    : reads.map(readText).join('; ');
  return `read the range ${keyText(start)} to ${keyText(end)}${whole}: ${seen}`;
}

function writeLines({ writes, metadataWrites }: ChaincodeSet): readonly string[] {
  return [
    ...writes.map(({ key, value }) =>
      value === undefined
        ? `delete ${keyText(key)}`
        : `write ${keyText(key)} = ${valueText(value)}`,
    ),
    ...metadataWrites.map(({ key }) => `set metadata of ${keyText(key)}`),
  ];
}

function collectionLines({ reads, writes, metadataWrites }: CollectionSet): readonly string[] {
  const name = (hash: Uint8Array) => `key ${Buffer.from(hash).toString('hex')}`;
  return [
    ...reads.map(({ keyHash, version }) => `read ${name(keyHash)} at ${versionText(version)}`),
    ...writes.map(({ keyHash, valueHash, purge }) => {
      if (purge) return `purge ${name(keyHash)}`;
      if (valueHash === undefined) return `delete ${name(keyHash)}`;
      return `write ${name(keyHash)} = hash ${Buffer.from(valueHash).toString('hex')}`;
    }),
    ...metadataWrites.map(({ key }) => `set metadata of ${name(key)}`),
  ];
}

/** Composite keys hold bytes that no terminal shows. */
function keyText(key: string): string {
  return JSON.stringify(key);
}

function valueText(value: Uint8Array): string {
  const text = utf8(value);
  const readable = Buffer.from(text).equals(value) ? text : Buffer.from(value).toString('hex');
  return readable.length > shownMax ? `${readable.slice(0, shownMax)}…` : readable;
}
