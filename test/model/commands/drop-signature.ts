import fc from 'fast-check';
import * as portfolio from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { ofRegistrar, type Play, someone } from './play.ts';
import { called, picked, type WhichBatch, whichBatch } from './which-batch.ts';

type Choice = {
  readonly which: WhichBatch;
  readonly by: Party | undefined;
  /** Which of the signatures under the batch. */
  readonly nth: number;
};

/** A signature under a batch that was not opened with it is removed; then it opens nothing (CN-6). */
export const dropSignature: Play<Choice> = {
  name: 'drop signature',
  choice: fc.record({ which: whichBatch, by: someone, nth: fc.nat({ max: 3 }) }),
  attempt: (model, { which, by, nth }) => {
    const batch = picked(model, which);
    const given = batch?.signatures[nth % Math.max(batch.signatures.length, 1)];
    if (batch === undefined || given === undefined) return undefined;
    const { verdict, depositor, cms } = given;
    const party = by ?? { org: depositor, role: 'client' as const };
    const isSame = (each: (typeof batch.openedWith)[number]) =>
      each.cms === cms && each.depositor === depositor;
    return attempt(portfolio.dropSignature, {
      what: `drops a signature under ${called(batch)}`,
      input: { salt: saltOf(`drop ${verdict}`), batch: batch.plan.id, cms, depositor },
      by: party,
      against: [
        ![depositor, ofRegistrar.org].includes(party.org) && 'NOT_ALLOWED',
        batch.openedWith.some(isSame) && 'BATCH_RESTS_ON_SIGNATURE',
      ],
      learn: () => {
        for (const each of batch.signatures.filter(isSame)) batch.dropped.set(each.verdict, each);
        const kept = batch.signatures.filter((each) => !isSame(each));
        batch.signatures.splice(0, batch.signatures.length, ...kept);
      },
    });
  },
};
