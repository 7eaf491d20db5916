import fc from 'fast-check';
import * as portfolio from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { ofRegistrar, type Play, someone } from './play.ts';
import { called, isParty, picked, type WhichBatch, whichBatch } from './which-batch.ts';

/** The signatures of a batch that was carried out are removed (CN-6). */
export const purgeBatch: Play<{ readonly which: WhichBatch; readonly by: Party | undefined }> = {
  name: 'purge batch',
  choice: fc.record({ which: whichBatch, by: someone }),
  attempt: (model, { which, by = ofRegistrar }) => {
    const batch = picked(model, which);
    if (batch === undefined) return undefined;
    const { plan, isOpened, done, purgedBy } = batch;
    return attempt(portfolio.purgeBatch, {
      what: `removes the signatures under ${called(batch)}`,
      input: { salt: saltOf(`purge ${plan.id}`), batch: plan.id },
      by,
      against: [
        !isOpened && 'BATCH_UNKNOWN',
        isOpened && !isParty(batch, by) && 'NOT_ALLOWED',
        isOpened && done.size < plan.parts.length && 'BATCH_NOT_CARRIED_OUT',
      ],
      learn: () => purgedBy.add(by.org),
    });
  },
};
