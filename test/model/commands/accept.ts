import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { type ModelAcceptance, tookBack } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { morning } from '../scene/setting.ts';
import {
  called,
  notRegistrar,
  ofRegistrar,
  type Play,
  someone,
  type Which,
  which,
} from './play.ts';

/** EGKN's minute and number: few, so that they often fall together or out of order. */
export const acceptance: fc.Arbitrary<ModelAcceptance> = fc.record({
  minute: fc.integer({ min: 0, max: 5 }).map((minute) => `2026-11-20T05:0${minute}Z`),
  egknNumber: fc.integer({ min: 1, max: 12 }).map((number) => `EGKN-${number}`),
});

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  readonly acceptance: ModelAcceptance;
};

/** EGKN has taken the application. */
export const accept: Play<Choice> = {
  name: 'accept',
  choice: fc.record({ which, by: someone, acceptance }),
  attempt: (model, { which: number, by = ofRegistrar, acceptance: given }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, revision, state } = application;
    return attempt(pledges.accept, {
      what: `EGKN takes ${called(application)} at ${given.minute} as ${given.egknNumber}`,
      input: { acceptance: { ...given, application: plan.id }, paymentReachedAt: morning },
      by,
      against: [
        notRegistrar(by),
        revision === 0 && 'APPLICATION_UNKNOWN',
        state !== 'FILED' && 'APPLICATION_STEP_OUT_OF_TURN',
        tookBack(application) && 'CONSENT_REVOKED',
      ],
      learn: () => {
        application.state = 'ACCEPTED';
        application.acceptance = given;
      },
    });
  },
};
