/** The register of a property as an extract states it: exact texts and who wrote them. */
import { accepted } from '../../kernel/outcome.ts';
import { query } from '../../ledger/contract.ts';
import type { Reader } from '../../ledger/reader.ts';
import type { RecordType } from '../../ledger/record.ts';
import {
  type Encumbrance,
  encumbranceType,
  type RankAgreement,
  rankAgreementType,
} from '../encumbrance.ts';
import { inRankOrder } from '../register-rules.ts';
import { registerOf } from '../store.ts';
import { certify } from './operations.ts';

export const certifying = [
  query(certify, async (ledger, { property }) => {
    const found = await registerOf(ledger, property);
    if (!found.ok) return found;
    const { pledges: encumbrances, agreements } = found.value;
    const live = inRankOrder(encumbrances, agreements);
    const past = encumbrances.filter((encumbrance) => !live.includes(encumbrance));
    const records = [];
    for (const [index, encumbrance] of [...live, ...past].entries()) {
      const rank = index < live.length ? { rank: index + 1 } : {};
      records.push({ ...(await entryOf(ledger, encumbrance)), ...rank });
    }
    for (const agreement of agreements) records.push(await agreementEntryOf(ledger, agreement));
    return accepted({ property, records });
  }),
];

async function entryOf(ledger: Reader, encumbrance: Encumbrance) {
  const { id } = encumbrance;
  return {
    type: 'encumbrance' as const,
    id,
    ...(await writtenOf(ledger, encumbranceType, encumbrance)),
  };
}

async function agreementEntryOf(ledger: Reader, agreement: RankAgreement) {
  const id = agreement.application;
  return {
    type: 'rank.agreement' as const,
    id,
    ...(await writtenOf(ledger, rankAgreementType, agreement)),
  };
}

async function writtenOf<Data>(ledger: Reader, type: RecordType<Data>, data: Data) {
  const written = await ledger.written(type, data);
  if (written === undefined) throw new Error('the history of a record lags behind the record');
  return written;
}
