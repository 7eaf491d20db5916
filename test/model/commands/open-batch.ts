/** The State Corporation opens a batch that everyone has signed. */
import { expect } from 'chai';
import fc from 'fast-check';
import * as portfolio from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { type BatchSignature, contentOf, type ModelBatch, signersOf } from '../model/batches.ts';
import type { Model } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { persons } from '../scene/parties.ts';
import { morning } from '../scene/setting.ts';
import { againstArrival, arrivalFault, type ArrivalFault, arrivalOf } from './batch-arrival.ts';
import { notRegistrar, ofRegistrar, type Play, seldom, someone } from './play.ts';
import { called, picked, type WhichBatch, whichBatch } from './which-batch.ts';

type Opening = {
  readonly which: WhichBatch;
  readonly by: Party | undefined;
  /** Leaves one of the signatures out: of these which, from nought. */
  readonly omitted: number | undefined;
  /** Brings another batch's signature in the place of one. */
  readonly foreign: boolean;
  readonly altered: boolean;
  /** What is opened is not what was signed. */
  readonly otherContent: boolean;
  /** Brings a signature that was removed, if there is one. */
  readonly dropped: boolean;
  readonly arrival: ArrivalFault;
};

export const soundOpening = {
  by: undefined,
  omitted: undefined,
  foreign: false,
  altered: false,
  otherContent: false,
  dropped: false,
  arrival: undefined,
};

/** Opens a batch with the signatures that there are. */
export const openBatch: Play<Opening> = {
  name: 'open batch',
  choice: fc.record({
    which: whichBatch,
    by: someone,
    omitted: fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 2 }),
    foreign: seldom,
    altered: seldom,
    otherContent: seldom,
    dropped: seldom,
    arrival: arrivalFault,
  }),
  attempt: (model, choice) => {
    const batch = picked(model, choice.which);
    if (batch === undefined) return undefined;
    const { by = ofRegistrar, altered, otherContent } = choice;
    const { plan } = batch;
    const given = signaturesFor(model, batch, choice);
    const gone = choice.dropped ? [...batch.dropped.keys()].at(-1) : undefined;
    const verdicts = given.map(({ verdict }) => verdict);
    if (gone !== undefined) verdicts.splice(-1, 1, gone);
    const [first] = verdicts;
    if (first === undefined) return undefined;
    if (altered) verdicts[0] = first.replace('"trustVersion":"1', '"trustVersion":"2');
    const missing = signersOf(plan).some(
      (signer) =>
        !given.some(
          (each) =>
            batch.signatures.includes(each) && each.by === signer && each.isOther === otherContent,
        ),
    );
    return attempt(portfolio.openBatch, {
      what: `opens ${called(batch)} with ${given.length} signatures`,
      input: {
        content: contentOf(plan, otherContent),
        verdicts,
        ...arrivalOf(batch, choice.arrival),
      },
      by,
      against: [
        notRegistrar(by),
        batch.isOpened && 'BATCH_OPENED_ALREADY',
        altered && 'VERDICT_NOT_GIVEN',
        gone !== undefined && 'BATCH_SIGNATURE_DROPPED',
        plan.kind === 'CESSION' && plan.paidAt !== morning && 'TIME_AHEAD',
        plan.kind === 'CESSION' && plan.platform === 'BankMSP' && 'PARTICIPANT_EXCLUDED_BY_REGIME',
        missing && 'BATCH_SIGNATURE_MISSING',
        ...againstArrival(batch, choice.arrival),
      ],
      learn: ({ signatures, decidedAt, registrar }) => {
        expect({ decidedAt, registrar }).to.eql({
          decidedAt: morning,
          registrar: persons.goscorpHead.bin,
        });
        batch.isOpened = true;
        batch.openedWith = signatures.map(({ cms, depositor }) => ({ cms, depositor }));
      },
    });
  },
};

/** The newest signature of everyone who has to, with what is wrong by choice. */
function signaturesFor(
  { batches }: Model,
  { plan, signatures }: ModelBatch,
  { omitted, foreign }: Opening,
): readonly BatchSignature[] {
  const own = signersOf(plan).flatMap(
    (signer) => signatures.findLast(({ by }) => by === signer) ?? [],
  );
  const others = batches.flatMap((each) => each.signatures);
  const strange = foreign ? others.find((each) => !signatures.includes(each)) : undefined;
  const given = own.filter((_, index) => index !== omitted);
  return strange === undefined ? given : [strange, ...given.slice(1)];
}
