/** An extract and its verdict in words, and as what a program reads. */
import type { Language, Refusal } from '../../chaincode/kernel/refusal.ts';
import { kernelTexts } from '../../chaincode/kernel/refusals.ts';
import { type Outcome } from '../../chaincode/kernel/outcome.ts';
import { textBook, words } from '../../chaincode/kernel/words.ts';
import { qrTextOf } from '../../gateway/extracts/file.ts';
import { extractTexts } from '../../gateway/extracts/refusals.ts';
import type { Said, SaidRecord } from '../../gateway/extracts/say.ts';
import type { ProvenRecord, TrustSource, Verified } from '../../gateway/extracts/verify.ts';
import { exitCodes } from '../plain-error.ts';
import { sentence } from './words.ts';

const book = textBook(kernelTexts, extractTexts);

/** The verdict for a person. */
export function verdictText(verdict: Outcome<Verified>, language: Language): string {
  if (!verdict.ok) {
    const reasons = verdict.refusals.map((refusal) => `  ${refusalText(refusal, language)}`);
    return [sentence('REFUSED', language), ...reasons].join('\n');
  }
  const { value } = verdict;
  const { at, by } = value.attestation;
  return [
    sentence(value.trust === 'file' ? 'CONSISTENT' : 'VALID', language),
    ...registerLines(value, language, (record) => [proofLine(record, language)]),
    sentence('ATTESTED', language, {
      at,
      by: by.join(', '),
      all: String(value.organisations.length),
    }),
    sentence(trustSentences[value.trust], language),
    fingerprintLine(value, language),
  ].join('\n');
}

const trustSentences = {
  fingerprint: 'TRUST_FINGERPRINT',
  certificates: 'TRUST_CERTIFICATES',
  file: 'TRUST_FILE',
} as const satisfies Record<TrustSource, unknown>;

/** The extract is of one piece, and nobody but itself vouches for its channel. */
const vouchedForByItself = 3;

/** How `verify` ends: what is only vouched for by itself must not pass for proved in a script. */
export function exitCodeOf(verdict: Outcome<Verified>): number {
  if (!verdict.ok) return exitCodes.failed;
  return verdict.value.trust === 'file' ? vouchedForByItself : exitCodes.ok;
}

/** The verdict for a program. */
export function verdictData(verdict: Outcome<Verified>, language: Language): unknown {
  if (verdict.ok) return { ok: true, ...verdict.value };
  const reasons = verdict.refusals.map((refusal) => ({
    ...refusal,
    text: words(book, refusal, language),
  }));
  return { ok: false, reasons };
}

/** What an extract says, without a word on whether it is so. */
export function shownText(said: Said, text: string, language: Language): string {
  return [
    sentence('NOT_JUDGED', language),
    ...registerLines(said, language, () => []),
    fingerprintLine(said, language),
    sentence('QR', language, { text: qrTextOf(text) }),
  ].join('\n');
}

/** A refusal with its code. */
export function refusalText(refusal: Refusal, language: Language): string {
  return `${refusal.code}: ${words(book, refusal, language)}`;
}

function fingerprintLine(
  { channel, fingerprint }: Pick<Said, 'channel' | 'fingerprint'>,
  language: Language,
): string {
  return sentence('FINGERPRINT', language, { channel, fingerprint });
}

/** The register record by record; what is known of each stands below it. */
function registerLines<Known extends SaidRecord>(
  { property, records }: { readonly property: string; readonly records: readonly Known[] },
  language: Language,
  below: (record: Known) => readonly string[],
): readonly string[] {
  return [
    sentence('PROPERTY', language, { property }),
    ...(records.length === 0 ? [sentence('EMPTY', language)] : []),
    ...records.flatMap((each) => [recordLine(each, language), ...below(each)]),
  ];
}

function recordLine({ record }: SaidRecord, language: Language): string {
  return record.type === 'encumbrance'
    ? encumbranceLine(record, language)
    : sentence('AGREEMENT', language, { id: record.data.application });
}

function proofLine({ transactionId, proof }: ProvenRecord, language: Language): string {
  if (proof === undefined) return sentence('ATTESTED_ALONE', language);
  return sentence('PROOF', language, {
    block: String(proof.block),
    transaction: transactionId,
    endorsed: proof.endorsedBy.join(', '),
    ordered: proof.orderedBy.join(', '),
  });
}

function encumbranceLine(
  { data, rank }: SaidRecord['record'] & { readonly type: 'encumbrance' },
  language: Language,
): string {
  const { id, acceptance, registeredAt, termination } = data;
  const holder = data.holders.at(-1)?.bin ?? '';
  if (termination !== undefined) {
    return sentence('PAST', language, { id, holder, at: termination.registeredAt });
  }
  return sentence('LIVE', language, {
    id,
    holder,
    rank: rank === undefined ? '–' : String(rank),
    minute: acceptance.minute,
    number: acceptance.egknNumber,
    at: registeredAt,
  });
}
