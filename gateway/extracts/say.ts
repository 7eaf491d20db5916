/** What an extract says, without a word on whether it is so. */
import { accepted, type Outcome, refused } from '../../chaincode/kernel/outcome.ts';
import { keyOfRecord } from '../../chaincode/ledger/record.ts';
import {
  type Encumbrance,
  encumbranceType,
  type RankAgreement,
  rankAgreementType,
} from '../../chaincode/pledges/encumbrance.ts';
import { blockHash } from './block-proof.ts';
import { readable } from './bytes.ts';
import { type Extract, readExtract } from './file.ts';
import { refuse } from './refusals.ts';

/** A record of the register as its text says. */
export type SaidRecord = {
  readonly record:
    | { readonly type: 'encumbrance'; readonly data: Encumbrance; readonly rank?: number }
    | { readonly type: 'rank.agreement'; readonly data: RankAgreement };
  readonly revision: number;
  readonly transactionId: string;
};

/** An extract in its own words. */
export type Said = {
  readonly channel: string;
  readonly fingerprint: string;
  readonly property: string;
  readonly records: readonly SaidRecord[];
};

/** Reads what an extract says. */
export function saidBy(text: string): Outcome<Said> {
  const read = readExtract(text);
  if (!read.ok) return read;
  const { channel, property, register } = read.value;
  const records: SaidRecord[] = [];
  for (const entry of register.records) {
    const said = recordOf(entry, property);
    if (!said.ok) return said;
    records.push(said.value);
  }
  return accepted({ channel, fingerprint: fingerprintOf(read.value), property, records });
}

/** The hash of the channel's first block. */
export function fingerprintOf({ configs }: Extract): string {
  const [first] = configs;
  return first === undefined ? '' : blockHash(first);
}

export type Entry = Extract['register']['records'][number];

/** A record as its own text says, if it is of this property and of the id that it is listed under. */
export function recordOf(entry: Entry, property: string): Outcome<SaidRecord> {
  const said = readable(() => readRecord(entry, property));
  const params = { record: entry.id };
  return said === undefined ? refused(refuse('EXTRACT_RECORD_BROKEN', { params })) : accepted(said);
}

/** The key under which a record stands on the ledger. */
export function keyOf({ record }: SaidRecord): string {
  return record.type === 'encumbrance'
    ? keyOfRecord(encumbranceType, record.data)
    : keyOfRecord(rankAgreementType, record.data);
}

function readRecord(
  { type, id, rank, text, transactionId }: Entry,
  property: string,
): SaidRecord | undefined {
  const stored = JSON.parse(text) as { data: unknown; revision: number; type: string };
  if (stored.type !== type) return undefined;
  const { revision } = stored;
  if (type === 'encumbrance') {
    const data = encumbranceType.schema.parse(stored.data);
    if (data.id !== id || data.property !== property) return undefined;
    const record = { type, data, ...(rank === undefined ? {} : { rank }) };
    return { record, revision, transactionId };
  }
  const data = rankAgreementType.schema.parse(stored.data);
  if (data.application !== id || data.property !== property) return undefined;
  return { record: { type, data }, revision, transactionId };
}
