/** Pledges: from the dossier's deposit to the entry in the register, and the purge after it. */
import { accepted } from '../kernel/outcome.ts';
import { contractOf, query } from '../ledger/contract.ts';
import { deciding } from './deciding.ts';
import { depositing } from './depositing.ts';
import { readingEvidence } from './evidence.ts';
import { filing } from './filing.ts';
import { supplementing } from './supplementing/handlers.ts';
import { refusing } from './refusing/handlers.ts';
import { groundsGiven } from './grounds/handlers.ts';
import { healing } from './healing/handlers.ts';
import { get, register } from './operations.ts';
import { certifying } from './queries/certifying.ts';
import { finding } from './queries/finding.ts';
import { remembering } from './queries/remembering.ts';
import { batchPurging } from './portfolio/batch-purge.ts';
import { batches } from './portfolio/batches.ts';
import { notifying } from './notices/handlers.ts';
import { closing } from './closing/handlers.ts';
import { withdrawing } from './withdrawing/handlers.ts';
import { purging } from './purging.ts';
import { inRankOrder, rankOf } from './register-rules.ts';
import { applicationOn, registerOf } from './store.ts';

export const PledgesContract = contractOf('pledges', [
  ...depositing,
  ...filing,
  ...deciding,
  ...purging,
  ...healing,
  ...certifying,
  ...refusing,
  ...withdrawing,
  ...closing,
  ...supplementing,
  ...finding,
  ...remembering,
  ...batches,
  ...batchPurging,
  ...readingEvidence,
  ...notifying,
  ...groundsGiven,

  query(get, (ledger, { application }) => applicationOn(ledger, application)),

  query(register, async (ledger, { property }) => {
    const found = await registerOf(ledger, property);
    if (!found.ok) return found;
    const { pledges: encumbrances, agreements } = found.value;
    const live = inRankOrder(encumbrances, agreements);
    const past = encumbrances.filter((encumbrance) => !live.includes(encumbrance));
    return accepted({
      pledges: [...live, ...past].map((encumbrance) => {
        const rank = rankOf(encumbrance.id, encumbrances, agreements);
        return { encumbrance, ...(rank === undefined ? {} : { rank }) };
      }),
      agreements: [...agreements],
    });
  }),
]);
