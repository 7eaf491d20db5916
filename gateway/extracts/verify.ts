/**
 * Verifies an extract by itself: no network, no clock, no trust in whoever handed it over.
 *
 * What it proves, in this order: the channel's configuration, change by change from its first block;
 * the register as a majority of the organisations' peers answered it; and for each record in
 * question the block, the transaction, the endorsements and the State Corporation's seal.
 */
import { accepted, type Outcome, refused } from '../../chaincode/kernel/outcome.ts';
import { type Attestation, attested } from './answer-proof.ts';
import { lastConfigOf, signersOf } from './block-proof.ts';
import {
  type Authorities,
  type ChannelConfig,
  channelConfigOf,
  vouchedFor,
} from './channel-config.ts';
import { type Extract, extractId, readExtract } from './file.ts';
import { refuse } from './refusals.ts';
import { type Entry, fingerprintOf, keyOf, recordOf, type SaidRecord } from './say.ts';
import { transactionIn, type TransactionProof, writtenBy } from './transaction-proof.ts';

/** What the reader knows of the channel from elsewhere. */
export type Trust = {
  /** The channel's fingerprint: the hash of its first block. */
  readonly fingerprint?: string | undefined;
  /** Certificates of the organisations' authorities. */
  readonly authorities?: Authorities | undefined;
};

/**
 * Where the trust comes from: a fingerprint or certificates that the reader had, or the file itself,
 * which then proves no more than that it is of one piece.
 */
export type TrustSource = 'fingerprint' | 'certificates' | 'file';

/** A record of the register, and what proves it where the extract is about it. */
export type ProvenRecord = SaidRecord & {
  readonly proof?: TransactionProof & {
    readonly block: number;
    readonly orderedBy: readonly string[];
  };
};

/** What an extract says, once it is proved. */
export type Verified = {
  readonly id: string;
  readonly channel: string;
  readonly fingerprint: string;
  readonly trust: TrustSource;
  readonly property: string;
  readonly encumbrance?: string;
  readonly attestation: Attestation;
  /** Organisations of the channel, of which the attestation is a majority. */
  readonly organisations: readonly string[];
  readonly records: readonly ProvenRecord[];
};

/** Verifies the text of an extract. */
export function verifyExtract(text: string, trust: Trust = {}): Outcome<Verified> {
  const read = readExtract(text);
  if (!read.ok) return read;
  const extract = read.value;
  const fingerprint = fingerprintOf(extract);
  if (trust.fingerprint !== undefined && trust.fingerprint !== fingerprint) {
    return refused(refuse('EXTRACT_CHANNEL_DIFFERS', { params: { found: fingerprint } }));
  }
  const configs = configsOf(extract, trust);
  if (!configs.ok) return configs;
  const latest = configs.value.at(-1);
  if (latest === undefined) throw new Error('an extract without a configuration was read');
  const attestation = attested(extract, latest);
  if (!attestation.ok) return attestation;
  const records = recordsOf(extract, configs.value);
  if (!records.ok) return records;
  const { channel, property, encumbrance } = extract;
  return accepted({
    id: extractId(text),
    channel,
    fingerprint,
    trust: sourceOf(trust),
    property,
    ...(encumbrance === undefined ? {} : { encumbrance }),
    attestation: attestation.value,
    organisations: [...latest.organisations.keys()].sort(),
    records: records.value,
  });
}

function sourceOf({ fingerprint, authorities }: Trust): TrustSource {
  if (fingerprint !== undefined) return 'fingerprint';
  return authorities === undefined ? 'file' : 'certificates';
}

/** The configurations, each signed by the orderers of the one before it; the first is the anchor. */
function configsOf(
  { configs, channel }: Extract,
  { authorities }: Trust,
): Outcome<readonly ChannelConfig[]> {
  const read: ChannelConfig[] = [];
  for (const [index, block] of configs.entries()) {
    const config = channelConfigOf(block);
    const before = read.at(-1);
    const isNext =
      config !== undefined &&
      config.channel === channel &&
      config.sequence === index &&
      (before === undefined ? block.number === 0 : isAfter(block, before));
    if (!isNext) {
      const params = { block: String(block.number) };
      return refused(refuse('EXTRACT_CONFIG_BROKEN', { params }));
    }
    const signed = before === undefined ? undefined : signersOf(block, before);
    if (signed?.ok === false) return signed;
    read.push(authorities === undefined ? config : vouchedFor(config, authorities));
  }
  return accepted(read);
}

function isAfter(block: Extract['configs'][number], before: ChannelConfig): boolean {
  return block.number > before.block && lastConfigOf(block) === block.number;
}

/** The register's records, those in question with their proofs. */
function recordsOf(
  extract: Extract,
  configs: readonly ChannelConfig[],
): Outcome<readonly ProvenRecord[]> {
  const { register, property, encumbrance, chaincode } = extract;
  const blocks = blocksOf(extract, configs);
  if (!blocks.ok) return blocks;
  const proven: ProvenRecord[] = [];
  for (const entry of register.records) {
    const said = recordOf(entry, property);
    if (!said.ok) return said;
    const isInQuestion =
      encumbrance === undefined || (entry.type === 'encumbrance' && entry.id === encumbrance);
    if (!isInQuestion) {
      proven.push(said.value);
      continue;
    }
    const proof = proofOf(chaincode, blocks.value, { ...entry, key: keyOf(said.value) });
    if (!proof.ok) return proof;
    proven.push({ ...said.value, proof: proof.value });
  }
  const isThere =
    encumbrance === undefined ||
    proven.some(({ record }) => record.type === 'encumbrance' && record.data.id === encumbrance);
  return isThere ? accepted(proven) : refused(refuse('EXTRACT_PLEDGE_MISSING'));
}

/** The block and the transaction that wrote a record. */
function proofOf(
  chaincode: string,
  blocks: readonly ProvenBlock[],
  { id, key, text, transactionId }: Entry & { readonly key: string },
): Outcome<NonNullable<ProvenRecord['proof']>> {
  const found = blocks.find(({ block }) => transactionIn(block, transactionId) !== undefined);
  if (found === undefined) {
    const params = { transaction: transactionId };
    return refused(refuse('EXTRACT_TRANSACTION_MISSING', { params }));
  }
  const { block, config, orderedBy } = found;
  const written = writtenBy(block, config, { chaincode, transactionId, record: id, key, text });
  if (!written.ok) return written;
  return accepted({ ...written.value, block: block.number, orderedBy });
}

/** A block with the configuration of its time, and who signed it. */
type ProvenBlock = {
  readonly block: Extract['blocks'][number];
  readonly config: ChannelConfig;
  readonly orderedBy: readonly string[];
};

/** All blocks of an extract, each signed by the orderers of its time. */
function blocksOf(
  { blocks }: Extract,
  configs: readonly ChannelConfig[],
): Outcome<readonly ProvenBlock[]> {
  const proven: ProvenBlock[] = [];
  for (const block of blocks) {
    const config = configs.find((each) => each.block === lastConfigOf(block));
    if (config === undefined) {
      const params = { block: String(block.number) };
      return refused(refuse('EXTRACT_CONFIG_BROKEN', { params }));
    }
    const signed = signersOf(block, config);
    if (!signed.ok) return signed;
    proven.push({ block, config, orderedBy: signed.value });
  }
  return accepted(proven);
}
